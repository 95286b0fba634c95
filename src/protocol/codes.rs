//! Why messages are refused and sockets closed.

use serde::{Deserialize, Serialize};

/// Why a message was refused. Stable; programs may rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectCode {
    /// The sender's role does not allow it.
    Forbidden,
    /// The peer it is for is not in this room.
    UnknownPeer,
    /// The chat message is empty.
    Empty,
    /// The chat message is too long.
    TooLong,
    /// `Join` came a second time.
    AlreadyJoined,
    /// More messages than a person can mean; the socket stays open.
    TooFast,
    /// The sender is not admitted yet.
    NotSeated,
    /// A number is not one of those offered.
    OutOfRange,
    /// Nobody can be admitted: every seat is taken.
    NoSeat,
    /// The question, or the answer, is not one the sender may know of.
    UnknownQuestion,
    /// As many questions are shown as may be at once.
    TooMany,
}

impl RejectCode {
    /// Every code, in the order of docs/protocol.md.
    pub const ALL: [Self; 11] = [
        Self::Forbidden,
        Self::UnknownPeer,
        Self::Empty,
        Self::TooLong,
        Self::AlreadyJoined,
        Self::TooFast,
        Self::NotSeated,
        Self::OutOfRange,
        Self::NoSeat,
        Self::UnknownQuestion,
        Self::TooMany,
    ];
}

macro_rules! close_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// How a socket was closed (RFC 6455 section 7.4): two registered codes that ask a client
        /// to come back, and ours from the private range.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum CloseCode {
            $($(#[$doc])* $name = $code),+
        }

        impl CloseCode {
            /// Every code, by number.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The number on the wire.
            pub const fn number(self) -> u16 {
                self as u16
            }

            /// The code of a number, if it is one of ours.
            pub fn from_number(number: u16) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.number() == number)
            }
        }
    };
}

close_codes! {
    /// The server is going down for a restart: come back.
    Restarting = 1012,
    /// The receiver did not read fast enough, or wrote too much in answers: come back.
    TooSlow = 1013,
    /// The first message was not `Join`, or did not come in time: come back.
    JoinExpected = 4000,
    /// A frame was not a message of this protocol.
    Malformed = 4001,
    /// A frame was larger than allowed.
    TooLarge = 4002,
    /// Far too many messages.
    Flood = 4003,
    /// The versions differ: load the page again.
    WrongVersion = 4004,
    /// The participant may not, or no longer, be in this room: ask the join page why.
    NotAdmitted = 4005,
    /// Every seat is taken.
    Full = 4006,
    /// The participant opened the room in another tab.
    Replaced = 4007,
    /// The account signed out.
    SignedOut = 4008,
    /// The interview is over.
    Ended = 4009,
    /// The participant left.
    Left = 4010,
    /// Whoever is in charge took the participant out of the interview.
    Removed = 4011,
    /// Whoever is in charge did not admit the participant; the message `refused` said why.
    Refused = 4012,
}

impl CloseCode {
    /// True when a client should come back by itself. Any code not ours, as 1006, means the same.
    pub const fn returns(self) -> bool {
        matches!(self, Self::Restarting | Self::TooSlow | Self::JoinExpected)
    }
}
