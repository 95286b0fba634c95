//! How one speaks to each kind of server about one document. The same things are said to all of them: who one is, what
//! one has, and one update after another.

use anyhow::Result;
use colloquy::protocol::{
    AnswerKey, ClientMessage,
    document::{ClientFrame, ServerFrame},
};

use crate::reader::{Reader, write_bytes, write_number};

/// What Yjs says of a document with nothing in it: a state vector, and an update.
const NOTHING_KNOWN: [u8; 1] = [0];
const NOTHING_NEW: [u8; 2] = [0, 0];

// y-protocols.
const SYNC: u8 = 0;
const STATE_VECTOR: u8 = 0;
const LACKING: u8 = 1;
const UPDATE: u8 = 2;
// Hocuspocus.
const AUTH: u8 = 2;
const SYNC_REPLY: u8 = 4;
const CLOSE: u8 = 7;
const SYNC_STATUS: u8 = 8;
const TOKEN: u8 = 0;
const PERMISSION_DENIED: u8 = 1;
const AUTHENTICATED: u8 = 2;

/// A server's language, and which document it is about.
#[derive(Clone, Debug)]
pub enum Dialect {
    /// `docs/protocol.md`.
    Colloquy { room: String, answer: AnswerKey },
    /// The messages of y-protocols.
    Yjs { document: String, shape: Yjs },
}

/// How messages of y-protocols are wrapped up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yjs {
    /// The socket's path names the document.
    Plain,
    /// Each message does, and who one is comes first.
    Addressed,
}

/// Something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    Text(String),
    Bytes(Vec<u8>),
}

/// What a frame says, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// One is known now.
    Welcome,
    /// The document as the server has it.
    Document,
    /// An update of Yjs.
    Update(Vec<u8>),
    /// So many of one's keystrokes are durable.
    SavedUpTo(u64),
    /// One more of one's updates is.
    SavedNext,
    Refused,
    Other,
}

impl Dialect {
    /// Where the socket is.
    pub fn path(&self) -> String {
        match self {
            Self::Colloquy { room, .. } => format!("/ws/{room}"),
            Self::Yjs { document, shape } => match shape {
                Yjs::Plain => format!("/{document}"),
                Yjs::Addressed => "/".to_owned(),
            },
        }
    }

    /// What is said first.
    pub fn greeting(&self, page: u128) -> Result<Vec<Word>> {
        Ok(match self {
            Self::Colloquy { .. } => vec![Word::Text(bench_support::join(page)?)],
            Self::Yjs {
                shape: Yjs::Plain, ..
            } => self.open()?,
            Self::Yjs { .. } => {
                let mut token = vec![AUTH, TOKEN];
                write_bytes(b"token", &mut token);
                vec![self.addressed(&token)]
            }
        })
    }

    /// What is said to get the document, once one is known.
    pub fn open(&self) -> Result<Vec<Word>> {
        Ok(match self {
            Self::Colloquy { answer, .. } => {
                let look = ClientMessage::Look { at: Some(*answer) };
                let sync = ClientFrame::Sync {
                    answer: *answer,
                    state_vector: NOTHING_KNOWN.to_vec(),
                };
                vec![
                    Word::Text(serde_json::to_string(&look)?),
                    Word::Bytes(sync.encode()),
                ]
            }
            Self::Yjs { .. } => vec![self.sync(STATE_VECTOR, &NOTHING_KNOWN)],
        })
    }

    /// What is said to a document that has come.
    pub fn confirm(&self) -> Option<Word> {
        match self {
            Self::Colloquy { answer, .. } => {
                let update = ClientFrame::Update {
                    answer: *answer,
                    number: 1,
                    update: NOTHING_NEW.to_vec(),
                };
                Some(Word::Bytes(update.encode()))
            }
            Self::Yjs { .. } => None,
        }
    }

