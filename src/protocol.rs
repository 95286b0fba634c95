//! What clients and the server say to each other in a room, described in docs/protocol.md; no behaviour.

mod answers;
mod client;
mod codes;
pub mod document;
mod parts;
mod server;

pub use answers::{
    AnswerKey, LARGEST_RUN, Looking, OutputPart, PreparedQuestion, Run, RunId, RunState,
    ShownQuestion, Stream, TestResult,
};
pub use client::ClientMessage;
pub use codes::{CloseCode, RejectCode};
pub use parts::{
    Caller, ChatMessage, Details, EndReason, IceCandidate, IceServer, LinkReport, LinkState,
    LinksOf, MediaState, Member, Overview, Reaction, Route, Transport,
};
pub use server::ServerMessage;

/// The version both sides must speak.
pub const VERSION: u16 = 3;
/// The largest text frame a client may send, in bytes.
pub const LARGEST_MESSAGE: usize = 64 * 1024;
/// The longest chat message, in characters. Also the longest word to somebody who waits.
pub const LONGEST_CHAT: u32 = 2000;
/// The longest reason for not admitting somebody, in characters.
pub const LONGEST_REASON: u32 = 200;
/// By how many minutes an interview may be prolonged at once.
pub const EXTENSIONS: [u32; 3] = [5, 15, 30];

#[cfg(test)]
mod tests;
