//! What two pages say to each other by their data channels, past the server, and how chunks are framed;
//! must not touch a channel.
//!
//! Each connection has two channels, both negotiated beforehand (W3C WebRTC section 6.2): the
//! reliable one carries a [`PeerMessage`] as JSON in a text frame, or a chunk of a file in a binary
//! frame; the unreliable one carries a [`PeerState`] as JSON.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::protocol::MediaState;

/// The reliable, ordered channel: its label and its id on both sides.
pub const RELIABLE: (&str, u16) = ("reliable", 0);
/// The channel on which nothing is sent twice: its label and its id on both sides.
pub const UNRELIABLE: (&str, u16) = ("state", 1);
/// The largest file, in bytes.
pub const LARGEST_FILE: u64 = 100 * 1024 * 1024;
/// Bytes of a file in one binary frame; before them stands the [`FileId`], big-endian.
pub const CHUNK: usize = 16 * 1024;
/// What stands before a chunk, in bytes.
pub const CHUNK_HEADER: usize = size_of::<u32>();
/// The largest binary frame, in bytes.
pub const LARGEST_FRAME: usize = CHUNK_HEADER + CHUNK;

/// Names a file among all that one page ever offered; later ones have higher numbers. It outlives a
/// connection, so that a file can be taken up again by the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// The binary frame of a chunk.
pub fn encode_chunk(file: FileId, bytes: &[u8]) -> Vec<u8> {
    [&file.0.to_be_bytes(), bytes].concat()
}

/// The file and the bytes of a binary frame; `None` for one that is no chunk, or an empty one.
pub fn decode_chunk(frame: &[u8]) -> Option<(FileId, &[u8])> {
    let (header, bytes) = frame.split_first_chunk()?;
    let fits = !bytes.is_empty() && bytes.len() <= CHUNK;
    fits.then_some((FileId(u32::from_be_bytes(*header)), bytes))
}

/// Said by the reliable channel. Nothing in it is to be believed: the other side is a stranger's browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum PeerMessage {
    /// What the sender of this wants to see of the other side from now on.
    Watch { camera: PictureSize, screen: bool },
    /// Offers a file, or, on a new connection between the same pages, says that it is still offered.
    OfferFile {
        file: FileId,
        name: String,
        size: u64,
    },
    /// Takes an offered file: its chunks may come, beginning with the byte of that number. That is 0
    /// at first, and on a new connection what the receiver has already.
    AcceptFile { file: FileId, from: u64 },
    /// Said by the receiver: does not take the file, or no more of it.
    RefuseFile { file: FileId },
    /// Said by the sender: gives the file up, offered or under way.
    CancelFile { file: FileId },
    /// All chunks were sent; the SHA-256 of the whole file in lowercase hexadecimal.
    EndFile { file: FileId, sha256: String },
    /// The receiver has the whole file and its hash is right, or not.
    FileReceived { file: FileId, intact: bool },
}

/// How large a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureSize {
    /// Not on screen: nothing need be sent.
    Hidden,
    /// One tile among many.
    Small,
    /// One of a few tiles.
    Medium,
    /// The main picture.
    Large,
}

/// Said by the unreliable channel whenever it changes and every two seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerState {
    /// Counts up within one connection: a lower one than the last is old news.
    pub count: u32,
    /// How loud the microphone is, from 0 to 100; 0 while muted.
    pub level: u8,
    pub media: MediaState,
}
