//! What messages are made of.

use serde::{Deserialize, Serialize};

use super::Looking;
use crate::model::{PageId, PeerId, Role, Timestamp};

/// One seat of the room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub peer: PeerId,
    pub name: String,
    pub role: Role,
    pub page: PageId,
    pub media: MediaState,
    /// When the hand was raised; None while it is down.
    pub hand: Option<Timestamp>,
    /// False while the seat is kept for somebody whose socket is gone.
    pub present: bool,
}

/// What somebody sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaState {
    pub microphone: bool,
    pub camera: bool,
    /// A screen or window is shared.
    pub screen: bool,
}

/// One thing said to everyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatMessage {
    /// Counts the messages of this room, from 1.
    pub id: u64,
    pub from: PeerId,
    pub name: String,
    pub text: String,
    pub at: Timestamp,
}

/// A sign that is shown for a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    ThumbsUp,
    Applause,
    Heart,
    Laughter,
    Surprise,
    Thinking,
}

impl Reaction {
    /// Every reaction, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::ThumbsUp,
        Self::Applause,
        Self::Heart,
        Self::Laughter,
        Self::Surprise,
        Self::Thinking,
    ];
}

/// What interviewers see besides the roster.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overview {
    /// Who waits, the longest first.
    pub waiting: Vec<Caller>,
    /// One for each seat, the receiver's own included.
    pub details: Vec<Details>,
    /// What members last said of their connections.
    pub links: Vec<LinksOf>,
    /// Who looks at an answer.
    pub looking: Vec<Looking>,
}

/// Somebody who waits to be admitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caller {
    pub peer: PeerId,
    pub name: String,
    /// The account's user name; None for guests.
    pub user_name: Option<String>,
    pub since: Timestamp,
}

/// What interviewers may know of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    pub peer: PeerId,
    /// The account's user name; None for guests.
    pub user_name: Option<String>,
    pub transport: Transport,
    /// When the seat was taken.
    pub arrived_at: Timestamp,
}

/// By which way messages reach a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    WebSocket,
    Http,
}

/// The reports of one member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinksOf {
    pub peer: PeerId,
    pub links: Vec<LinkReport>,
}

/// How well the reporting page sees and hears one other peer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkReport {
    pub peer: PeerId,
    pub link: LinkState,
    /// None until it is known.
    pub route: Option<Route>,
    /// True while frames of a picture arrive.
    pub picture: bool,
    /// True while sound arrives.
    pub sound: bool,
    /// In milliseconds.
    pub round_trip: Option<u32>,
    /// Of what the other side sent in the last seconds, in percent.
    pub loss: Option<u8>,
    /// Of the picture that arrives, in pixels.
    pub height: Option<u32>,
}

/// How well two peers are connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Not connected yet.
    Connecting,
    /// Media can flow.
    Connected,
    /// Media could flow and cannot now; it is being mended.
    Reconnecting,
    /// Several tries in a row failed; it goes on being tried.
    Failed,
}

/// How media travels (RFC 8445 section 5.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// From browser to browser.
    Direct,
    /// Through a TURN server.
    Relayed,
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
