//! What a person sees of a file on its way; no behaviour but small questions.

use crate::model::PeerId;

/// Names a file to or from somebody, on this page only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransferId(pub u32);

/// Which way a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Outgoing,
    Incoming,
}

/// How a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransferState {
    /// To be offered as soon as there is a connection and fewer others are open.
    Waiting,
    /// Nobody has answered the offer yet.
    Offered,
    /// Its bytes are under way.
    Moving,
    /// It goes on when there is a connection again.
    Paused,
    /// The receiver has all of it, and its hash is right.
    Received,
    /// The receiver did not take it.
    Refused,
    /// Given up by this page's person, or by the other side's.
    Cancelled { here: bool },
    /// Broken off.
    Failed(Failure),
}

/// Why a file was broken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The other page is gone, or this visit is over.
    Gone,
    /// Larger than [`crate::channel::LARGEST_FILE`].
    TooLarge,
    /// It cannot be read any more, or changed meanwhile.
    Unreadable,
    /// The hash is wrong.
    Damaged,
    /// The other side did not keep to what it had said.
    Mismatch,
}

/// A file and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    pub id: TransferId,
    pub peer: PeerId,
    pub direction: Direction,
    /// Fit to be a file's name anywhere.
    pub name: String,
    /// As declared, in bytes.
    pub size: u64,
    /// Sent or received so far, in bytes.
    pub done: u64,
    pub state: TransferState,
}

impl Transfer {
    pub(super) fn new(
        id: TransferId,
        peer: PeerId,
        direction: Direction,
        name: String,
        size: u64,
    ) -> Self {
        Self {
            id,
            peer,
            direction,
            name,
            size,
            done: 0,
            state: TransferState::Waiting,
        }
    }

    /// From 0 to 100.
    pub fn percent(&self) -> u8 {
        let percent = (self.done.min(self.size) * 100).checked_div(self.size);
        u8::try_from(percent.unwrap_or(0)).unwrap_or(100)
    }

    /// True for an offer that waits for the person in front of this page.
    pub fn wants_answer(&self) -> bool {
        self.direction == Direction::Incoming && self.state == TransferState::Offered
    }
}

impl TransferState {
    /// True when nothing more happens to it.
    pub const fn is_over(self) -> bool {
        !matches!(
            self,
            Self::Waiting | Self::Offered | Self::Moving | Self::Paused
        )
    }

    /// A stable name for tests and styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Moving => "moving",
            Self::Paused => "paused",
            Self::Received => "received",
            Self::Refused => "refused",
            Self::Cancelled { .. } => "cancelled",
            Self::Failed(_) => "failed",
        }
    }
}
