//! Losing a socket, leaving, being removed or dismissed.

use crate::model::ParticipantId;
use crate::protocol::{ClientMessage, CloseCode, ServerMessage};
use crate::room::{Input, Output, SocketId};

use super::stage::{ANNA, BO, CHEN, Stage, peer};

fn two_seated() -> (Stage, SocketId, SocketId) {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    let bo = stage.join(BO, 20);
    stage.forget();
    (stage, anna, bo)
}

fn left(participant: ParticipantId) -> ServerMessage {
    ServerMessage::PeerLeft {
        peer: peer(participant),
    }
}

fn away(participant: ParticipantId) -> ServerMessage {
    ServerMessage::PeerAway {
        peer: peer(participant),
    }
}

#[test]
fn a_lost_socket_keeps_the_seat_for_a_minute() {
    let (mut stage, anna, bo) = two_seated();
    let to = vec![anna];
    assert_eq!(
        stage.drop_socket(bo),
        [Output::Send {
            to,
            message: away(BO)
        }]
    );
    assert_eq!(stage.room.taken_seats_without(ANNA), 1);
    stage.wait(59_999);
    assert!(!stage.heard(anna).contains(&left(BO)));
    stage.wait(1);
    assert!(stage.heard(anna).contains(&left(BO)));
    assert_eq!(stage.room.taken_seats_without(ANNA), 0);
    assert_eq!(
        stage.drop_socket(bo),
        [],
        "a second closing says nothing new"
    );
}

#[test]
fn the_last_kept_seat_leaves_an_idle_room() {
    let (mut stage, anna, bo) = two_seated();
    stage.drop_socket(anna);
    stage.drop_socket(bo);
    assert!(!stage.room.is_idle());
    stage.wait(60_000);
    assert!(stage.room.is_idle());
    assert_eq!(stage.room.next_deadline(), None);
    assert_eq!(
        stage.facts.len(),
        2,
        "an empty room does not expire by itself"
    );
}

#[test]
fn who_leaves_frees_the_seat_at_once() {
    let (mut stage, anna, bo) = two_seated();
    let outputs = stage.say(bo, ClientMessage::Leave {});
    let code = CloseCode::Left;
    assert_eq!(
        outputs,
        [
            Output::Close { socket: bo, code },
            Output::Send {
                to: vec![anna],
                message: left(BO)
            },
        ]
    );
    assert_eq!(stage.handle(Input::SocketClosed { socket: bo }), []);
    assert_eq!(stage.say(bo, ClientMessage::Leave {}), []);
}

#[test]
fn who_is_removed_goes_at_once() {
    let (mut stage, anna, bo) = two_seated();
    let outputs = stage.handle(Input::Removed { participant: BO });
    let code = CloseCode::NotAdmitted;
    assert_eq!(
        outputs,
        [
            Output::Close { socket: bo, code },
            Output::Send {
                to: vec![anna],
                message: left(BO)
            },
        ]
    );
    assert_eq!(stage.handle(Input::Removed { participant: BO }), []);
}

#[test]
fn a_kept_seat_can_be_removed() {
    let (mut stage, anna, bo) = two_seated();
    stage.drop_socket(bo);
    let outputs = stage.handle(Input::Removed { participant: BO });
    assert_eq!(
        outputs,
        [Output::Send {
            to: vec![anna],
            message: left(BO)
        }]
    );
}

#[test]
fn a_dismissed_socket_keeps_the_seat_only_if_it_may_return() {
    for code in CloseCode::ALL.iter().copied() {
        let (mut stage, anna, bo) = two_seated();
        let outputs = stage.handle(Input::SocketDismissed { socket: bo, code });
        let message = if code.returns() { away(BO) } else { left(BO) };
        let said = Output::Send {
            to: vec![anna],
            message,
        };
        assert_eq!(outputs, [Output::Close { socket: bo, code }, said]);
        assert_eq!(
            stage.room.taken_seats_without(ANNA),
            usize::from(code.returns())
        );
        assert_eq!(
            stage.handle(Input::SocketDismissed { socket: bo, code }),
            []
        );
    }
}

#[test]
fn sockets_without_a_seat_are_ignored() {
    let (mut stage, _, _) = two_seated();
    let socket = stage.open_socket();
    let before = stage.roster();
    let code = CloseCode::SignedOut;
    assert_eq!(stage.handle(Input::SocketClosed { socket }), []);
    assert_eq!(stage.handle(Input::SocketDismissed { socket, code }), []);
    assert_eq!(stage.handle(Input::Removed { participant: CHEN }), []);
    for message in [ClientMessage::End {}, ClientMessage::Leave {}] {
        assert_eq!(stage.say(socket, message), []);
    }
    let text = "hello".to_owned();
    assert_eq!(stage.say(socket, ClientMessage::SendChat { text }), []);
    assert_eq!(stage.roster(), before);
}
