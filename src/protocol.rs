//! What clients and the server say to each other in a room, described in docs/protocol.md; no behaviour.

use serde::{Deserialize, Serialize};

use crate::model::{ConnectionId, InterviewNumber, PageId, PeerId, Role, Timestamp};

/// The version both sides must speak.
pub const VERSION: u16 = 1;
/// The largest text frame a client may send, in bytes.
pub const LARGEST_MESSAGE: usize = 64 * 1024;
/// The longest chat message, in characters.
pub const LONGEST_CHAT: u32 = 2000;

/// What a client asks for. Imperatives; every field is named and unknown ones are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// Takes this participant's seat. The first message of every socket, and only the first.
    Join {
        version: u16,
        /// Tells a dropped socket (same page) from a refreshed page (another one).
        page: PageId,
        media: MediaState,
    },
    /// Passes an SDP offer to another peer.
    Offer {
        to: PeerId,
        connection: ConnectionId,
        /// Counts the offers of this side on this connection, from 1.
        number: u32,
        sdp: String,
    },
    /// Passes the answer to the offer of that number.
    Answer {
        to: PeerId,
        connection: ConnectionId,
        number: u32,
        sdp: String,
    },
    /// Passes one ICE candidate.
    Candidate {
        to: PeerId,
        connection: ConnectionId,
        candidate: IceCandidate,
    },
    /// Says whether this peer's microphone and camera are on.
    SetMedia { media: MediaState },
    /// Writes to everyone in the room.
    SendChat { text: String },
    /// Ends the interview for everyone. Main interviewer only.
    End {},
    /// Gives the seat back at once.
    Leave {},
}

/// What the server tells a client. Facts, each harmless to hear again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ServerMessage {
    /// The answer to `Join`: the room as it is. Peers already there call the newcomer.
    Welcome {
        version: u16,
        number: InterviewNumber,
        title: String,
        /// The receiver's own seat.
        you: Member,
        /// Everyone else, in the order of their arrival.
        members: Vec<Member>,
        now: Timestamp,
        ends_at: Timestamp,
        ice_servers: Vec<IceServer>,
    },
    /// Somebody took a seat, or is back on it. With another page than before, its connections are
    /// gone and the receiver calls; with the same page, connections that still work are left alone.
    PeerJoined { member: Member },
    /// Somebody's socket is gone; the seat is kept for a while.
    PeerAway { peer: PeerId },
    /// Somebody's seat is free.
    PeerLeft { peer: PeerId },
    /// An offer from another peer.
    Offer {
        from: PeerId,
        connection: ConnectionId,
        number: u32,
        sdp: String,
    },
    /// An answer from another peer.
    Answer {
        from: PeerId,
        connection: ConnectionId,
        number: u32,
        sdp: String,
    },
    /// A candidate from another peer.
    Candidate {
        from: PeerId,
        connection: ConnectionId,
        candidate: IceCandidate,
    },
    /// Somebody's microphone or camera was switched.
    MediaChanged { peer: PeerId, media: MediaState },
    /// Somebody wrote to everyone, the receiver's own messages included.
    ChatSent {
        /// Counts the messages of this room, from 1.
        id: u64,
        from: PeerId,
        name: String,
        text: String,
        at: Timestamp,
    },
    /// The server's clock and the end as it stands, every ten seconds: the sign of life for clients.
    Clock { now: Timestamp, ends_at: Timestamp },
    /// The interview is over; the socket closes with [`CloseCode::Ended`].
    Ended { reason: EndReason },
    /// A message was refused and changed nothing.
    Rejected {
        code: RejectCode,
        /// The same for people, in the language of the receiver's page.
        text: String,
    },
}

/// One seat of the room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub peer: PeerId,
    pub name: String,
    pub role: Role,
    pub page: PageId,
    pub media: MediaState,
    /// False while the seat is kept for somebody whose socket is gone.
    pub present: bool,
}

/// What somebody sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaState {
    pub microphone: bool,
    pub camera: bool,
}

/// RTCIceCandidateInit (W3C WebRTC section 4.8.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IceCandidate {
    /// Empty for the end of candidates.
    pub candidate: String,
    pub sdp_mid: Option<String>,
    pub sdp_m_line_index: Option<u16>,
    pub username_fragment: Option<String>,
}

/// RTCIceServer (W3C WebRTC section 4.2.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IceServer {
    pub urls: Vec<String>,
    pub username: Option<String>,
    pub credential: Option<String>,
}

/// Why an interview is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case", deny_unknown_fields)]
pub enum EndReason {
    /// Somebody entitled to it ended it.
    ByInterviewer { name: String },
    /// Its time ran out.
    Expired {},
    /// It was called off while people were in it.
    Cancelled {},
}

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
}

impl RejectCode {
    /// Every code, in the order of docs/protocol.md.
    pub const ALL: [Self; 6] = [
        Self::Forbidden,
        Self::UnknownPeer,
        Self::Empty,
        Self::TooLong,
        Self::AlreadyJoined,
        Self::TooFast,
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
    /// The receiver did not read fast enough: come back.
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
}

impl CloseCode {
    /// True when a client should come back by itself. Any code not ours, as 1006, means the same.
    pub const fn returns(self) -> bool {
        matches!(self, Self::Restarting | Self::TooSlow | Self::JoinExpected)
    }
}

#[cfg(test)]
mod tests;
