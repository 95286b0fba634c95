//! Who is in charge when, and who hears of it.

use crate::model::Role;
use crate::protocol::{ClientMessage, ServerMessage};
use crate::room::{Occupant, SocketId};

use super::stage::{ANNA, BO, CHEN, DORA, START, Stage, facts, occupant, peer};

fn changes(stage: &mut Stage, socket: SocketId) -> Vec<Option<i64>> {
    let heard = stage.heard(socket).into_iter();
    heard
        .filter_map(|message| match message {
            ServerMessage::ChargeChanged { peer } => Some(peer.map(|peer| peer.0)),
            _ => None,
        })
        .collect()
}

fn co() -> Occupant {
    Occupant {
        role: Role::CoInterviewer,
        ..occupant(DORA)
    }
}

#[test]
fn the_main_interviewer_is_in_charge_from_the_first_moment() {
    let mut stage = Stage::new(6);
    let chen = stage.join(CHEN, 1);
    assert_eq!(stage.clients[&chen].in_charge, None);
    stage.join(ANNA, 1);
    assert_eq!(changes(&mut stage, chen), [Some(1)]);
}

#[test]
fn a_dropped_socket_costs_the_charge_after_a_minute() {
    let mut stage = Stage::new(6);
    let anna = stage.join(ANNA, 1);
    let bo = stage.join(BO, 1);
    let chen = stage.join(CHEN, 1);
    stage.drop_socket(anna);
    stage.forget();
    stage.wait(59_999);
    assert!(stage.ask(bo, ClientMessage::AdmitAll {}).is_some());
    assert_eq!(changes(&mut stage, chen), []);
    stage.wait(1);
    assert_eq!(changes(&mut stage, chen), [Some(2)]);
    assert_eq!(stage.ask(bo, ClientMessage::SetLock { locked: true }), None);
    let anna = stage.join(ANNA, 2);
    assert_eq!(stage.clients[&anna].in_charge, Some(peer(ANNA)));
    assert_eq!(changes(&mut stage, chen), [Some(1)]);
    assert!(stage.ask(bo, ClientMessage::End {}).is_some());
}

#[test]
fn nobody_is_in_charge_in_the_minute_after_the_main_interviewer_left() {
    let mut stage = Stage::new(6);
    let anna = stage.join(ANNA, 1);
    let bo = stage.join(BO, 1);
    stage.wait(100_000);
    stage.forget();
    stage.say(anna, ClientMessage::Leave {});
    assert_eq!(changes(&mut stage, bo), [None]);
    stage.wait(59_999);
    assert!(stage.ask(bo, ClientMessage::End {}).is_some());
    stage.wait(1);
    assert_eq!(changes(&mut stage, bo), [Some(2)]);
}

#[test]
fn the_co_interviewer_longest_in_the_room_stands_in() {
    let mut stage = Stage::new(6);
    let chen = stage.join(CHEN, 1);
    let dora = stage.join_as(co(), 1);
    let bo = stage.join(BO, 1);
    stage.forget();
    stage.wait(60_000);
    assert_eq!(changes(&mut stage, chen), [Some(4)]);
    stage.drop_socket(dora);
    stage.wait(59_999);
    assert_eq!(changes(&mut stage, chen), [], "a kept seat counts");
    stage.wait(1);
    assert_eq!(changes(&mut stage, chen), [Some(2)]);
    stage.join_as(co(), 2);
    assert_eq!(
        changes(&mut stage, chen),
        [],
        "whoever is back is the latest"
    );
    stage.say(bo, ClientMessage::Leave {});
    assert_eq!(changes(&mut stage, chen), [Some(4)]);
}

#[test]
fn who_is_made_co_interviewer_can_stand_in_and_who_is_not_any_more_cannot() {
    let mut stage = Stage::new(6);
    let bo = stage.join(BO, 1);
    let chen = stage.join(CHEN, 1);
    stage.wait(60_000);
    let change = |participant, role| ClientMessage::ChangeRole {
        peer: peer(participant),
        role,
    };
    assert_eq!(stage.ask(bo, change(CHEN, Role::CoInterviewer)), None);
    stage.forget();
    assert_eq!(stage.ask(bo, change(BO, Role::Interviewee)), None);
    assert_eq!(changes(&mut stage, bo), [Some(3)]);
    assert!(stage.ask(bo, ClientMessage::End {}).is_some());
    assert_eq!(stage.ask(chen, change(CHEN, Role::Interviewee)), None);
    assert_eq!(stage.clients[&bo].in_charge, None, "there is nobody");
    stage.wait(600_000);
    assert_eq!(stage.clients[&bo].in_charge, None);
    let length = facts(6).ends_at.since(stage.now);
    stage.wait(u64::try_from(length.as_millis()).unwrap());
    assert!(stage.clients[&bo].ended.is_some(), "it expires on time");
}

#[test]
fn the_hand_over_has_a_deadline_of_its_own() {
    let mut stage = Stage::new(6);
    let anna = stage.join(ANNA, 1);
    let bo = stage.join(BO, 1);
    stage.wait(4_000);
    stage.say(anna, ClientMessage::Leave {});
    stage.wait(59_000);
    stage.forget();
    // The clock is due seven seconds from now only.
    let due = START + std::time::Duration::from_secs(64);
    assert_eq!(stage.room.next_deadline(), Some(due));
    stage.wait(1_000);
    assert_eq!(changes(&mut stage, bo), [Some(2)]);
}
