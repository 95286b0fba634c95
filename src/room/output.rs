//! What a room wants done; no behaviour.

use crate::model::{ParticipantId, Role, Timestamp};
use crate::protocol::{CloseCode, ServerMessage};

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
