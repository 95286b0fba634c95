//! The room as a state machine: seats, queue, who is in charge, forwarding, chat, questions, who sees
//! which answer, clock and end; must not wait, read a clock, draw randomness or know any transport.

mod admission;
mod allowance;
mod answers;
mod arrival;
mod backlog;
mod charge;
mod chat;
mod commands;
mod ending;
mod input;
mod output;
mod pages;
mod questions;
mod queue;
mod reports;
mod requests;
mod runs;
mod seats;
mod signals;
mod signs;
mod switches;
#[cfg(test)]
mod tests;
mod verdicts;
mod visits;

use std::time::Duration;

use crate::messages::messages;
use crate::model::interview::MOST_SEATS;
use crate::model::{Language, ParticipantId, Timestamp};
use crate::protocol::{CloseCode, EndReason, RejectCode, ServerMessage};

use backlog::Backlog;
use charge::Charge;
use questions::Questions;
use queue::Queue;
use runs::Runs;
use seats::{Seat, Seats};
use verdicts::Verdicts;
use visits::Visits;

pub use input::{Facts, Input, Occupant, SocketId};
pub use output::{Edit, Fact, Output};
pub use questions::Prepared;

/// How long a seat, or a place in the queue, is kept for somebody whose socket is gone.
pub const SEAT_KEPT: Duration = Duration::from_secs(60);
/// How often everyone present hears the clock.
pub const CLOCK_EVERY: Duration = Duration::from_secs(10);
/// After how long without a main interviewer a co-interviewer is in charge.
pub const HANDED_OVER_AFTER: Duration = Duration::from_secs(60);
/// How long an answer given to somebody stands when they ask again.
pub const VERDICT_KEPT: Duration = Duration::from_secs(30);
/// How many people may wait at once.
pub const MOST_WAITING: usize = 20;

/// The live half of one interview.
#[derive(Debug)]
pub struct Room {
    facts: Facts,
    seats: Seats,
    /// Nobody in it has a seat.
    queue: Queue,
    charge: Charge,
    verdicts: Verdicts,
    visits: Visits,
    backlog: Backlog,
    questions: Questions,
    /// Also tells which answers there are.
    runs: Runs,
    /// When everyone hears the clock again; `None` while nobody is present.
    clock_due: Option<Timestamp>,
    /// Set once and for ever; nobody has a seat or waits afterwards.
    over: Option<EndReason>,
}

impl Room {
    /// An empty room.
    pub fn new(facts: Facts) -> Self {
        Self {
            facts,
            seats: Seats::default(),
            queue: Queue::default(),
            charge: Charge::default(),
            verdicts: Verdicts::default(),
            visits: Visits::default(),
            backlog: Backlog::default(),
            questions: Questions::default(),
            runs: Runs::default(),
            clock_due: None,
            over: None,
        }
    }

