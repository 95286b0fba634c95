//! What the browser does to the microphone's sound, one switch for each; remembered in this browser.

use leptos::prelude::*;

use crate::{
    browser::media::{SoundFilter, use_local_media},
    ui::use_messages,
};

/// Noise suppression and echo cancellation.
#[component]
pub fn SoundFilters() -> impl IntoView {
    let texts = &use_messages().media;
    view! {
        <fieldset class="sound-filters">
            <legend class="device-label">{texts.sound_filters}</legend>
            <Filter
                filter=SoundFilter::NoiseSuppression
                name="noise-suppression"
                words=texts.noise_suppression
                hint=texts.noise_suppression_hint
            />
            <Filter
                filter=SoundFilter::EchoCancellation
                name="echo-cancellation"
                words=texts.echo_cancellation
                hint=texts.echo_cancellation_hint
            />
        </fieldset>
    }
    .into_any()
}

#[component]
fn Filter(
    filter: SoundFilter,
    name: &'static str,
    words: &'static str,
    hint: &'static str,
) -> impl IntoView {
    let media = use_local_media();
    view! {
        <label class="sound-filter">
            <input
                type="checkbox"
                data-filter=name
                prop:checked=move || media.sound_filter(filter)
                on:change:target=move |event| {
                    media.set_sound_filter(filter, event.target().checked());
                }
            />
            <span>
                {words}
                <span class="muted small sound-filter-hint">{hint}</span>
            </span>
        </label>
    }
    .into_any()
}
