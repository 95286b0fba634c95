//! Waiting to be let in: the queue, what is heard in it, and how it ends.

use crate::model::{ParticipantId, Role};
use crate::protocol::{ClientMessage, CloseCode, EndReason, RejectCode, ServerMessage};
use crate::room::{Fact, Input, Occupant, SocketId};

use super::stage::{ANNA, BO, CHEN, DORA, OFF, Stage, facts, occupant, peer};

fn knocks(stage: &mut Stage, socket: SocketId) -> Vec<(i64, bool)> {
    let heard = stage.heard(socket).into_iter();
    heard
        .filter_map(|message| match message {
            ServerMessage::Knocked { caller } => Some((caller.peer.0, true)),
            ServerMessage::KnockEnded { peer } => Some((peer.0, false)),
            _ => None,
        })
        .collect()
}

fn admit(participant: ParticipantId) -> ClientMessage {
    ClientMessage::Admit {
        peer: peer(participant),
    }
}

fn refuse(participant: ParticipantId, reason: &str) -> ClientMessage {
    ClientMessage::Refuse {
        peer: peer(participant),
        reason: reason.into(),
    }
}

/// Anna, Bo and an interviewee are in the room; Chen waits.
fn one_waiting() -> (Stage, [SocketId; 4]) {
    let mut stage = Stage::new(6);
    let anna = stage.join(ANNA, 1);
    let bo = stage.join(BO, 1);
    let dora = stage.join(DORA, 1);
    stage.facts.clear();
    let chen = stage.knock(CHEN, 1);
    (stage, [anna, bo, dora, chen])
}

#[test]
fn interviewers_hear_a_knock_and_nobody_else() {
    let (mut stage, [anna, bo, dora, chen]) = one_waiting();
    for socket in [anna, bo] {
        assert_eq!(knocks(&mut stage, socket), [(3, true)]);
    }
    assert_eq!(knocks(&mut stage, dora), []);
    assert_eq!(stage.clients[&chen].waiting, Some(true));
    assert_eq!(stage.facts, [], "who waits has not arrived");
    assert_eq!(stage.room.taken_seats_without(ANNA), 2);
}

#[test]
fn who_is_admitted_has_a_seat() {
    let (mut stage, [anna, bo, dora, chen]) = one_waiting();
    stage.say(chen, ClientMessage::SetMedia { media: OFF });
    stage.forget();
    assert_eq!(stage.ask(anna, admit(CHEN)), None);
    let first = stage.heard(chen).into_iter().next();
    assert!(matches!(first, Some(ServerMessage::Welcome { .. })));
    assert_eq!(stage.roster()[3].media, OFF, "as switched while waiting");
    assert_eq!(stage.facts, [Fact::Arrived { participant: CHEN }]);
    assert_eq!(knocks(&mut stage, bo), [(3, false)]);
    assert_eq!(knocks(&mut stage, dora), []);
    assert_eq!(
        stage.ask(anna, admit(CHEN)),
        Some(RejectCode::UnknownPeer),
        "once is enough"
    );
}

#[test]
fn nobody_is_admitted_without_a_seat() {
    let mut stage = Stage::new(3);
    let anna = stage.join(ANNA, 1);
    stage.join(BO, 1);
    let chen = stage.knock(CHEN, 1);
    let dora = stage.knock(DORA, 1);
    assert_eq!(stage.ask(anna, ClientMessage::AdmitAll {}), None);
    assert!(stage.clients[&chen].is_seated(), "who waited longer");
    assert!(stage.clients[&dora].is_waiting());
    let no_seat = Some(RejectCode::NoSeat);
    assert_eq!(stage.ask(anna, admit(DORA)), no_seat);
    assert_eq!(stage.ask(anna, ClientMessage::AdmitAll {}), no_seat);
    stage.say(chen, ClientMessage::Leave {});
    assert_eq!(stage.ask(anna, ClientMessage::AdmitAll {}), None);
    assert!(stage.clients[&dora].is_seated());
    assert_eq!(stage.ask(anna, ClientMessage::AdmitAll {}), None);
}