    /// Hands in one's keystroke of that count, from 0.
    pub fn hand_in(&self, stroke: u64, update: Vec<u8>) -> Word {
        match self {
            Self::Colloquy { answer, .. } => {
                let frame = ClientFrame::Update {
                    answer: *answer,
                    // The first number went to the answer to the Diff.
                    number: stroke + 2,
                    update,
                };
                Word::Bytes(frame.encode())
            }
            Self::Yjs { .. } => self.sync(UPDATE, &update),
        }
    }

    /// Reads as little of a text as will do. Only Colloquy says something in texts.
    pub fn hear_text(&self, text: &[u8]) -> Heard {
        if matches!(self, Self::Yjs { .. }) {
            return Heard::Other;
        }
        let is = |name: &str| {
            let rest = text.strip_prefix(b"{\"type\":\"");
            rest.is_some_and(|rest| rest.starts_with(name.as_bytes()))
        };
        if is("welcome\"") {
            Heard::Welcome
        } else if is("rejected\"") || is("waiting\"") || is("ended\"") {
            Heard::Refused
        } else {
            Heard::Other
        }
    }

    /// Reads a binary frame; whatever it cannot read matters to nobody here.
    pub fn hear_bytes(&self, bytes: &[u8]) -> Heard {
        match self {
            Self::Colloquy { .. } => match ServerFrame::decode(bytes) {
                Ok(ServerFrame::Diff { .. }) => Heard::Document,
                Ok(ServerFrame::Update { update, .. }) => Heard::Update(update),
                Ok(ServerFrame::Saved { number, .. }) => Heard::SavedUpTo(number.saturating_sub(1)),
                Ok(ServerFrame::Presence { .. }) | Err(_) => Heard::Other,
            },
            Self::Yjs { shape, .. } => {
                let mut reader = Reader(bytes);
                if *shape == Yjs::Addressed && reader.bytes().is_none() {
                    return Heard::Other;
                }
                hear_yjs(reader).unwrap_or(Heard::Other)
            }
        }
    }

    fn sync(&self, step: u8, body: &[u8]) -> Word {
        let mut message = vec![SYNC, step];
        write_bytes(body, &mut message);
        self.addressed(&message)
    }

    fn addressed(&self, message: &[u8]) -> Word {
        let mut bytes = Vec::with_capacity(message.len() + 16);
        if let Self::Yjs {
            document,
            shape: Yjs::Addressed,
        } = self
        {
            write_bytes(document.as_bytes(), &mut bytes);
        }
        bytes.extend_from_slice(message);
        Word::Bytes(bytes)
    }
}

fn hear_yjs(mut reader: Reader<'_>) -> Option<Heard> {
    Some(match (reader.byte()?, reader.byte()?) {
        (SYNC | SYNC_REPLY, LACKING) => Heard::Document,
        (SYNC | SYNC_REPLY, UPDATE) => Heard::Update(reader.bytes()?.to_vec()),
        (AUTH, AUTHENTICATED) => Heard::Welcome,
        (AUTH, PERMISSION_DENIED) | (CLOSE, _) | (SYNC_STATUS, 0) => Heard::Refused,
        (SYNC_STATUS, _) => Heard::SavedNext,
        _ => Heard::Other,
    })
}

/// What a server that speaks plain y-protocols is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<'a> {
    /// Somebody wants the document.
    Asked,
    Update(&'a [u8]),
    Other,
}

/// Reads what was said in [`Yjs::Plain`].
pub fn told(message: &[u8]) -> Told<'_> {
    let mut reader = Reader(message);
    match (reader.byte(), reader.byte()) {
        (Some(SYNC), Some(STATE_VECTOR)) => Told::Asked,
        (Some(SYNC), Some(UPDATE)) => reader.bytes().map_or(Told::Other, Told::Update),
        _ => Told::Other,
    }
}

/// The answer to [`Told::Asked`] of a server that has nothing.
pub fn nothing() -> Vec<u8> {
    let mut message = vec![SYNC, LACKING];
    write_bytes(&NOTHING_NEW, &mut message);
    message
}

/// The receipt for one update, as Hocuspocus writes it.
pub fn receipt() -> Vec<u8> {
    let mut message = vec![SYNC_STATUS];
    write_number(1, &mut message);
    message
}

#[cfg(test)]
mod tests;
