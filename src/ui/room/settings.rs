//! What a person sets for themselves in the room: devices, the sound of arrivals, keys, language.

use leptos::prelude::*;

use super::{help::Keys, use_room};
use crate::{
    browser::chime,
    ui::{
        components::{DevicePickers, Dialog, LanguageSwitch},
        use_messages,
    },
};

/// The dialog behind the control `Settings`.
#[component]
pub fn SettingsDialog(open: RwSignal<bool>) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().charge;
    view! {
        <Dialog open title=messages.settings>
            <div class="room-settings">
                <DevicePickers />
                <Show when=move || store.role.get().is_interviewer()>
                    <ArrivalSound />
                </Show>
                <details class="unfold room-keys-unfold">
                    <summary>{messages.keys}</summary>
                    <Keys />
                </details>
                <div class="room-settings-language">
                    <LanguageSwitch />
                    <p class="muted small">{messages.language_note}</p>
                </div>
            </div>
        </Dialog>
    }
}

/// Whether an arrival is heard; plays the sound when it is switched on.
#[component]
fn ArrivalSound() -> impl IntoView {
    let messages = &use_messages().charge;
    let wanted = RwSignal::new(true);
    Effect::new(move |_| wanted.set(chime::is_wanted()));
    let toggle = move |_| {
        let now = !wanted.get_untracked();
        wanted.set(now);
        chime::want(now);
        chime::play();
    };
    view! {
        <button
            type="button"
            class="room-switch"
            role="switch"
            data-action="arrival-sound"
            aria-checked=move || wanted.get().to_string()
            on:click=toggle
        >
            <span class="room-switch-words">{messages.arrival_sound}</span>
            <span class="room-switch-track" aria-hidden="true"></span>
        </button>
    }
}
