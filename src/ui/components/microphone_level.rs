//! The bar that moves when the person speaks. Measures only while it is on the page.

use leptos::{html, prelude::*, reactive::send_wrapper_ext::SendOption};

use crate::{
    browser::media::{LevelMeter, use_local_media},
    ui::use_messages,
};

/// How loud the own microphone is.
#[component]
pub fn MicrophoneLevel() -> impl IntoView {
    let messages = use_messages();
    let media = use_local_media();
    let level = RwSignal::new(0.0_f32);
    let asleep = RwSignal::new(false);
    let meter = StoredValue::new(SendOption::<LevelMeter>::new_local(None));
    Effect::new(move |_| {
        let track = media
            .microphone_on()
            .then(|| media.microphone_track())
            .flatten();
        level.set(0.0);
        asleep.set(false);
        let started = track.and_then(|track| LevelMeter::start(&track, level, asleep));
        meter.set_value(SendOption::new_local(started));
    });

    let bar = NodeRef::<html::Span>::new();
    Effect::new(move |_| {
        let scale = format!("scaleX({:.2})", level.get());
        if let Some(bar) = bar.get() {
            // Through the object model: the content security policy forbids style attributes.
            let _ = (*bar).style().set_property("transform", &scale);
        }
    });
    let percent = move || format!("{:.0}", level.get() * 100.0);

    view! {
        <p class="level-hint" hidden=move || !asleep.get()>
            {messages.lobby.wake_level}
        </p>
        <div
            class="level"
            role="meter"
            aria-label=messages.lobby.level
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=percent
        >
            <span node_ref=bar></span>
        </div>
    }
    .into_any()
}
