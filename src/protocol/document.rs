//! The binary frames: synchronisation of answers' documents. One byte for the kind, then numbers, then
//! bytes to the end. Knows nothing of what documents are made of.

pub mod numbers;
#[cfg(test)]
mod tests;

use crate::model::{InterviewQuestionId, PeerId, Timestamp};

use super::AnswerKey;
use numbers::{read_bytes, read_id, read_number, write_id, write_number};

/// The largest update of a document, in bytes.
pub const LARGEST_UPDATE: usize = 128 * 1024;
/// Of how many structs and ranges of deletions an update may consist: what each costs grows with the document.
pub const MOST_PARTS: usize = 512;
/// The largest document, with everything that was ever deleted in it, in bytes.
pub const LARGEST_DOCUMENT: usize = 1024 * 1024;
/// The largest state that pages tell each other of cursors, in bytes.
pub const LARGEST_PRESENCE: usize = 1024;
/// The largest binary frame of a client, in bytes.
pub const LARGEST_BINARY: usize = LARGEST_UPDATE + 32;

const SYNC: u8 = 1;
const DIFF: u8 = 2;
const UPDATE: u8 = 3;
const SAVED: u8 = 4;
const PRESENCE: u8 = 5;

/// What a page says of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientFrame {
    /// What the page has; answered with [`ServerFrame::Diff`].
    Sync {
        answer: AnswerKey,
        state_vector: Vec<u8>,
    },
    /// What was written. An update without content asks whether everything before it is durable.
    Update {
        answer: AnswerKey,
        /// Counts the updates of this page to this answer, from 1.
        number: u64,
        update: Vec<u8>,
    },
    /// Where the sender's cursor is and the like; empty for nothing.
    Presence { answer: AnswerKey, state: Vec<u8> },
}

/// What the server says of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerFrame {
    /// What the server has, and what the receiver lacks.
    Diff {
        answer: AnswerKey,
        state_vector: Vec<u8>,
        update: Vec<u8>,
    },
    /// What somebody else wrote.
    Update { answer: AnswerKey, update: Vec<u8> },
    /// Every update of the receiver up to that number is durable.
    Saved {
        answer: AnswerKey,
        number: u64,
        at: Timestamp,
    },
    /// Where somebody's cursor is and the like; empty for nothing.
    Presence {
        answer: AnswerKey,
        from: PeerId,
        state: Vec<u8>,
    },
}

/// Why bytes are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    Malformed,
    TooLarge,
}

impl ClientFrame {
    /// Which answer it is about.
    pub const fn answer(&self) -> AnswerKey {
        match self {
            Self::Sync { answer, .. }
            | Self::Update { answer, .. }
            | Self::Presence { answer, .. } => *answer,
        }
    }

    /// What kind of frame it is, as refusals name it.
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::Sync { .. } => "sync",
            Self::Update { .. } => "update",
            Self::Presence { .. } => "presence",
        }
    }

    /// The bytes on the wire.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Sync {
                answer,
                state_vector,
            } => frame(SYNC, *answer, &[], state_vector),
            Self::Update {
                answer,
                number,
                update,
            } => frame(UPDATE, *answer, &[*number], update),
            Self::Presence { answer, state } => frame(PRESENCE, *answer, &[], state),
        }
    }

    /// Reads what a client sent.
    ///
    /// # Errors
    /// When it is no such frame, or one larger than allowed.
    pub fn decode(mut bytes: &[u8]) -> Result<Self, FrameError> {
        let (kind, answer) = read_head(&mut bytes)?;
        match kind {
            SYNC => Ok(Self::Sync {
                answer,
                state_vector: bounded(bytes, LARGEST_UPDATE)?,
            }),
            UPDATE => Ok(Self::Update {
                answer,
                number: read_number(&mut bytes).ok_or(FrameError::Malformed)?,
                update: bounded(bytes, LARGEST_UPDATE)?,
            }),
            PRESENCE => Ok(Self::Presence {
                answer,
                state: bounded(bytes, LARGEST_PRESENCE)?,
            }),
            _ => Err(FrameError::Malformed),
        }
    }
}

impl ServerFrame {
    /// Which answer it is about.
    pub const fn answer(&self) -> AnswerKey {
        match self {
            Self::Diff { answer, .. }
            | Self::Update { answer, .. }
            | Self::Saved { answer, .. }
            | Self::Presence { answer, .. } => *answer,
        }
    }

    /// The bytes on the wire.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Diff {
                answer,
                state_vector,
                update,
            } => {
                let mut bytes = frame(DIFF, *answer, &[state_vector.len() as u64], state_vector);
                bytes.extend_from_slice(update);
                bytes
            }
            Self::Update { answer, update } => frame(UPDATE, *answer, &[], update),
            Self::Saved { answer, number, at } => {
                frame(SAVED, *answer, &[*number, at.0.cast_unsigned()], &[])
            }
            Self::Presence {
                answer,
                from,
                state,
            } => frame(PRESENCE, *answer, &[from.0.cast_unsigned()], state),
        }
    }

    /// Reads what the server sent.
    ///
    /// # Errors
    /// When it is no such frame.
    pub fn decode(mut bytes: &[u8]) -> Result<Self, FrameError> {
        let (kind, answer) = read_head(&mut bytes)?;
        let rest = &mut bytes;
        let mut read = || match kind {
            DIFF => {
                let state_vector = read_bytes(rest)?.to_vec();
                Some(Self::Diff {
                    answer,
                    state_vector,
                    update: rest.to_vec(),
                })
            }
            UPDATE => Some(Self::Update {
                answer,
                update: rest.to_vec(),
            }),
            SAVED => {
                let (number, at) = (read_number(rest)?, Timestamp(read_id(rest)?));
                rest.is_empty()
                    .then_some(Self::Saved { answer, number, at })
            }
            PRESENCE => {
                let from = PeerId(read_id(rest)?);
                Some(Self::Presence {
                    answer,
                    from,
                    state: rest.to_vec(),
                })
            }
            _ => None,
        };
        read().ok_or(FrameError::Malformed)
    }
}

fn frame(kind: u8, answer: AnswerKey, numbers: &[u64], rest: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rest.len() + 32);
    bytes.push(kind);
    write_id(answer.question.0, &mut bytes);
    write_id(answer.peer.0, &mut bytes);
    for number in numbers {
        write_number(*number, &mut bytes);
    }
    bytes.extend_from_slice(rest);
    bytes
}

fn read_head(bytes: &mut &[u8]) -> Result<(u8, AnswerKey), FrameError> {
    let mut read = || {
        let (kind, rest) = bytes.split_first()?;
        *bytes = rest;
        let question = InterviewQuestionId(read_id(bytes)?);
        let peer = PeerId(read_id(bytes)?);
        Some((*kind, AnswerKey { question, peer }))
    };
    read().ok_or(FrameError::Malformed)
}

fn bounded(bytes: &[u8], largest: usize) -> Result<Vec<u8>, FrameError> {
    (bytes.len() <= largest)
        .then(|| bytes.to_vec())
        .ok_or(FrameError::TooLarge)
}
