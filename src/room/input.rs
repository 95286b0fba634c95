//! What a room is told; no behaviour.

use crate::model::{InterviewNumber, Language, PageId, ParticipantId, Role, Timestamp};
use crate::protocol::document::ClientFrame;
use crate::protocol::{AnswerKey, ClientMessage, CloseCode, IceServer, MediaState, Run, Transport};

use super::questions::Prepared;

/// One live transport, named by the hub and never named again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// What the room is told of its interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub number: InterviewNumber,
    pub title: String,
    /// How many people fit; never more than [`crate::model::interview::MOST_SEATS`] do.
    pub seats: u32,
    pub ends_at: Timestamp,
    pub ice_servers: Vec<IceServer>,
    /// True when everybody who never had a seat waits until admitted.
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
    /// True when they had a seat in this interview before, maybe in a room that is forgotten.
    pub arrived: bool,
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
    /// A binary frame of a socket.
    Frame {
        socket: SocketId,
        frame: ClientFrame,
    },
    /// The questions of the interview were read: at the beginning, and whenever they were changed from
    /// outside the room.
    QuestionsRead { questions: Vec<Prepared> },
    /// The answers that were begun in earlier rooms were read, each with its newest runs, the oldest
    /// first: at the beginning.
    AnswersRead { answers: Vec<(AnswerKey, Vec<Run>)> },
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
    /// The hub wants a seated or waiting socket closed. Seat or place in the queue are kept if the
    /// code asks the client to come back, and gone at once if not.
    SocketDismissed { socket: SocketId, code: CloseCode },
    /// The moment of [`super::Room::next_deadline`] has come.
    Deadline,
}
