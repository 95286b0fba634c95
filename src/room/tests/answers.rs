//! Looking at answers and writing in them: who may, and who hears of it.

mod storm;

use crate::model::ParticipantId;
use crate::protocol::document::{ClientFrame, ServerFrame};
use crate::protocol::{AnswerKey, ClientMessage, CloseCode, Looking, RejectCode, ServerMessage};
use crate::room::{Edit, Input, Output, SocketId};

use super::questions::{hide, question, show, stage};
use super::stage::{ANNA, BO, CHEN, DORA, Stage, occupant, peer};

pub fn key(id: i64, owner: ParticipantId) -> AnswerKey {
    AnswerKey {
        question: question(id),
        peer: peer(owner),
    }
}

pub fn look(answer: AnswerKey) -> ClientMessage {
    ClientMessage::Look { at: Some(answer) }
}

pub fn sync(answer: AnswerKey) -> ClientFrame {
    let state_vector = vec![0];
    ClientFrame::Sync {
        answer,
        state_vector,
    }
}

pub fn update(answer: AnswerKey) -> ClientFrame {
    ClientFrame::Update {
        answer,
        number: 1,
        update: vec![7],
    }
}

pub fn cursor(answer: AnswerKey, at: u8) -> ClientFrame {
    let state = if at == 0 { Vec::new() } else { vec![at] };
    ClientFrame::Presence { answer, state }
}

const FORBIDDEN: Option<RejectCode> = Some(RejectCode::Forbidden);
const UNKNOWN: Option<RejectCode> = Some(RejectCode::UnknownQuestion);

/// Question 1 is shown, question 2 was shown, question 3 never was.
struct Scene {
    stage: Stage,
    anna: SocketId,
    bo: SocketId,
    chen: SocketId,
    dora: SocketId,
}

impl Scene {
    fn new() -> Self {
        let mut stage = stage();
        let [anna, bo, chen, dora] = [ANNA, BO, CHEN, DORA].map(|who| stage.join(who, 1));
        for message in [show(1), show(2), hide(2)] {
            assert_eq!(stage.ask(anna, message), None);
        }
        stage.forget();
        Self {
            stage,
            anna,
            bo,
            chen,
            dora,
        }
    }

    fn frame(&mut self, socket: SocketId, frame: ClientFrame) -> Vec<Output> {
        self.stage.handle(Input::Frame { socket, frame })
    }

    /// What was refused; nothing else came of it then.
    fn hand_in(&mut self, socket: SocketId, frame: ClientFrame) -> Option<RejectCode> {
        self.stage.forget();
        let outputs = self.frame(socket, frame);
        let refused = self.stage.clients[&socket].last_rejection();
        let told = |output: &Output| matches!(output, Output::Send { .. } | Output::Refuse { .. });
        let only_told = outputs.iter().all(told);
        assert!(refused.is_none() || only_told, "{outputs:?}");
        refused
    }

