//! The button into the room, and in words what the person takes along.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    browser::{media::use_local_media, storage},
    model::InterviewNumber,
    ui::use_messages,
};

/// Marks the lobby as passed and goes to the room. Open at any time, with devices or without.
#[component]
pub fn WayIn(
    number: InterviewNumber,
    alive: RwSignal<bool>,
    /// Set when the person goes to the room, and not before.
    joined: StoredValue<bool>,
) -> impl IntoView {
    let texts = &use_messages().lobby;
    let media = use_local_media();
    let navigate = use_navigate();
    let join = move |_| {
        joined.set_value(true);
        storage::pass_lobby(number);
        navigate(&format!("/room/{number}"), NavigateOptions::default());
    };
    let summary = move || match (media.camera_on(), media.microphone_on()) {
        (true, true) => texts.with_both,
        (false, true) => texts.without_camera,
        (true, false) => texts.without_microphone,
        (false, false) => texts.without_both,
    };

    view! {
        <div class="lobby-way-in">
            <p class="lobby-summary" id="lobby-summary">
                {summary}
            </p>
            <button
                type="button"
                class="button primary wide"
                aria-describedby="lobby-summary"
                disabled=move || !alive.get()
                on:click=join
            >
                {texts.join}
            </button>
            <p class="muted small">{texts.nothing_sent}</p>
        </div>
    }
    .into_any()
}
