//! The room as a state machine: seats, roster, forwarding, chat, clock and end; must not wait, read
//! a clock, draw randomness or know any transport.

mod allowance;
mod arrival;
mod ending;
mod requests;
mod seats;
mod signals;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::messages::messages;
use crate::model::interview::MOST_SEATS;
use crate::model::{InterviewNumber, Language, PageId, ParticipantId, Role, Timestamp};
use crate::protocol::{
    ClientMessage, CloseCode, EndReason, IceServer, MediaState, RejectCode, ServerMessage,
    Transport,
};

use seats::{Seat, Seats};

/// How long a seat is kept for somebody whose socket is gone.
pub const SEAT_KEPT: Duration = Duration::from_secs(60);
/// How often everyone present hears the clock.
pub const CLOCK_EVERY: Duration = Duration::from_secs(10);

/// One live transport, named by the hub and never named again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// What the room is told of its interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub number: InterviewNumber,
    pub title: String,
    /// How many people fit; never more than [`MOST_SEATS`] do.
    pub seats: u32,
    pub ends_at: Timestamp,
    pub ice_servers: Vec<IceServer>,
    /// True when everybody new waits until admitted.
    pub locked: bool,
}

/// Somebody as the server admitted them, decided anew at every join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupant {
    pub participant: ParticipantId,
    pub name: String,
    pub role: Role,
    /// The language of the page, for refusals.
    pub language: Language,
    /// The account's user name; None for guests.
    pub user_name: Option<String>,
    pub transport: Transport,
    /// True when the interview's setting lets somebody like this wait, and they had no seat before.
    pub waits: bool,
}

/// What happens to a room.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// An admitted participant asks for the seat; the first word of a socket.
    Join {
        socket: SocketId,
        occupant: Occupant,
        version: u16,
        page: PageId,
        media: MediaState,
    },
    /// Any later word of a socket.
    Message {
        socket: SocketId,
        message: ClientMessage,
    },
    /// A socket is gone, whoever closed it.
    SocketClosed { socket: SocketId },
    /// The booking was edited.
    Rescheduled {
        title: String,
        seats: u32,
        ends_at: Timestamp,
    },
    /// The booking was called off.
    Cancelled,
    /// Somebody may not be here any more.
    Removed { participant: ParticipantId },
    /// The hub wants a seated socket closed. The seat is kept if the code asks the client to come
    /// back, and free at once if not.
    SocketDismissed { socket: SocketId, code: CloseCode },
    /// The moment of [`Room::next_deadline`] has come.
    Deadline,
}

/// What a room wants done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// One message for one or many seated sockets, never for none.
    Send {
        to: Vec<SocketId>,
        message: ServerMessage,
    },
    /// Closes a socket; nothing is sent to it afterwards.
    Close { socket: SocketId, code: CloseCode },
    /// Must be durable before any later output is carried out.
    Record(Fact),
}

/// What a room wants remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Somebody took a seat they did not have.
    Arrived { participant: ParticipantId },
    /// The interview was ended.
    Ended { by: ParticipantId },
    /// The interview's time ran out.
    Expired,
    /// Somebody was given another role.
    RoleChanged {
        participant: ParticipantId,
        role: Role,
    },
    /// Somebody was taken out of the interview and may not return.
    Removed { participant: ParticipantId },
    /// Whether everybody new waits.
    LockSet { locked: bool },
    /// The interview ends at another time.
    Extended { ends_at: Timestamp },
}

/// The live half of one interview.
#[derive(Debug)]
pub struct Room {
    facts: Facts,
    seats: Seats,
    /// How many chat messages there were; the texts are not kept.
    chat_count: u64,
    /// When everyone hears the clock again; `None` while nobody is present.
    clock_due: Option<Timestamp>,
    /// Set once and for ever; nobody has a seat afterwards.
    over: Option<EndReason>,
}

impl Room {
    /// An empty room.
    pub fn new(facts: Facts) -> Self {
        Self {
            facts,
            seats: Seats::default(),
            chat_count: 0,
            clock_due: None,
            over: None,
        }
    }

    /// Takes one input at `now`. Sockets without a seat are ignored, whatever comes from them.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Output> {
        let mut outputs = Vec::new();
        self.take(now, input, &mut outputs);
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
            .chain(self.clock_due)
            .chain([self.facts.ends_at])
            .min()
    }

    /// True when nobody is present and no seat is kept: the room may be forgotten.
    pub fn is_idle(&self) -> bool {
        self.seats.is_empty()
    }

    /// How many seats others than `participant` have, kept ones included.
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
                self.catch_up(now, outputs);
                self.handle_join(now, arrival, outputs);
            }
            Input::Message { socket, message } => {
                self.catch_up(now, outputs);
                self.handle_message(now, socket, message, outputs);
            }
            Input::SocketClosed { socket } => self.keep_seat(now, socket, outputs),
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
                self.vacate(participant, CloseCode::NotAdmitted, outputs);
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
        send(
            self.seats.sockets(),
            ServerMessage::Clock { now, ends_at },
            outputs,
        );
    }

    /// Lets the clock run exactly while somebody is present.
    fn wind_clock(&mut self, now: Timestamp) {
        if self.seats.sockets().is_empty() {
            self.clock_due = None;
        } else {
            self.clock_due.get_or_insert(now + CLOCK_EVERY);
        }
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

/// Refuses one message, in the receiver's language.
fn reject(socket: SocketId, language: Language, code: RejectCode, outputs: &mut Vec<Output>) {
    let text = (messages(language).problem.rejected)(code).to_owned();
    send(
        vec![socket],
        ServerMessage::Rejected { code, text },
        outputs,
    );
}
