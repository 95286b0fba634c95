//! How long until an interview starts, kept true while the page stays open.

use std::time::Duration;

use leptos::prelude::*;

use super::LocalTime;
use crate::{
    api::{Moment, interviews::InterviewSummary},
    browser::page,
    ui::{use_messages, use_viewer},
};

const TOLD_IN_MINUTES: u64 = 60;
const EVERY: Duration = Duration::from_secs(10);

/// `Starts in 8 minutes`, `Today 14:00` when that is further off, or `Running now`.
#[component]
pub fn Until(interview: InterviewSummary) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let asked_at = use_viewer().now.at;
    let now = RwSignal::new(asked_at);
    Effect::new(move |_| {
        // The server's clock went on as long as this page has been open; its own clock is not asked.
        let tick = move || {
            now.try_set(asked_at + Duration::from_millis(page::since_load().unsigned_abs()));
        };
        tick();
        if let Ok(handle) = set_interval_with_handle(tick, EVERY) {
            on_cleanup(move || handle.clear());
        }
    });
    let Moment { at: starts_at, .. } = interview.starts_at;
    let minutes = Memo::new(move |_| {
        let now = now.get();
        (now < starts_at).then(|| starts_at.since(now).as_secs().div_ceil(60))
    });
    view! {
        {move || match minutes.get() {
            None => sentences.running_now.into_any(),
            Some(minutes) if minutes <= TOLD_IN_MINUTES => (sentences.starts_in)(minutes).into_any(),
            Some(_) => view! { <LocalTime moment=interview.starts_at /> }.into_any(),
        }}
    }
}