    fn lookers(&mut self, by: SocketId, answer: AnswerKey) -> Vec<SocketId> {
        match &self.frame(by, update(answer))[..] {
            [Output::Apply { to, .. }] => to.clone(),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn everybody_looks_at_what_they_may_see() {
    let (own, others) = (key(1, CHEN), key(1, DORA));
    let table = |scene: &Scene| {
        let (anna, chen) = (scene.anna, scene.chen);
        vec![
            (anna, own, None),
            (anna, others, None),
            (anna, key(2, CHEN), None),
            (anna, key(3, CHEN), UNKNOWN),
            (anna, key(99, CHEN), UNKNOWN),
            (anna, key(1, ANNA), UNKNOWN),
            (anna, key(1, BO), UNKNOWN),
            (anna, key(1, ParticipantId(99)), UNKNOWN),
            (chen, own, None),
            (chen, others, FORBIDDEN),
            (chen, key(2, CHEN), UNKNOWN),
            (chen, key(3, CHEN), UNKNOWN),
            (chen, key(99, CHEN), UNKNOWN),
            // Nothing is told of questions beside one's own.
            (chen, key(2, DORA), FORBIDDEN),
            (chen, key(99, DORA), FORBIDDEN),
            (chen, key(1, ANNA), FORBIDDEN),
        ]
    };
    let mut scene = Scene::new();
    for (socket, answer, expected) in table(&scene) {
        let refused = scene.stage.ask(socket, look(answer));
        assert_eq!(refused, expected, "{answer:?}");
    }
}

#[test]
fn everybody_writes_where_they_may() {
    let mut scene = Scene::new();
    let (anna, chen) = (scene.anna, scene.chen);
    let table = [
        (anna, key(1, CHEN), None),
        (anna, key(2, DORA), None),
        (anna, key(3, CHEN), UNKNOWN),
        (anna, key(1, BO), UNKNOWN),
        (chen, key(1, CHEN), None),
        (chen, key(2, CHEN), None),
        (chen, key(3, CHEN), UNKNOWN),
        (chen, key(1, DORA), FORBIDDEN),
        (chen, key(2, DORA), FORBIDDEN),
    ];
    for (socket, answer, expected) in table {
        for frame in [update(answer), sync(answer)] {
            assert_eq!(scene.hand_in(socket, frame), expected, "{answer:?}");
        }
    }
    let outputs = scene.frame(chen, update(key(2, CHEN)));
    let edit = Edit {
        socket: chen,
        author: CHEN,
        answer: key(2, CHEN),
        number: 1,
        update: vec![7],
    };
    assert_eq!(outputs, [Output::Apply { edit, to: vec![] }]);
    let sees = |outputs: Vec<Output>| matches!(outputs[..], [Output::Compare { sees: true, .. }]);
    assert!(sees(scene.frame(chen, sync(key(1, CHEN)))));
    assert!(!sees(scene.frame(chen, sync(key(2, CHEN)))), "hidden");
    assert!(sees(scene.frame(anna, sync(key(2, CHEN)))));
}

#[test]
fn who_waits_or_is_gone_hands_in_nothing() {
    let mut scene = Scene::new();
    let eve = scene.stage.knock(ParticipantId(5), 1);
    for frame in [
        sync(key(1, CHEN)),
        update(key(1, CHEN)),
        cursor(key(1, CHEN), 1),
    ] {
        let refused = scene.hand_in(eve, frame.clone());
        assert_eq!(refused, Some(RejectCode::NotSeated));
        assert_eq!(scene.frame(SocketId(77), frame), []);
    }
}

#[test]
fn a_page_hears_of_the_one_answer_it_looks_at() {
    let mut scene = Scene::new();
    let (own, others) = (key(1, CHEN), key(1, DORA));
    let (anna, chen, dora) = (scene.anna, scene.chen, scene.dora);
    scene.stage.say(chen, look(own));
    scene.stage.say(dora, look(others));
    scene.stage.say(anna, look(own));
    assert_eq!(scene.lookers(chen, own), [anna]);
    assert_eq!(scene.lookers(anna, own), [chen]);
    assert_eq!(scene.lookers(dora, others), []);
    scene.stage.say(anna, look(others));
    assert_eq!(scene.lookers(chen, own), []);
    assert_eq!(scene.lookers(dora, others), [anna]);
    // Whoever does not look may write all the same, and a refused look changes nothing.
    assert_eq!(scene.lookers(anna, own), [chen]);
    assert_eq!(scene.stage.ask(anna, look(key(99, CHEN))), UNKNOWN);
    assert_eq!(scene.lookers(dora, others), [anna]);
    scene.stage.say(anna, ClientMessage::Look { at: None });
    assert_eq!(scene.lookers(dora, others), []);
}

#[test]
fn interviewers_hear_who_looks_where() {
    let mut scene = Scene::new();
    let answer = key(1, CHEN);
    scene.stage.say(scene.chen, look(answer));
    let changed = |at| ServerMessage::LookChanged {
        looking: Looking {
            peer: peer(CHEN),
            at,
        },
    };
    for socket in [scene.anna, scene.bo] {
        assert_eq!(scene.stage.heard(socket), [changed(Some(answer))]);
    }
    assert_eq!(scene.stage.heard(scene.chen), []);
    assert_eq!(scene.stage.heard(scene.dora), []);
    scene.stage.forget();
    scene.stage.say(scene.anna, hide(1));
    assert!(scene.stage.heard(scene.bo).contains(&changed(None)));
    assert_eq!(scene.lookers(scene.anna, answer), []);
    let again = scene.stage.join(BO, 2);
    let overview = scene.stage.clients[&again].overview.clone().unwrap();
    assert_eq!(overview.looking, []);
}

#[test]
fn a_look_ends_with_the_right_to_it() {
    let mut scene = Scene::new();
    let (own, others) = (key(1, CHEN), key(1, DORA));
    let change = |who, role| ClientMessage::ChangeRole {
        peer: peer(who),
        role,
    };
    let (co, interviewee) = (occupant(BO).role, occupant(CHEN).role);
    scene.stage.say(scene.bo, look(own));
    scene.stage.say(scene.anna, change(BO, interviewee));
    assert_eq!(scene.lookers(scene.chen, own), [], "a former interviewer");
    scene.stage.say(scene.chen, look(own));
    scene.stage.say(scene.anna, change(CHEN, co));
    assert_eq!(scene.lookers(scene.anna, own), [scene.chen]);
    assert_eq!(scene.stage.ask(scene.chen, look(others)), None);
    // What a new interviewer wrote before stays an answer.
    assert_eq!(scene.stage.ask(scene.anna, look(own)), None);
}

#[test]
fn cursors_are_seen_by_those_who_look_at_the_same() {
    let mut scene = Scene::new();
    let answer = key(1, CHEN);
    let at = |state: &[u8], from| ServerFrame::Presence {
        answer,
        from: peer(from),
        state: state.to_vec(),
    };
    scene.stage.say(scene.chen, look(answer));
    scene.frame(scene.chen, cursor(answer, 4));
    scene.stage.say(scene.anna, look(answer));
    let seen = |scene: &Scene, socket| scene.stage.clients[&socket].seen.clone();
    assert_eq!(seen(&scene, scene.anna), [at(&[4], CHEN)], "at once");
    scene.frame(scene.anna, cursor(answer, 5));
    assert_eq!(seen(&scene, scene.chen), [at(&[5], ANNA)]);
    assert_eq!(seen(&scene, scene.bo), []);
    // Elsewhere it says nothing.
    assert_eq!(scene.frame(scene.bo, cursor(answer, 6)), []);
    assert_eq!(scene.frame(scene.dora, cursor(answer, 6)), []);
    scene.stage.say(scene.anna, look(key(1, DORA)));
    assert_eq!(seen(&scene, scene.chen)[1..], [at(&[], ANNA)], "gone");
    scene.stage.say(scene.bo, look(answer));
    scene.stage.drop_socket(scene.chen);
    assert_eq!(
        seen(&scene, scene.bo),
        [at(&[4], CHEN), at(&[], CHEN)],
        "away"
    );
}

#[test]
fn a_page_that_comes_back_looks_again() {
    let mut scene = Scene::new();
    let answer = key(1, CHEN);
    scene.stage.say(scene.chen, look(answer));
    scene.stage.drop_socket(scene.chen);
    let chen = scene.stage.join(CHEN, 1);
    assert_eq!(scene.lookers(scene.anna, answer), []);
    scene.stage.say(chen, look(answer));
    assert_eq!(scene.lookers(scene.anna, answer), [chen]);
}

#[test]
fn answers_of_earlier_rooms_are_known() {
    let mut stage = stage();
    let gone = key(1, ParticipantId(50));
    let answers = vec![(gone, Vec::new())];
    assert_eq!(stage.handle(Input::AnswersRead { answers }), []);
    let anna = stage.join(ANNA, 1);
    assert_eq!(stage.ask(anna, look(gone)), UNKNOWN, "never shown");
    stage.say(anna, show(1));
    assert_eq!(stage.ask(anna, look(gone)), None);
}

#[test]
fn words_and_comparisons_have_a_pace() {
    for (frame, burst) in [(update as fn(AnswerKey) -> ClientFrame, 1000), (sync, 60)] {
        let mut scene = Scene::new();
        let (chen, answer) = (scene.chen, key(1, CHEN));
        for number in 0..burst {
            assert_eq!(scene.frame(chen, frame(answer)).len(), 1, "{number}");
        }
        let outputs = scene.frame(chen, frame(answer));
        let code = CloseCode::TooSlow;
        assert_eq!(outputs[0], Output::Close { socket: chen, code });
        assert_eq!(scene.frame(chen, frame(answer)), [], "gone");
        // Another socket brings no more.
        let again = scene.stage.join(CHEN, 2);
        let outputs = scene.frame(again, frame(answer));
        assert!(matches!(outputs[0], Output::Close { socket, .. } if socket == again));
    }
}

#[test]
fn what_follows_a_refused_word_is_not_saved() {
    let mut scene = Scene::new();
    let (anna, chen) = (scene.anna, scene.chen);
    let refused = |socket, answer| Output::Refuse { socket, answer };
    let outputs = scene.frame(chen, update(key(3, CHEN)));
    assert_eq!(outputs[0], refused(chen, key(3, CHEN)), "not shown yet");
    let outputs = scene.frame(chen, update(key(1, DORA)));
    assert_eq!(outputs[0], refused(chen, key(1, DORA)), "of somebody else");
    for made_up in [key(99, CHEN), key(1, ParticipantId(999))] {
        let outputs = scene.frame(anna, update(made_up));
        let noted = |output: &Output| matches!(output, Output::Refuse { .. });
        assert!(!outputs.iter().any(noted), "{made_up:?}");
    }
}

#[test]
fn looks_and_cursors_have_a_pace() {
    let mut scene = Scene::new();
    let (anna, answer) = (scene.anna, key(1, CHEN));
    let mut ask = |at| scene.stage.ask(anna, ClientMessage::Look { at });
    let refused: Vec<_> = (0..21).map(|_| ask(Some(answer))).collect();
    assert!(refused[..20].iter().all(Option::is_none));
    assert_eq!(refused[20], Some(RejectCode::TooFast));
    scene.stage.say(scene.chen, look(answer));
    let moved = |at| scene.frame(scene.chen, cursor(answer, at)).len();
    assert_eq!((1..=50).map(moved).sum::<usize>(), 40);
}