#[test]
fn who_is_refused_hears_why_and_gets_the_same_answer_for_half_a_minute() {
    let (mut stage, [anna, bo, _, chen]) = one_waiting();
    assert_eq!(
        stage.ask(anna, refuse(CHEN, &"x".repeat(201))),
        Some(RejectCode::TooLong)
    );
    stage.forget();
    assert_eq!(
        stage.ask(anna, refuse(CHEN, &format!(" {} ", "字".repeat(200)))),
        None
    );
    let refused = |reason: String| ServerMessage::Refused {
        by: occupant(ANNA).name,
        reason,
    };
    let refused = refused("字".repeat(200));
    assert_eq!(stage.heard(chen), [refused.clone()]);
    assert_eq!(stage.closed(chen), Some(CloseCode::Refused));
    assert_eq!(knocks(&mut stage, bo), [(3, false)]);
    stage.wait(29_999);
    for waits in [true, false] {
        let again = stage.join_as(
            Occupant {
                waits,
                ..occupant(CHEN)
            },
            2,
        );
        assert_eq!(stage.heard(again), [refused.clone()]);
        assert_eq!(stage.closed(again), Some(CloseCode::Refused));
    }
    assert_eq!(knocks(&mut stage, bo), []);
    stage.wait(1);
    let later = stage.knock(CHEN, 2);
    assert!(stage.clients[&later].is_waiting());
}

#[test]
fn a_word_to_one_who_waits_reaches_nobody_else() {
    let (mut stage, [anna, bo, dora, chen]) = one_waiting();
    let other = stage.knock(ParticipantId(9), 1);
    let word = |text: &str| ClientMessage::SendToWaiting {
        peer: peer(CHEN),
        text: text.into(),
    };
    assert_eq!(stage.ask(anna, word(" ")), Some(RejectCode::Empty));
    assert_eq!(
        stage.ask(anna, word(&"x".repeat(2001))),
        Some(RejectCode::TooLong)
    );
    stage.forget();
    stage.say(anna, word(" Soon "));
    let sent = ServerMessage::SentToWaiting {
        from: occupant(ANNA).name,
        text: "Soon".into(),
        at: stage.now,
    };
    assert_eq!(stage.heard(chen), [sent]);
    for socket in [anna, bo, dora, other] {
        assert_eq!(stage.heard(socket), []);
    }
    stage.drop_socket(chen);
    assert_eq!(stage.ask(anna, word("Soon")), Some(RejectCode::UnknownPeer));
}

#[test]
fn the_place_in_the_queue_is_kept_for_a_minute() {
    let (mut stage, [anna, _, _, chen]) = one_waiting();
    stage.wait(1_000);
    stage.knock(ParticipantId(9), 1);
    stage.drop_socket(chen);
    stage.forget();
    stage.wait(59_999);
    let chen = stage.knock(CHEN, 2);
    assert_eq!(knocks(&mut stage, anna), [], "a refreshed page is no knock");
    let order: Vec<_> = stage
        .room
        .queue
        .iter()
        .map(|waiter| waiter.peer().0)
        .collect();
    assert_eq!(order, [3, 9]);
    stage.drop_socket(chen);
    stage.wait(60_000);
    assert_eq!(knocks(&mut stage, anna), [(3, false)]);
    stage.knock(CHEN, 2);
    let order: Vec<_> = stage
        .room
        .queue
        .iter()
        .map(|waiter| waiter.peer().0)
        .collect();
    assert_eq!(order, [9, 3]);
}

#[test]
fn a_newer_socket_waits_instead_of_the_older() {
    let (mut stage, [anna, _, _, first]) = one_waiting();
    stage.forget();
    let second = stage.knock(CHEN, 2);
    assert_eq!(stage.closed(first), Some(CloseCode::Replaced));
    assert!(stage.clients[&second].is_waiting());
    assert_eq!(stage.handle(Input::SocketClosed { socket: first }), []);
    assert_eq!(knocks(&mut stage, anna), []);
}

#[test]
fn who_is_admitted_while_away_finds_the_seat_kept() {
    let (mut stage, [anna, _, _, chen]) = one_waiting();
    stage.drop_socket(chen);
    stage.wait(50_000);
    assert_eq!(stage.ask(anna, admit(CHEN)), None);
    assert_eq!(stage.facts, [], "nobody has arrived yet");
    stage.wait(59_999);
    let chen = stage.knock(CHEN, 1);
    assert!(stage.clients[&chen].is_seated());
    assert_eq!(stage.facts, [Fact::Arrived { participant: CHEN }]);
}

