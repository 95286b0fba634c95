//! Random use of questions and answers. What must hold is checked after every step by the stage: nobody
//! hears of an answer that they may not see, and everybody sees the room as it is.

use proptest::prelude::*;

use crate::model::{ParticipantId, Role};
use crate::protocol::document::ClientFrame;
use crate::protocol::{ClientMessage, RejectCode};
use crate::room::{Input, Output};

use super::super::questions::{hide, prepared, show, stage};
use super::super::runs::report;
use super::super::stage::{ANNA, Stage, peer};
use super::{cursor, key, look, sync, update};

/// The main interviewer, a co-interviewer and three others; questions 1 to 3 and one that is none.
const PEOPLE: i64 = 5;
const QUESTIONS: i64 = 4;

#[derive(Clone, Debug)]
enum Step {
    Say(i64, ClientMessage),
    HandIn(i64, ClientFrame),
    Come(i64, u128),
    Lose(i64),
    Reread(bool),
    Wait(u64),
}

fn any_frame() -> impl Strategy<Value = ClientFrame> {
    (0..3, 1..=QUESTIONS, 1..=PEOPLE, 0..3_u8).prop_map(|(kind, question, owner, at)| {
        let answer = key(question, ParticipantId(owner));
        match kind {
            0 => sync(answer),
            1 => update(answer),
            _ => cursor(answer, at),
        }
    })
}

fn any_message() -> impl Strategy<Value = ClientMessage> {
    let answer = (1..=QUESTIONS, 1..=PEOPLE)
        .prop_map(|(question, owner)| key(question, ParticipantId(owner)))
        .boxed();
    let change = (2..=PEOPLE, any::<bool>()).prop_map(|(who, up)| ClientMessage::ChangeRole {
        peer: peer(ParticipantId(who)),
        role: if up {
            Role::CoInterviewer
        } else {
            Role::Interviewee
        },
    });
    prop_oneof![
        4 => (1..=QUESTIONS).prop_map(show),
        2 => (1..=QUESTIONS).prop_map(hide),
        6 => answer.clone().prop_map(look),
        1 => Just(ClientMessage::Look { at: None }),
        3 => (answer, 0..6_u128, any::<bool>())
            .prop_map(|(answer, id, over)| report(answer, id, over)),
        2 => change,
        1 => Just(ClientMessage::Leave {}),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    let who = || prop_oneof![1 => Just(ANNA.0), 3 => 1..=PEOPLE];
    prop_oneof![
        12 => (who(), any_message()).prop_map(|(who, message)| Step::Say(who, message)),
        10 => (who(), any_frame()).prop_map(|(who, frame)| Step::HandIn(who, frame)),
        4 => (who(), 1..4_u128).prop_map(|(who, page)| Step::Come(who, page)),
        2 => who().prop_map(Step::Lose),
        1 => any::<bool>().prop_map(Step::Reread),
        2 => (0..70_000_u64).prop_map(Step::Wait),
    ]
}

fn take(stage: &mut Stage, step: Step) {
    let find = |stage: &Stage, who| {
        let seat = stage.room.seats.of(ParticipantId(who));
        seat.and_then(|seat| seat.socket())
    };
    match step {
        Step::Come(who, page) => {
            stage.join(ParticipantId(who), page);
        }
        Step::Wait(milliseconds) => stage.wait(milliseconds),
        Step::Reread(fewer) => {
            let mut questions = prepared(1..=if fewer { 2 } else { 3 });
            for question in &mut questions {
                if let Some(known) = stage.room.questions.find(question.id()) {
                    *question = known.clone();
                }
            }
            stage.handle(Input::QuestionsRead { questions });
        }
        Step::Lose(who) => {
            if let Some(socket) = find(stage, who) {
                stage.drop_socket(socket);
            }
        }
        Step::Say(who, message) => {
            if let Some(socket) = find(stage, who) {
                stage.say(socket, message);
            }
        }
        Step::HandIn(who, frame) => {
            let Some(socket) = find(stage, who) else {
                return;
            };
            let answer = frame.answer();
            let role = stage.clients[&socket].you.as_ref().map(|you| you.role);
            let stranger = role == Some(Role::Interviewee) && answer.peer.0 != who;
            let moves = matches!(frame, ClientFrame::Presence { .. });
            stage.forget();
            let outputs = stage.handle(Input::Frame { socket, frame });
            if stranger && !moves {
                let refused = stage.clients[&socket].last_rejection();
                assert_eq!(refused, Some(RejectCode::Forbidden));
            }
            let harmless =
                |output: &Output| matches!(output, Output::Send { .. } | Output::Refuse { .. });
            assert!(!stranger || outputs.iter().all(harmless), "{outputs:?}");
        }
    }
}

proptest! {
    #[test]
    fn nobody_sees_what_they_may_not(steps in prop::collection::vec(any_step(), 1..150)) {
        let mut stage = stage();
        for step in steps {
            take(&mut stage, step);
            for seat in stage.room.seats.iter() {
                let Some(answer) = seat.looking else { continue };
                let socket = seat.socket().expect("who is away looks at nothing");
                prop_assert!(stage.clients[&socket].may_see(answer));
            }
            for client in stage.clients.values().filter(|client| client.is_seated()) {
                let mut shown = client.questions.clone();
                let mut expected = stage.room.questions.shown();
                shown.sort_by_key(|question| question.question);
                expected.sort_by_key(|question| question.question);
                prop_assert_eq!(shown, expected);
            }
        }
    }
}
