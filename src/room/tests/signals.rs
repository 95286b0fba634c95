//! Signals reach their target and nobody else; media state reaches everyone else.

use uuid::Uuid;

use crate::model::{ConnectionId, ParticipantId, PeerId};
use crate::protocol::{ClientMessage, IceCandidate, RejectCode, ServerMessage};
use crate::room::{Output, SocketId};

use super::stage::{ANNA, BO, CHEN, OFF, Stage, peer};

const CONNECTION: ConnectionId = ConnectionId(Uuid::from_u128(7));

fn candidate() -> IceCandidate {
    IceCandidate {
        candidate: String::new(),
        sdp_mid: None,
        sdp_m_line_index: None,
        username_fragment: None,
    }
}

/// Each signal with what its target hears.
pub fn signals(from: PeerId, to: PeerId) -> [(ClientMessage, ServerMessage); 3] {
    let (connection, number, candidate) = (CONNECTION, 1, candidate());
    let sdp = || "v=0".to_owned();
    [
        (
            ClientMessage::Offer {
                to,
                connection,
                number,
                sdp: sdp(),
            },
            ServerMessage::Offer {
                from,
                connection,
                number,
                sdp: sdp(),
            },
        ),
        (
            ClientMessage::Answer {
                to,
                connection,
                number,
                sdp: sdp(),
            },
            ServerMessage::Answer {
                from,
                connection,
                number,
                sdp: sdp(),
            },
        ),
        (
            ClientMessage::Candidate {
                to,
                connection,
                candidate: candidate.clone(),
            },
            ServerMessage::Candidate {
                from,
                connection,
                candidate,
            },
        ),
    ]
}

fn three_seated() -> (Stage, [SocketId; 3]) {
    let mut stage = Stage::new(4);
    let sockets = [ANNA, BO, CHEN].map(|participant| stage.join(participant, 1));
    stage.forget();
    (stage, sockets)
}

fn check_rejected(stage: &mut Stage, socket: SocketId, message: ClientMessage) {
    stage.forget();
    let outputs = stage.say(socket, message);
    let code = stage.clients[&socket].last_rejection();
    assert_eq!((outputs.len(), code), (1, Some(RejectCode::UnknownPeer)));
}

#[test]
fn signals_reach_their_target_only() {
    let (mut stage, [anna, _, chen]) = three_seated();
    for (sent, message) in signals(peer(CHEN), peer(ANNA)) {
        let to = vec![anna];
        assert_eq!(stage.say(chen, sent), [Output::Send { to, message }]);
    }
}

#[test]
fn signals_to_oneself_or_a_stranger_are_refused() {
    let (mut stage, [anna, ..]) = three_seated();
    for target in [ANNA, ParticipantId(99)] {
        for (sent, _) in signals(peer(ANNA), peer(target)) {
            check_rejected(&mut stage, anna, sent);
        }
    }
}

#[test]
fn nothing_is_passed_on_to_somebody_away() {
    let (mut stage, [anna, bo, _]) = three_seated();
    stage.drop_socket(bo);
    let [(offer, _), (answer, _), (candidate, _)] = signals(peer(ANNA), peer(BO));
    check_rejected(&mut stage, anna, offer);
    check_rejected(&mut stage, anna, answer);
    assert_eq!(stage.say(anna, candidate), []);
}

#[test]
fn somebody_gone_is_a_stranger() {
    let (mut stage, [anna, bo, _]) = three_seated();
    stage.say(bo, ClientMessage::Leave {});
    for (sent, _) in signals(peer(ANNA), peer(BO)) {
        check_rejected(&mut stage, anna, sent);
    }
}

#[test]
fn everyone_else_hears_of_a_switched_camera() {
    let (mut stage, [anna, bo, chen]) = three_seated();
    let outputs = stage.say(bo, ClientMessage::SetMedia { media: OFF });
    let message = ServerMessage::MediaChanged {
        peer: peer(BO),
        media: OFF,
    };
    let to = vec![anna, chen];
    assert_eq!(outputs, [Output::Send { to, message }]);
    assert_eq!(stage.say(bo, ClientMessage::SetMedia { media: OFF }), []);
    let late = stage.join(ParticipantId(4), 1);
    assert_eq!(stage.clients[&late].others[1].media, OFF);
}

#[test]
fn nobody_makes_another_answer_without_end() {
    let (mut stage, [anna, ..]) = three_seated();
    let [(offer, _), (_, _), (candidate, _)] = signals(peer(ANNA), peer(BO));
    let mut passed = |message: &ClientMessage| {
        (0..500)
            .filter(|_| !stage.say(anna, message.clone()).is_empty())
            .count()
    };
    assert_eq!(passed(&offer), 40);
    assert_eq!(passed(&candidate), 400);
}

#[test]
fn nobody_flickers_without_end() {
    let (mut stage, [anna, ..]) = three_seated();
    let on = |camera| crate::protocol::MediaState {
        microphone: false,
        camera,
        screen: false,
    };
    let mut refused = 0;
    for turn in 0..20 {
        let media = on(turn % 2 == 1);
        let outputs = stage.say(anna, ClientMessage::SetMedia { media });
        let message = match &outputs[..] {
            [Output::Send { message, .. }] => Some(message),
            _ => None,
        };
        refused += usize::from(matches!(message, Some(ServerMessage::Rejected { .. })));
    }
    // Ten were taken; of the others every second asks for what is so already.
    assert_eq!(refused, 5);
}
