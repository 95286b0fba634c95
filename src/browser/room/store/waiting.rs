//! What somebody sees who is not seated yet: that they wait, and what is said to them.

use leptos::prelude::*;

use super::{Phase, RoomStore};
use crate::{model::Timestamp, protocol::ServerMessage};

/// How many words are kept, so that nobody can fill this page's memory.
const MOST_WORDS: usize = 50;

/// Something said to one person who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub from: String,
    pub text: String,
    pub at: Timestamp,
}

impl RoomStore {
    pub(super) fn apply_to_waiting(self, message: &ServerMessage) {
        match message {
            ServerMessage::Waiting {
                title,
                attended,
                now,
                ends_at,
                ..
            } => {
                self.title.set(title.clone());
                self.set_clock(*now, *ends_at);
                self.trouble.set(None);
                self.waits.set(true);
                self.phase.set(Phase::Waiting {
                    attended: *attended,
                });
            }
            ServerMessage::SentToWaiting { from, text, at } => {
                let word = Word {
                    from: from.clone(),
                    text: text.clone(),
                    at: *at,
                };
                self.words.update(|words| {
                    if !words.contains(&word) {
                        words.push(word);
                    }
                    let surplus = words.len().saturating_sub(MOST_WORDS);
                    words.drain(..surplus);
                });
            }
            _ => {}
        }
    }

    pub(super) fn begin_waiting(self) {
        self.waits.set(false);
        self.words.update(Vec::clear);
    }
}
