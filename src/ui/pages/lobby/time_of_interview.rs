//! When the interview is, on the clock of the person who reads it.

use leptos::prelude::*;

use crate::{
    api::Moment,
    browser::clock,
    messages,
    model::LocalDateTime,
    ui::{use_messages, use_viewer},
};

#[derive(Clone)]
struct Shown {
    now: LocalDateTime,
    starts_at: LocalDateTime,
    ends_at: LocalDateTime,
    zone: String,
}

/// Start and end in the account's time zone; a guest's is the browser's, as soon as it is known.
#[component]
pub fn TimeOfInterview(starts_at: Moment, ends_at: Moment) -> impl IntoView {
    let texts = use_messages();
    let viewer = use_viewer();
    let shown = RwSignal::new(Shown {
        now: viewer.now.local,
        starts_at: starts_at.local,
        ends_at: ends_at.local,
        zone: viewer.time_zone,
    });
    let guest = viewer.account.is_none();
    Effect::new(move |_| {
        if let Some(zone) = clock::zone().filter(|_| guest) {
            shown.set(Shown {
                now: clock::local_date_time(viewer.now.at),
                starts_at: clock::local_date_time(starts_at.at),
                ends_at: clock::local_date_time(ends_at.at),
                zone,
            });
        }
    });

    let sentence = move || {
        let Shown {
            now,
            starts_at,
            ends_at,
            zone,
        } = shown.get();
        let start = (texts.time.moment)(starts_at, Some(now));
        let end = if ends_at.same_day(starts_at) {
            messages::clock(ends_at)
        } else {
            (texts.time.moment)(ends_at, Some(now))
        };
        (texts.lobby.time)(&start, &end, &city(&zone))
    };
    view! { <p class="muted">{sentence}</p> }.into_any()
}

/// The last part of an IANA name, as people say it: `America/New_York` is `New York`.
fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}
