//! The chat as this page shows it: signals around a conversation, and the draft. What outlives a reload
//! is kept by whoever asks for it.

use leptos::prelude::*;

use crate::{
    conversation::{Conversation, Kept, with_returned},
    model::PeerId,
    protocol::{self, ClientMessage},
};

pub use crate::conversation::Said as ChatMessage;

/// The chat of one visit.
#[derive(Clone, Copy, Debug)]
pub struct ChatStore {
    /// Everything said, in order.
    pub messages: Memo<Vec<ChatMessage>>,
    conversation: RwSignal<Conversation>,
    pub draft: RwSignal<String>,
    /// True when something that was sent came back into the draft.
    pub returned: RwSignal<bool>,
}

impl ChatStore {
    pub(super) fn new() -> Self {
        let conversation = RwSignal::new(Conversation::default());
        Self {
            messages: Memo::new(move |_| conversation.with(|chat| chat.said().to_vec())),
            conversation,
            draft: RwSignal::new(String::new()),
            returned: RwSignal::new(false),
        }
    }

    /// How many messages of others were not in view yet. Reactive.
    pub fn unread(self) -> usize {
        self.conversation.with(Conversation::unread)
    }

    /// Everything said so far was in view. Does nothing once the page is gone.
    pub fn mark_read(self) {
        // Read a second time, it must not wake whoever marks it.
        self.conversation
            .try_maybe_update(|chat| (chat.mark_read(), ()));
    }

    /// What should outlive a reload. Reactive.
    pub fn kept(self) -> Kept {
        self.conversation.with(|chat| chat.kept().clone())
    }

    /// Goes on where the page before the reload was.
    pub fn restore(self, kept: Kept, draft: String) {
        self.conversation.update(|chat| chat.restore(kept));
        if !draft.is_empty() {
            self.return_to_draft(vec![draft]);
            self.returned.set(false);
        }
    }

    /// Notes that `text` is on its way.
    pub(super) fn sent(self, text: String) {
        self.conversation.update(|chat| chat.send(text));
        self.draft.set(String::new());
        self.returned.set(false);
    }

    pub(super) fn add(self, message: &protocol::ChatMessage, me: Option<PeerId>) {
        let said = ChatMessage::new(message, me);
        self.conversation.update(|chat| chat.add(said));
    }

    /// Takes what the server remembers. What was on its way and did not arrive goes back into the
    /// draft.
    pub(super) fn merge(self, backlog: &[protocol::ChatMessage], me: PeerId) {
        let said = backlog
            .iter()
            .map(|message| ChatMessage::new(message, Some(me)));
        let lost = self.conversation.try_update(|chat| chat.merge(said));
        self.return_to_draft(lost.unwrap_or_default());
    }

    /// Something of the kind `about` was refused.
    pub(super) fn handle_rejected(self, about: &str) {
        if about == ClientMessage::SEND_CHAT {
            let oldest = self.conversation.try_update(Conversation::refuse);
            self.return_to_draft(oldest.flatten().into_iter().collect());
        }
    }

    fn return_to_draft(self, texts: Vec<String>) {
        if !texts.is_empty() {
            self.draft
                .update(|draft| *draft = with_returned(draft, texts));
            self.returned.set(true);
        }
    }
}
