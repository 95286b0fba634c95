//! Moments on the reader's wall clock. Renders what the server worked out, and corrects it in the
//! browser of somebody whose zone the server could not know.

use leptos::prelude::*;

use crate::{
    api::Moment,
    browser::clock,
    ui::{use_messages, use_viewer},
};

/// The browser's zone, once it is known and only where it overrules the server's.
fn use_other_zone() -> RwSignal<Option<String>> {
    let viewer = use_viewer();
    let other = RwSignal::new(None);
    if viewer.account.is_none() {
        Effect::new(move |_| {
            if let Some(zone) = clock::zone().filter(|zone| *zone != viewer.time_zone) {
                other.set(Some(zone));
            }
        });
    }
    other
}

/// A day and a time of day: `Today 14:00`.
#[component]
pub fn LocalTime(
    moment: Moment,
    /// Another moment of the same day, of which only the time of day is told: `Today 14:00–14:45`.
    #[prop(optional)]
    until: Option<Moment>,
) -> impl IntoView {
    let sentences = &use_messages().time;
    let today = use_viewer().now;
    let other = use_other_zone();
    let text = move || {
        let corrected = other.read().is_some();
        let local = |moment: Moment| {
            if corrected {
                clock::local_date_time(moment.at)
            } else {
                moment.local
            }
        };
        let start = (sentences.moment)(local(moment), Some(local(today)));
        match until.map(local) {
            Some(end) => start + "–" + &crate::messages::clock(end),
            None => start,
        }
    };
    view! { <span class="time">{text}</span> }
}

/// Whose clock times are on: `your time (Asia/Shanghai)`.
#[component]
pub fn ZoneName() -> impl IntoView {
    let sentence = use_messages().common.zone;
    let zone = use_viewer().time_zone;
    let other = use_other_zone();
    view! { <span>{move || sentence(other.read().as_deref().unwrap_or(&zone))}</span> }
}
