//! Whether the room is locked: told to everyone, switched by whoever is in charge.

use leptos::prelude::*;

use super::use_room;
use crate::ui::{
    components::{Icon, IconName},
    use_messages,
};

/// `Locked`; nothing while the room is open.
#[component]
pub fn LockSign() -> impl IntoView {
    let locked = use_room().store.locked;
    let messages = &use_messages().charge;
    view! {
        <span role="status">
            {move || {
                locked
                    .get()
                    .then(|| {
                        view! {
                            <span
                                class="pill warning room-locked"
                                data-locked=""
                                title=messages.locked_hint
                            >
                                <Icon name=IconName::Lock />
                                {messages.locked}
                            </span>
                        }
                    })
            }}
        </span>
    }
}

/// Locks and unlocks.
#[component]
pub fn LockSwitch() -> impl IntoView {
    let room = use_room();
    let locked = room.store.locked;
    let messages = &use_messages().charge;
    view! {
        <Show when=move || room.store.runs.get()>
            <button
                type="button"
                class="room-switch"
                role="switch"
                data-action="lock"
                aria-checked=move || locked.get().to_string()
                on:click=move |_| room.set_lock(!locked.get_untracked())
            >
                <span class="room-switch-words">
                    <span>{messages.lock}</span>
                    <span class="muted small">{messages.lock_hint}</span>
                </span>
                <span class="room-switch-track" aria-hidden="true"></span>
            </button>
        </Show>
    }
}
