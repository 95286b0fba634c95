//! What interviewers know and nobody else: details, link reports, and how that changes with the role.

use crate::model::{PeerId, Role};
use crate::protocol::{ClientMessage, LinkReport, LinkState, ServerMessage, Transport};
use crate::room::{Occupant, SocketId};

use super::stage::{ANNA, BO, CHEN, DORA, Stage, occupant, peer};

fn link(to: i64) -> LinkReport {
    LinkReport {
        peer: PeerId(to),
        link: LinkState::Connected,
        route: None,
        picture: true,
        sound: true,
        round_trip: Some(20),
        loss: Some(0),
        height: None,
    }
}

fn report(peers: &[i64]) -> ClientMessage {
    let links = peers.iter().copied().map(link).collect();
    ClientMessage::ReportLinks { links }
}

fn four_seated() -> (Stage, [SocketId; 4]) {
    let mut stage = Stage::new(6);
    let sockets = [ANNA, BO, CHEN, DORA].map(|participant| stage.join(participant, 1));
    stage.forget();
    (stage, sockets)
}

fn is_for_interviewers(message: &ServerMessage) -> bool {
    matches!(
        message,
        ServerMessage::Overview { .. }
            | ServerMessage::Knocked { .. }
            | ServerMessage::KnockEnded { .. }
            | ServerMessage::DetailsKnown { .. }
            | ServerMessage::LinksReported { .. }
            | ServerMessage::QuestionsPrepared { .. }
            | ServerMessage::LookChanged { .. }
    )
}

#[test]
fn reports_reach_interviewers_only_and_are_kept() {
    let (mut stage, [anna, bo, chen, dora]) = four_seated();
    stage.say(chen, report(&[1, 2, 4]));
    let links = [1, 2, 4].map(link).to_vec();
    let reported = ServerMessage::LinksReported {
        peer: peer(CHEN),
        links: links.clone(),
    };
    for socket in [anna, bo] {
        assert_eq!(stage.heard(socket), [reported.clone()]);
    }
    assert_eq!((stage.heard(chen), stage.heard(dora)), (vec![], vec![]));
    let again = stage.join(ANNA, 2);
    let overview = stage.clients[&again].overview.clone().unwrap();
    assert_eq!(overview.links[0].links, links);
    stage.say(dora, ClientMessage::Leave {});
    let again = stage.join(ANNA, 2);
    let overview = stage.clients[&again].overview.clone().unwrap();
    assert_eq!(overview.links[0].links, [1, 2].map(link), "of who is there");
}

#[test]
fn nothing_of_a_report_is_believed_that_cannot_be() {
    let (mut stage, [_, _, chen, _]) = four_seated();
    stage.say(chen, report(&[1, 3, 1, 99, 2]));
    assert_eq!(stage.room.seats.of(CHEN).unwrap().links, [1, 2].map(link));
    stage.say(chen, report(&[1; 21]));
    assert_eq!(stage.room.seats.of(CHEN).unwrap().links, [1, 2].map(link));
    stage.say(chen, report(&[1; 20]));
    assert_eq!(stage.room.seats.of(CHEN).unwrap().links, [link(1)]);
}

#[test]
fn reports_have_a_pace_and_are_dropped_beyond() {
    let (mut stage, [anna, _, chen, _]) = four_seated();
    for _ in 0..8 {
        assert_eq!(stage.ask(chen, report(&[1])), None);
    }
    assert_eq!(stage.heard(anna).len(), 5);
    stage.wait(2_000);
    stage.say(chen, report(&[1]));
    assert_eq!(stage.heard(anna).len(), 1);
}

#[test]
fn a_role_brings_what_belongs_to_it_and_takes_it_away_at_once() {
    let (mut stage, [anna, _, chen, dora]) = four_seated();
    stage.knock(crate::model::ParticipantId(9), 1);
    let change = |role| ClientMessage::ChangeRole {
        peer: peer(CHEN),
        role,
    };
    assert_eq!(stage.ask(anna, change(Role::CoInterviewer)), None);
    let heard = stage.heard(chen);
    assert!(matches!(heard[0], ServerMessage::RoleChanged { .. }));
    assert!(matches!(&heard[1], ServerMessage::Overview { overview }
        if overview.waiting.len() == 1 && overview.details.len() == 4));
    stage.say(dora, report(&[1]));
    assert_eq!(stage.heard(chen).len(), 1);
    assert_eq!(stage.ask(anna, change(Role::Interviewee)), None);
    stage.forget();
    stage.say(dora, report(&[1, 2]));
    stage.knock(crate::model::ParticipantId(10), 1);
    stage.join(DORA, 2);
    assert!(!stage.heard(chen).iter().any(is_for_interviewers));
    assert!(stage.heard(anna).iter().any(is_for_interviewers));
}

#[test]
fn details_say_who_came_by_which_way() {
    let (mut stage, [anna, ..]) = four_seated();
    stage.wait(1_000);
    let eve = Occupant {
        user_name: Some("eve".into()),
        transport: Transport::Http,
        ..occupant(crate::model::ParticipantId(9))
    };
    stage.join_as(eve.clone(), 1);
    let known = |stage: &Stage| {
        let overview = stage.clients[&anna].overview.clone().unwrap();
        overview.details[4].clone()
    };
    let details = known(&stage);
    assert_eq!(details.user_name.as_deref(), Some("eve"));
    assert_eq!(details.transport, Transport::Http);
    let arrived_at = stage.now;
    stage.wait(5_000);
    stage.join_as(
        Occupant {
            transport: Transport::WebSocket,
            ..eve
        },
        1,
    );
    let details = known(&stage);
    assert_eq!(details.transport, Transport::WebSocket);
    assert_eq!(details.arrived_at, arrived_at, "the seat is the same");
}
