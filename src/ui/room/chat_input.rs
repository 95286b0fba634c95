//! The field of the chat. What is written stays in it until it can be sent.

use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    prelude::*,
};

use super::use_room;
use crate::{
    browser::room::Phase,
    protocol::LONGEST_CHAT,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Enter sends, Shift and Enter begin a new line.
#[component]
pub fn ChatInput() -> impl IntoView {
    let room = use_room();
    let chat = room.store.chat;
    let messages = &use_messages().room;
    let send = move || room.send_chat(&chat.draft.get_untracked());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let press = move |event: KeyboardEvent| {
        // While an input method is composing, Enter chooses a word.
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            send();
        }
    };
    let offline = move || room.store.phase.with(|phase| *phase != Phase::Live);
    let word = move || {
        let written = chat.draft.with(|draft| !draft.is_empty());
        match (offline() && written, chat.returned.get() && written) {
            (true, _) => Some(messages.chat_waits),
            (false, true) => Some(messages.chat_returned),
            _ => None,
        }
    };
    view! {
        <form class="room-write" on:submit=submit>
            <p class="room-write-word small" role="status">
                {word}
            </p>
            <div class="room-write-row">
                <textarea
                    rows="1"
                    maxlength=LONGEST_CHAT.to_string()
                    placeholder=messages.write_to_everyone
                    aria-label=messages.write_to_everyone
                    prop:value=move || chat.draft.get()
                    on:input:target=move |event| chat.draft.set(event.target().value())
                    on:keydown=press
                ></textarea>
                <button
                    type="submit"
                    class="button quiet icon-only"
                    aria-label=messages.send
                    title=messages.send
                >
                    <Icon name=IconName::Send />
                </button>
            </div>
        </form>
    }
}
