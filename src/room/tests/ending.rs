//! The clock, the end, and who may bring it about.

use std::time::Duration;

use crate::model::{Role, Timestamp};
use crate::protocol::{ClientMessage, CloseCode, EndReason, RejectCode, ServerMessage};
use crate::room::{Fact, Input, Occupant, Output, SocketId};

use super::stage::{ANNA, BO, CHEN, START, Stage, facts, occupant};

fn two_seated() -> (Stage, SocketId, SocketId) {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    let bo = stage.join(BO, 20);
    stage.facts.clear();
    stage.forget();
    (stage, anna, bo)
}

fn over(to: [SocketId; 2], reason: EndReason) -> Vec<Output> {
    let code = CloseCode::Ended;
    let message = ServerMessage::Ended { reason };
    let closing = to.map(|socket| Output::Close { socket, code });
    let said = Output::Send {
        to: to.to_vec(),
        message,
    };
    [said].into_iter().chain(closing).collect()
}

fn reschedule(stage: &mut Stage, ends_at: Timestamp) -> Vec<Output> {
    let title = "Later".to_owned();
    stage.handle(Input::Rescheduled {
        title,
        seats: 4,
        ends_at,
    })
}

#[test]
fn the_end_is_recorded_before_anybody_hears_of_it() {
    let (mut stage, anna, bo) = two_seated();
    let mut expected = vec![Output::Record(Fact::Ended { by: ANNA })];
    let name = occupant(ANNA).name;
    expected.extend(over([anna, bo], EndReason::ByInterviewer { name }));
    assert_eq!(stage.say(anna, ClientMessage::End {}), expected);
    assert!(stage.room.is_idle());
    assert_eq!(stage.say(anna, ClientMessage::End {}), []);
    assert_eq!(stage.handle(Input::Cancelled), []);
    stage.now = facts(4).ends_at;
    assert_eq!(stage.handle(Input::Deadline), []);
}

#[test]
fn only_the_main_interviewer_ends() {
    for role in Role::ALL {
        for participant in [ANNA, BO, CHEN] {
            let mut stage = Stage::new(4);
            let socket = stage.join_as(
                Occupant {
                    role,
                    ..occupant(participant)
                },
                1,
            );
            stage.say(socket, ClientMessage::End {});
            let allowed = role == Role::MainInterviewer;
            let ended = stage.facts.contains(&Fact::Ended { by: participant });
            let refused = stage.clients[&socket].last_rejection();
            assert_eq!(ended, allowed, "{role:?}");
            assert_eq!(refused, (!allowed).then_some(RejectCode::Forbidden));
            assert_eq!(stage.room.is_idle(), allowed);
        }
    }
}

#[test]
fn time_runs_out_for_everyone() {
    let (mut stage, anna, bo) = two_seated();
    let length = facts(4).ends_at.since(START).as_millis();
    stage.wait(u64::try_from(length).unwrap() - 1);
    assert_eq!((stage.closed(anna), stage.facts.len()), (None, 0));
    stage.now = facts(4).ends_at;
    let mut expected = vec![Output::Record(Fact::Expired)];
    expected.extend(over([anna, bo], EndReason::Expired {}));
    assert_eq!(stage.handle(Input::Deadline), expected);
}

#[test]
fn what_is_said_after_the_end_comes_too_late() {
    let (mut stage, anna, _) = two_seated();
    stage.now = facts(4).ends_at;
    stage.say(anna, ClientMessage::End {});
    assert_eq!(stage.facts, [Fact::Expired]);
}

#[test]
fn a_cancelled_interview_closes_its_room() {
    let (mut stage, anna, bo) = two_seated();
    let expected = over([anna, bo], EndReason::Cancelled {});
    assert_eq!(stage.handle(Input::Cancelled), expected);
    assert_eq!(stage.handle(Input::Cancelled), []);
    assert_eq!(stage.facts, []);
}

#[test]
fn everyone_hears_of_another_end() {
    let (mut stage, anna, bo) = two_seated();
    let ends_at = START + Duration::from_secs(7200);
    let message = ServerMessage::Clock {
        now: START,
        ends_at,
    };
    let to = vec![anna, bo];
    assert_eq!(
        reschedule(&mut stage, ends_at),
        [Output::Send { to, message }]
    );
    stage.wait(3_600_000);
    assert_eq!(stage.closed(anna), None);
    let chen = stage.join(CHEN, 30);
    let ServerMessage::Welcome { title, .. } = &stage.clients[&chen].heard[0] else {
        panic!("no welcome");
    };
    assert_eq!(title, "Later");
    stage.wait(3_600_000);
    assert_eq!(stage.facts.last(), Some(&Fact::Expired));
}

#[test]
fn an_end_put_into_the_past_comes_at_the_next_deadline() {
    let (mut stage, anna, _) = two_seated();
    stage.wait(5_000);
    reschedule(&mut stage, START);
    assert_eq!(stage.closed(anna), None);
    assert_eq!(stage.room.next_deadline(), Some(START));
    stage.wait(0);
    assert_eq!(stage.closed(anna), Some(CloseCode::Ended));
    assert_eq!(stage.facts, [Fact::Expired]);
}

#[test]
fn an_interview_prolonged_in_its_last_moment_goes_on() {
    let (mut stage, anna, _) = two_seated();
    stage.now = facts(4).ends_at + Duration::from_millis(3);
    let ends_at = stage.now + Duration::from_secs(60);
    reschedule(&mut stage, ends_at);
    stage.wait(0);
    assert_eq!(stage.closed(anna), None);
}

#[test]
fn more_seats_let_more_people_in() {
    let mut stage = Stage::new(2);
    for participant in [ANNA, BO] {
        stage.join(participant, 1);
    }
    reschedule(&mut stage, facts(4).ends_at);
    let chen = stage.join(CHEN, 1);
    assert_eq!(stage.closed(chen), None);
}

#[test]
fn the_clock_is_told_every_ten_seconds_to_everyone_present() {
    let (mut stage, anna, bo) = two_seated();
    let ends_at = facts(4).ends_at;
    stage.wait(25_000);
    let at = |seconds| START + Duration::from_secs(seconds);
    let clock = |seconds| ServerMessage::Clock {
        now: at(seconds),
        ends_at,
    };
    assert_eq!(stage.heard(anna), [clock(10), clock(20)]);
    assert_eq!(stage.room.next_deadline(), Some(at(30)));
    stage.drop_socket(anna);
    stage.drop_socket(bo);
    assert_eq!(
        stage.room.next_deadline(),
        Some(at(85)),
        "no clock for nobody"
    );
}
