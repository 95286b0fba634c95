//! The chat as this page has it: what was said, what is being written, what is on its way. Nothing of
//! it is stored anywhere.

use leptos::prelude::*;

use crate::{
    model::{PeerId, Timestamp},
    protocol::{self, RejectCode, ServerMessage},
};

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatMessage {
    /// Counts within one life of the room; a restarted server begins anew.
    pub id: u64,
    pub at: Timestamp,
    pub name: String,
    pub text: String,
    /// True when this page's person said it.
    pub own: bool,
}

/// The chat of one visit.
#[derive(Clone, Copy, Debug)]
pub struct ChatStore {
    pub messages: RwSignal<Vec<ChatMessage>>,
    /// How many of `messages` were in view.
    read: RwSignal<usize>,
    pub draft: RwSignal<String>,
    /// True when something that was sent came back into the draft.
    pub returned: RwSignal<bool>,
    /// Sent and not heard back yet, the oldest first.
    pending: StoredValue<Vec<String>>,
}

impl ChatStore {
    pub(super) fn new() -> Self {
        Self {
            messages: RwSignal::new(Vec::new()),
            read: RwSignal::new(0),
            draft: RwSignal::new(String::new()),
            returned: RwSignal::new(false),
            pending: StoredValue::new(Vec::new()),
        }
    }

    /// How many messages of others were not in view yet. Reactive.
    pub fn unread(self) -> usize {
        let read = self.read.get();
        self.messages
            .with(|messages| messages.iter().skip(read).filter(|said| !said.own).count())
    }

    /// Everything said so far was in view. Does nothing once the page is gone.
    pub fn mark_read(self) {
        let Some(said) = self.messages.try_with_untracked(Vec::len) else {
            return;
        };
        if self
            .read
            .try_get_untracked()
            .is_some_and(|read| read != said)
        {
            self.read.try_set(said);
        }
    }

    /// Notes that `text` is on its way.
    pub(super) fn sent(self, text: String) {
        self.pending.update_value(|pending| pending.push(text));
        self.draft.set(String::new());
        self.returned.set(false);
    }

    pub(super) fn add(self, message: &ServerMessage, me: Option<PeerId>) {
        let ServerMessage::ChatSent {
            message:
                protocol::ChatMessage {
                    id,
                    from,
                    name,
                    text,
                    at,
                },
        } = message
        else {
            return;
        };
        let own = me == Some(*from);
        if own {
            self.pending.update_value(|pending| {
                let same = pending.iter().position(|sent| sent.trim() == text.trim());
                if let Some(place) = same {
                    pending.drain(..=place);
                }
            });
        }
        let (name, text) = (name.clone(), text.clone());
        let said = ChatMessage {
            id: *id,
            at: *at,
            name,
            text,
            own,
        };
        self.messages.update(|messages| {
            if !messages.contains(&said) {
                messages.push(said);
            }
        });
    }

    /// What was on its way may be lost: it goes back into the draft, before what is written there.
    pub(super) fn take_back(self) {
        let pending = self
            .pending
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        self.return_to_draft(pending);
    }

    /// The server answers in order: a refusal is about the oldest on its way.
    pub(super) fn handle_rejected(self, code: RejectCode) {
        let about_chat = [RejectCode::Empty, RejectCode::TooLong, RejectCode::TooFast];
        if !about_chat.contains(&code) {
            return;
        }
        let oldest = self
            .pending
            .try_update_value(|pending| (!pending.is_empty()).then(|| pending.remove(0)))
            .flatten();
        self.return_to_draft(oldest.into_iter().collect());
    }

    fn return_to_draft(self, texts: Vec<String>) {
        if texts.is_empty() {
            return;
        }
        self.draft.update(|draft| {
            let written = std::mem::take(draft);
            let parts = texts
                .into_iter()
                .chain((!written.is_empty()).then_some(written));
            *draft = parts.collect::<Vec<_>>().join("\n");
        });
        self.returned.set(true);
    }
}
