//! What a room wants done; no behaviour.

use crate::model::{InterviewQuestionId, ParticipantId, Role, Timestamp};
use crate::protocol::document::ServerFrame;
use crate::protocol::{AnswerKey, CloseCode, Run, ServerMessage};

use super::SocketId;

/// What a room wants done, in this order.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "outputs live for a moment; boxing messages would only make them harder to read"
)]
pub enum Output {
    /// One message for one or many seated or waiting sockets, never for none.
    Send {
        to: Vec<SocketId>,
        message: ServerMessage,
    },
    /// One binary frame for one or many seated sockets, never for none.
    SendFrame {
        to: Vec<SocketId>,
        frame: ServerFrame,
    },
    /// Tell a socket what is new to it in an answer's document; only what the server has when it may not
    /// see it.
    Compare {
        socket: SocketId,
        answer: AnswerKey,
        state_vector: Vec<u8>,
        sees: bool,
    },
    /// Put an update into an answer's document and pass on what it changed.
    Apply { edit: Edit, to: Vec<SocketId> },
    /// An update of this socket was refused: what it sends after that is not saved until it compares.
    Refuse { socket: SocketId, answer: AnswerKey },
    /// Keep a run that is over in the answer's log.
    KeepRun {
        answer: AnswerKey,
        author: ParticipantId,
        run: Run,
    },
    /// Closes a socket; nothing is sent to it afterwards.
    Close { socket: SocketId, code: CloseCode },
    /// Must be durable before any later output is carried out.
    Record(Fact),
}

/// What somebody wrote in an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub socket: SocketId,
    pub author: ParticipantId,
    pub answer: AnswerKey,
    /// As the page counts.
    pub number: u64,
    pub update: Vec<u8>,
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
    /// A question is shown to interviewees.
    QuestionShown { question: InterviewQuestionId },
    /// A question is not shown to interviewees any more.
    QuestionHidden { question: InterviewQuestionId },
}
