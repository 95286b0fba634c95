//! Which key does what, for people.

use leptos::prelude::*;

use crate::{
    messages::{ChargeMessages, WorkMessages},
    shortcut::Shortcut,
    ui::{components::Dialog, use_messages},
};

/// The dialog behind the key `?`.
#[component]
pub fn HelpDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title=use_messages().charge.keys>
            <Keys />
        </Dialog>
    }
}

/// Every key with what it does.
#[component]
pub fn Keys() -> impl IntoView {
    let messages = &use_messages().charge;
    let work = &use_messages().work;
    let row = |key: &'static str, words: &'static str| {
        view! {
            <div class="room-key">
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{words}</dd>
            </div>
        }
    };
    let shortcuts = Shortcut::ALL.map(|shortcut| {
        let words = words_of(shortcut, messages, work);
        row(shortcut.key(), words)
    });
    view! {
        <dl class="room-keys">
            {shortcuts.collect_view()} {row(messages.key_space, messages.hold_to_talk)}
        </dl>
        <p class="muted small">{messages.keys_note}</p>
    }
}

const fn words_of(
    shortcut: Shortcut,
    messages: &ChargeMessages,
    work: &WorkMessages,
) -> &'static str {
    match shortcut {
        Shortcut::Microphone => messages.key_microphone,
        Shortcut::Camera => messages.key_camera,
        Shortcut::Share => messages.key_share,
        Shortcut::Chat => messages.key_chat,
        Shortcut::People => messages.key_people,
        Shortcut::Questions => work.questions,
        Shortcut::Editor => work.key_editor,
        Shortcut::Hand => messages.key_hand,
        Shortcut::Help => messages.key_help,
    }
}
