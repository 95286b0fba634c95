//! The lobby's two switches, with words.

use leptos::prelude::*;

use crate::{
    browser::media::use_local_media,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Microphone and camera, on or off.
#[component]
pub fn MediaSwitches(alive: RwSignal<bool>) -> impl IntoView {
    let texts = &use_messages().lobby;
    let media = use_local_media();
    view! {
        <div class="lobby-switches" role="group" aria-label=texts.switches>
            <MediaSwitch
                label=texts.microphone
                icons=(IconName::Microphone, IconName::MicrophoneOff)
                alive
                on=Signal::derive(move || media.microphone_on())
                asked=Signal::derive(move || media.microphone_asked())
                toggle=move || media.toggle_microphone()
            />
            <MediaSwitch
                label=texts.camera
                icons=(IconName::Camera, IconName::CameraOff)
                alive
                on=Signal::derive(move || media.camera_on())
                asked=Signal::derive(move || media.camera_asked())
                toggle=move || media.toggle_camera()
            />
        </div>
    }
    .into_any()
}

#[component]
fn MediaSwitch(
    label: &'static str,
    /// For on and for off.
    icons: (IconName, IconName),
    alive: RwSignal<bool>,
    on: Signal<bool>,
    asked: Signal<bool>,
    toggle: impl Fn() + 'static,
) -> impl IntoView {
    let texts = &use_messages().lobby;
    let state = move || match (asked.get(), on.get()) {
        (true, _) => texts.opens,
        (false, true) => texts.on,
        (false, false) => texts.off,
    };
    // aria-pressed tells the state, so the name stays the same and the word is for the eyes.
    view! {
        <button
            type="button"
            class="button lobby-switch"
            aria-label=label
            aria-pressed=move || if on.get() { "true" } else { "false" }
            aria-busy=move || if asked.get() { "true" } else { "false" }
            disabled=move || !alive.get()
            on:click=move |_| toggle()
        >
            {move || {
                let name = if on.get() { icons.0 } else { icons.1 };
                view! { <Icon name /> }
            }}
            <span>{label}</span>
            <span class="lobby-switch-state">{state}</span>
        </button>
    }
    .into_any()
}