    /// Takes one input at `now`. Sockets that neither sit nor wait are ignored, whatever comes from
    /// them.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Output> {
        let mut outputs = Vec::new();
        // Whoever was here until this very input was here until now.
        self.notice_host(now);
        self.take(now, input, &mut outputs);
        self.settle_charge(now, &mut outputs);
        self.wind_clock(now);
        outputs
    }

    /// When [`Input::Deadline`] is due; `None` for an idle room.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        if self.is_idle() {
            return None;
        }
        let seats = self.seats.iter().filter_map(Seat::kept_until);
        seats
            .chain(self.queue.next_deadline())
            .chain(self.clock_due)
            .chain(self.handed_over_at())
            .chain([self.facts.ends_at])
            .min()
    }

    /// True when no seat and no place in the queue is taken or kept: the room may be forgotten.
    pub fn is_idle(&self) -> bool {
        self.seats.is_empty() && self.queue.is_empty()
    }

    /// How many seats others than `participant` have, kept ones included. Who waits has none.
    pub fn taken_seats_without(&self, participant: ParticipantId) -> usize {
        self.seats.without(participant).count()
    }

    fn take(&mut self, now: Timestamp, input: Input, outputs: &mut Vec<Output>) {
        match input {
            Input::Join {
                socket,
                occupant,
                version,
                page,
                media,
            } => {
                let arrival = arrival::Arrival {
                    socket,
                    occupant,
                    version,
                    page,
                    media,
                };
                self.handle_join(now, arrival, outputs);
            }
            Input::Message { socket, message } => {
                self.catch_up(now, outputs);
                self.handle_message(now, socket, message, outputs);
            }
            Input::Frame { socket, frame } => {
                self.catch_up(now, outputs);
                self.handle_frame(now, socket, frame, outputs);
            }
            Input::QuestionsRead { questions } => self.handle_questions(questions, outputs),
            Input::AnswersRead { answers } => self.handle_answers(answers),
            Input::SocketClosed { socket } => self.keep_place(now, socket, outputs),
            // No catching up first: an interview prolonged in its last moment must not expire.
            Input::Rescheduled {
                title,
                seats,
                ends_at,
            } => {
                self.handle_rescheduled(now, title, seats, ends_at, outputs);
            }
            Input::Cancelled => self.finish(EndReason::Cancelled {}, outputs),
            Input::Removed { participant } => {
                self.send_away(participant, CloseCode::NotAdmitted, outputs);
            }
            Input::SocketDismissed { socket, code } => self.dismiss(now, socket, code, outputs),
            Input::Deadline => self.catch_up(now, outputs),
        }
    }

    /// Does everything that is due at `now`.
    fn catch_up(&mut self, now: Timestamp, outputs: &mut Vec<Output>) {
        if self.over.is_some() {
            return;
        }
        if now >= self.facts.ends_at {
            outputs.push(Output::Record(Fact::Expired));
            self.finish(EndReason::Expired {}, outputs);
            return;
        }
        for participant in self.seats.kept_no_longer(now) {
            self.vacate(participant, CloseCode::Left, outputs);
        }
        for participant in self.queue.kept_no_longer(now) {
            self.end_knock(participant, outputs);
        }
        self.settle_charge(now, outputs);
        if self.clock_due.is_some_and(|due| due <= now) {
            self.clock_due = None;
            self.tell_clock(now, outputs);
        }
    }

    fn handle_rescheduled(
        &mut self,
        now: Timestamp,
        title: String,
        seats: u32,
        ends_at: Timestamp,
        outputs: &mut Vec<Output>,
    ) {
        self.facts = Facts {
            title,
            seats,
            ends_at,
            ..self.facts.clone()
        };
        self.tell_clock(now, outputs);
    }

    fn tell_clock(&self, now: Timestamp, outputs: &mut Vec<Output>) {
        let ends_at = self.facts.ends_at;
        let to = self.everyone();
        send(to, ServerMessage::Clock { now, ends_at }, outputs);
    }

    /// Lets the clock run exactly while somebody is present.
    fn wind_clock(&mut self, now: Timestamp) {
        if self.everyone().is_empty() {
            self.clock_due = None;
        } else {
            self.clock_due.get_or_insert(now + CLOCK_EVERY);
        }
    }

    /// The sockets of all who sit and all who wait.
    fn everyone(&self) -> Vec<SocketId> {
        let mut sockets = self.seats.sockets();
        sockets.extend(self.queue.sockets());
        sockets
    }

    fn seat_limit(&self) -> usize {
        self.facts.seats.min(MOST_SEATS) as usize
    }
}

/// Sends to those who are there, or to nobody.
fn send(to: Vec<SocketId>, message: ServerMessage, outputs: &mut Vec<Output>) {
    if !to.is_empty() {
        outputs.push(Output::Send { to, message });
    }
}

/// Closes a socket, if there is one.
fn close(socket: Option<SocketId>, code: CloseCode, outputs: &mut Vec<Output>) {
    outputs.extend(socket.map(|socket| Output::Close { socket, code }));
}

/// Refuses one message of the kind `about`, in the receiver's language.
fn reject(
    socket: SocketId,
    language: Language,
    about: &str,
    code: RejectCode,
    outputs: &mut Vec<Output>,
) {
    let about = about.to_owned();
    let text = (messages(language).problem.rejected)(code).to_owned();
    let rejected = ServerMessage::Rejected { code, about, text };
    send(vec![socket], rejected, outputs);
}