#[test]
fn a_room_in_which_people_only_wait_is_alive() {
    let mut stage = Stage::new(6);
    let chen = stage.knock(CHEN, 1);
    assert!(!stage.room.is_idle());
    assert_eq!(stage.clients[&chen].waiting, Some(false));
    stage.forget();
    stage.wait(25_000);
    assert_eq!(stage.heard(chen).len(), 2, "the clock is told");
    let anna = stage.join(ANNA, 1);
    assert_eq!(stage.clients[&chen].waiting, Some(true));
    assert_eq!(
        stage.clients[&anna]
            .overview
            .as_ref()
            .unwrap()
            .waiting
            .len(),
        1
    );
    stage.drop_socket(anna);
    assert_eq!(stage.clients[&chen].waiting, Some(false));
    stage.say(chen, ClientMessage::Leave {});
    assert_eq!(stage.closed(chen), Some(CloseCode::Left));
    stage.wait(60_000);
    assert!(stage.room.is_idle());
}

#[test]
fn who_waits_hears_of_the_end() {
    let endings: [(fn(&mut Stage), EndReason); 2] = [
        (
            |stage| drop(stage.handle(Input::Cancelled)),
            EndReason::Cancelled {},
        ),
        (|stage| stage.wait(3_600_000), EndReason::Expired {}),
    ];
    for (end, reason) in endings {
        let mut stage = Stage::new(6);
        let chen = stage.knock(CHEN, 1);
        let gone = stage.knock(DORA, 1);
        stage.drop_socket(gone);
        end(&mut stage);
        assert_eq!(stage.clients[&chen].ended, Some(reason));
        assert_eq!(stage.closed(chen), Some(CloseCode::Ended));
        assert!(stage.room.is_idle());
        let late = stage.knock(CHEN, 1);
        assert_eq!(stage.closed(late), Some(CloseCode::Ended));
    }
}

#[test]
fn removing_and_dismissing_reach_the_queue() {
    let (mut stage, [anna, _, _, chen]) = one_waiting();
    stage.handle(Input::Removed { participant: CHEN });
    assert_eq!(stage.closed(chen), Some(CloseCode::NotAdmitted));
    assert!(stage.room.queue.is_empty());
    for code in CloseCode::ALL.iter().copied() {
        let socket = stage.knock(DORA, 1);
        assert_eq!(
            stage.closed(socket),
            None,
            "an interviewee who sits already"
        );
        stage.say(socket, ClientMessage::Leave {});
        let socket = stage.knock(DORA, 1);
        stage.forget();
        stage.handle(Input::SocketDismissed { socket, code });
        assert_eq!(stage.closed(socket), Some(code));
        assert_eq!(stage.room.queue.is_empty(), !code.returns());
        let ended = knocks(&mut stage, anna);
        assert_eq!(ended.is_empty(), code.returns());
        stage.handle(Input::Removed { participant: DORA });
        stage.now = stage.now + std::time::Duration::from_secs(10);
        stage.join(DORA, 1);
    }
}

#[test]
fn twenty_wait_and_no_more() {
    let mut stage = Stage::new(6);
    let sockets: Vec<SocketId> = (10..35)
        .map(|id| stage.knock(ParticipantId(id), 1))
        .collect();
    for (place, socket) in sockets.iter().enumerate() {
        let full = (place >= 20).then_some(CloseCode::Full);
        assert_eq!(stage.closed(*socket), full);
    }
    let anna = stage.join(ANNA, 1);
    assert_eq!(stage.ask(anna, ClientMessage::AdmitAll {}), None);
    assert_eq!(stage.roster().len(), facts(6).seats as usize);
}

#[test]
fn nobody_rings_without_end() {
    let mut stage = Stage::new(6);
    let anna = stage.join(ANNA, 1);
    let mut flooded = 0;
    for _ in 0..30 {
        let chen = stage.knock(CHEN, 1);
        flooded += usize::from(stage.closed(chen) == Some(CloseCode::Flood));
        if stage.clients[&chen].is_open() {
            stage.say(chen, ClientMessage::Leave {});
        }
    }
    assert_eq!(flooded, 10);
    assert_eq!(knocks(&mut stage, anna).len(), 40);
    let chen = stage.join_as(
        Occupant {
            role: Role::Interviewee,
            ..occupant(CHEN)
        },
        1,
    );
    assert_eq!(
        stage.closed(chen),
        Some(CloseCode::Flood),
        "nor comes and goes"
    );
}
