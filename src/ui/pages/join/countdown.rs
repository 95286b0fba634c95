//! Waiting for the doors. Counts from the moment the server named, by a clock that nobody can set.

use std::time::Duration;

use leptos::{ev, prelude::*};

use crate::{browser::page, model::Timestamp, ui::use_messages};

/// How long until `opens_at`, from the server's `now`; then asks again.
#[component]
pub fn Countdown(opens_at: Timestamp, now: Timestamp, asked: RwSignal<u32>) -> impl IntoView {
    let messages = use_messages();
    let left = RwSignal::new(opens_at.since(now));
    Effect::new(move |_| {
        let began = page::since_load();
        let ask = move || {
            asked.try_update(|times| *times += 1);
        };
        let tick = move || {
            let passed = Duration::from_millis((page::since_load() - began).unsigned_abs());
            let rest = opens_at.since(now + passed);
            if rest.is_zero() && left.try_get_untracked().is_some_and(|left| !left.is_zero()) {
                ask();
            }
            left.try_set(rest);
        };
        if let Ok(handle) = set_interval_with_handle(tick, Duration::from_millis(250)) {
            on_cleanup(move || handle.clear());
        }
        // A computer that slept has counted too little meanwhile.
        let woken = window_event_listener(ev::visibilitychange, move |_| {
            if !document().hidden() {
                ask();
            }
        });
        on_cleanup(move || woken.remove());
    });
    let shown = Memo::new(move |_| left.get().as_secs());
    view! {
        <p class="countdown" role="timer">
            <span class="muted">{messages.join.opens_in}</span>
            <strong>{move || (messages.time.countdown)(shown.get())}</strong>
        </p>
    }
}
