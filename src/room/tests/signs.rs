//! Hands, reactions, speaking, and switches turned by somebody else.

use crate::protocol::{ClientMessage, MediaState, Reaction, RejectCode, ServerMessage};
use crate::room::{Output, SocketId};

use super::stage::{ANNA, BO, CHEN, Stage, occupant, peer};

const SHARING: MediaState = MediaState {
    microphone: true,
    camera: true,
    screen: true,
};

fn three_seated() -> (Stage, [SocketId; 3]) {
    let mut stage = Stage::new(4);
    let sockets = [ANNA, BO, CHEN].map(|participant| stage.join(participant, 1));
    stage.forget();
    (stage, sockets)
}

fn hand(stage: &Stage) -> Option<i64> {
    stage.roster()[2].hand.map(|raised_at| raised_at.0)
}

#[test]
fn a_hand_stays_up_until_it_is_lowered() {
    let (mut stage, [anna, bo, chen]) = three_seated();
    let raised_at = Some(stage.now);
    let raised = ServerMessage::HandChanged {
        peer: peer(CHEN),
        raised_at,
    };
    let to = vec![anna, bo, chen];
    let said = Output::Send {
        to,
        message: raised,
    };
    assert_eq!(stage.say(chen, ClientMessage::RaiseHand {}), [said]);
    stage.wait(5_000);
    stage.say(chen, ClientMessage::RaiseHand {});
    assert_eq!(hand(&stage), raised_at.map(|at| at.0), "first come");
    stage.drop_socket(chen);
    let chen = stage.join(CHEN, 2);
    assert_eq!(hand(&stage), raised_at.map(|at| at.0), "a kept seat");
    let lower = ClientMessage::LowerHand { peer: peer(CHEN) };
    assert_eq!(stage.ask(bo, lower.clone()), Some(RejectCode::Forbidden));
    assert_eq!(stage.ask(anna, lower.clone()), None);
    assert_eq!(hand(&stage), None);
    assert_eq!(stage.say(chen, lower), [], "it is down already");
    stage.say(chen, ClientMessage::RaiseHand {});
    stage.say(chen, ClientMessage::Leave {});
    stage.join(CHEN, 3);
    assert_eq!(hand(&stage), None, "gone with the seat");
}

#[test]
fn hands_and_reactions_have_a_pace() {
    let (mut stage, [_, bo, chen]) = three_seated();
    let reaction = Reaction::Applause;
    for turn in 0..12 {
        let refused = stage.ask(chen, ClientMessage::React { reaction });
        assert_eq!(refused, (turn >= 10).then_some(RejectCode::TooFast));
    }
    let reacted = ServerMessage::Reacted {
        peer: peer(CHEN),
        reaction,
    };
    assert_eq!(stage.heard(bo), vec![reacted; 10]);
    for turn in 0..12 {
        let refused = stage.ask(chen, ClientMessage::RaiseHand {});
        assert_eq!(refused, (turn >= 10).then_some(RejectCode::TooFast));
        stage.say(chen, ClientMessage::LowerHand { peer: peer(CHEN) });
    }
    stage.wait(500);
    assert_eq!(stage.ask(chen, ClientMessage::React { reaction }), None);
}

#[test]
fn the_others_hear_who_speaks_and_too_much_is_dropped() {
    let (mut stage, [anna, bo, chen]) = three_seated();
    for turn in 0..30 {
        let speaking = turn % 2 == 0;
        let refused = stage.ask(chen, ClientMessage::SetSpeaking { speaking });
        assert_eq!(refused, None);
    }
    assert_eq!((stage.heard(anna).len(), stage.heard(bo).len()), (20, 20));
    assert_eq!(stage.heard(chen), []);
}

#[test]
fn who_is_muted_hears_by_whom_and_may_speak_again() {
    let (mut stage, [anna, bo, chen]) = three_seated();
    let mute = ClientMessage::Mute { peer: peer(CHEN) };
    stage.say(anna, mute.clone());
    let changed = ServerMessage::MediaChanged {
        peer: peer(CHEN),
        media: MediaState {
            microphone: false,
            ..MediaState {
                camera: true,
                ..MediaState::default()
            }
        },
    };
    let by = occupant(ANNA).name;
    assert_eq!(stage.heard(bo), [changed.clone()]);
    assert_eq!(stage.heard(chen), [changed, ServerMessage::Muted { by }]);
    assert_eq!(stage.say(anna, mute), [], "muted already");
    let media = super::stage::ON;
    assert_eq!(stage.ask(chen, ClientMessage::SetMedia { media }), None);
    assert_eq!(stage.roster()[2].media, media);
}

#[test]
fn a_page_that_missed_its_muting_is_told_again_when_it_is_back() {
    let (mut stage, [anna, _, chen]) = three_seated();
    stage.say(chen, ClientMessage::SetMedia { media: SHARING });
    stage.drop_socket(chen);
    stage.say(anna, ClientMessage::Mute { peer: peer(CHEN) });
    stage.say(anna, ClientMessage::StopShare { peer: peer(CHEN) });
    for _ in 0..2 {
        let chen = stage.join(CHEN, 1);
        let by = occupant(ANNA).name;
        let heard = stage.heard(chen);
        assert!(heard.contains(&ServerMessage::Muted { by: by.clone() }));
        assert!(heard.contains(&ServerMessage::ShareStopped { by }));
        let media = stage.roster()[2].media;
        assert_eq!((media.microphone, media.screen), (false, false));
        stage.drop_socket(chen);
    }
    let chen = stage.join(CHEN, 1);
    stage.say(chen, ClientMessage::SetMedia { media: SHARING });
    stage.drop_socket(chen);
    let chen = stage.join(CHEN, 1);
    assert!(
        stage.roster()[2].media.microphone,
        "they said so themselves"
    );
    let muted = |message: &ServerMessage| matches!(message, ServerMessage::Muted { .. });
    assert!(!stage.heard(chen).iter().any(muted));
}

#[test]
fn a_share_is_ended_for_everybody() {
    let (mut stage, [anna, bo, chen]) = three_seated();
    stage.say(chen, ClientMessage::SetMedia { media: SHARING });
    stage.forget();
    let stop = ClientMessage::StopShare { peer: peer(CHEN) };
    stage.say(anna, stop.clone());
    let media = super::stage::ON;
    let changed = ServerMessage::MediaChanged {
        peer: peer(CHEN),
        media,
    };
    let by = occupant(ANNA).name;
    assert_eq!(stage.heard(bo), [changed.clone()]);
    assert_eq!(
        stage.heard(chen),
        [changed, ServerMessage::ShareStopped { by }]
    );
    assert_eq!(stage.say(anna, stop), []);
}
