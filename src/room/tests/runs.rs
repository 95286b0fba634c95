//! Reporting runs: who may, who hears, and what is kept of them.

use uuid::Uuid;

use crate::model::{CodeLanguage, ParticipantId, Timestamp};
use crate::protocol::{
    AnswerKey, ClientMessage, OutputPart, RejectCode, Run, RunId, RunState, ServerMessage, Stream,
};
use crate::room::{Input, Output, SocketId};

use super::answers::{key, look};
use super::questions::{hide, show, stage};
use super::stage::{ANNA, BO, CHEN, DORA, Stage};

pub fn run(id: u128, over: bool) -> Run {
    Run {
        id: RunId(Uuid::from_u128(id)),
        language: CodeLanguage::Python,
        at: Timestamp(0),
        state: if over {
            RunState::Done
        } else {
            RunState::Running
        },
        milliseconds: 12,
        output: Vec::new(),
        tests: Vec::new(),
        by: "Somebody else".into(),
    }
}

pub fn report(answer: AnswerKey, id: u128, over: bool) -> ClientMessage {
    let run = run(id, over);
    ClientMessage::ReportRun { answer, run }
}

fn scene() -> (Stage, [SocketId; 4]) {
    let mut stage = stage();
    let sockets = [ANNA, BO, CHEN, DORA].map(|who| stage.join(who, 1));
    stage.say(sockets[0], show(1));
    stage.forget();
    (stage, sockets)
}

fn runs(stage: &Stage, socket: SocketId) -> Vec<Run> {
    let told = |message: ServerMessage| match message {
        ServerMessage::RunReported { run, .. } => Some(run),
        _ => None,
    };
    let heard = stage.clients[&socket].heard.iter().cloned();
    heard.filter_map(told).collect()
}

fn kept(outputs: &[Output]) -> Vec<(ParticipantId, RunState)> {
    let kept = |output: &Output| match output {
        Output::KeepRun { author, run, .. } => Some((*author, run.state)),
        _ => None,
    };
    outputs.iter().filter_map(kept).collect()
}

#[test]
fn the_owner_and_interviewers_hear_of_a_run() {
    let (mut stage, [anna, bo, chen, dora]) = scene();
    let answer = key(1, CHEN);
    assert_eq!(kept(&stage.say(chen, report(answer, 1, false))), []);
    let begun = stage.now;
    stage.wait(1000);
    let outputs = stage.say(chen, report(answer, 1, true));
    assert_eq!(kept(&outputs), [(CHEN, RunState::Done)]);
    assert_eq!(stage.say(chen, report(answer, 1, true)), [], "again");
    assert_eq!(stage.say(chen, report(answer, 1, false)), [], "too late");
    for socket in [anna, bo, chen] {
        let runs = runs(&stage, socket);
        assert_eq!(runs.len(), 2);
        for run in runs {
            assert_eq!((run.at, run.by.as_str()), (begun, "P3"));
        }
    }
    assert_eq!(runs(&stage, dora), []);
}

#[test]
fn only_who_may_write_reports_and_only_whose_run_it_is_goes_on() {
    let (mut stage, [anna, bo, chen, dora]) = scene();
    let forbidden = Some(RejectCode::Forbidden);
    let answer = key(1, CHEN);
    assert_eq!(stage.ask(dora, report(answer, 1, true)), forbidden);
    let hidden = report(key(2, CHEN), 1, true);
    assert_eq!(stage.ask(chen, hidden), Some(RejectCode::UnknownQuestion));
    assert_eq!(stage.ask(anna, report(answer, 1, false)), None);
    for other in [bo, chen] {
        assert_eq!(stage.ask(other, report(answer, 1, true)), forbidden);
    }
    assert_eq!(stage.ask(anna, report(answer, 1, true)), None);
    let mut large = run(2, true);
    large.output.push(OutputPart {
        stream: Stream::Out,
        text: "x".repeat(32 * 1024),
    });
    let large = ClientMessage::ReportRun { answer, run: large };
    assert_eq!(stage.ask(anna, large), Some(RejectCode::TooLong));
}

#[test]
fn who_begins_to_look_hears_of_the_newest_runs() {
    let (mut stage, [anna, bo, chen, _]) = scene();
    let answer = key(1, CHEN);
    for id in 1..=25 {
        stage.wait(1000);
        stage.say(chen, report(answer, id, true));
    }
    stage.forget();
    stage.say(bo, look(answer));
    let ids: Vec<_> = runs(&stage, bo)
        .iter()
        .map(|run| run.id.0.as_u128())
        .collect();
    assert_eq!(ids, (6..=25).collect::<Vec<_>>());
    assert_eq!(runs(&stage, anna), []);
    // Hidden, nothing of it reaches its owner.
    stage.say(anna, hide(1));
    stage.forget();
    stage.wait(1000);
    stage.say(anna, report(answer, 30, true));
    assert_eq!((runs(&stage, bo).len(), runs(&stage, chen).len()), (1, 0));
}

#[test]
fn large_runs_push_out_more() {
    let (mut stage, [_, bo, chen, _]) = scene();
    let answer = key(1, CHEN);
    for id in 0..20 {
        stage.wait(1000);
        let mut run = run(id, true);
        run.output.push(OutputPart {
            stream: Stream::Error,
            text: "x".repeat(30_000),
        });
        stage.say(chen, ClientMessage::ReportRun { answer, run });
    }
    stage.forget();
    stage.say(bo, look(answer));
    assert_eq!(runs(&stage, bo).len(), 8);
}

#[test]
fn a_run_stops_with_its_page() {
    let answer = key(1, CHEN);
    let stopped = [(CHEN, RunState::Stopped)];
    let (mut stage, [anna, _, chen, _]) = scene();
    stage.say(chen, report(answer, 1, false));
    stage.forget();
    let outputs = stage.say(chen, ClientMessage::Leave {});
    assert_eq!(kept(&outputs), stopped);
    assert_eq!(runs(&stage, anna)[0].state, RunState::Stopped);
    let (mut stage, [_, _, chen, _]) = scene();
    stage.say(chen, report(answer, 1, false));
    stage.drop_socket(chen);
    // The same page goes on, another one cannot.
    let chen = stage.join(CHEN, 1);
    assert_eq!(stage.ask(chen, report(answer, 1, false)), None);
    let again = stage.open_socket();
    let occupant = super::stage::occupant(CHEN);
    let outputs = stage.handle(Input::Join {
        socket: again,
        occupant,
        version: crate::protocol::VERSION,
        page: super::stage::page(2),
        media: super::stage::ON,
    });
    assert_eq!(kept(&outputs), stopped);
}

#[test]
fn runs_of_earlier_rooms_are_told() {
    let mut stage = stage();
    let answer = key(1, CHEN);
    let answers = vec![(answer, vec![run(1, true), run(2, true)])];
    stage.handle(Input::AnswersRead { answers });
    let anna = stage.join(ANNA, 1);
    stage.say(anna, show(1));
    stage.forget();
    stage.say(anna, look(answer));
    assert_eq!(runs(&stage, anna).len(), 2);
    assert_eq!(stage.say(anna, report(answer, 2, true)), [], "known");
}
