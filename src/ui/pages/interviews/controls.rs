//! Choosing which interviews are listed.

use leptos::prelude::*;

use super::listing::Listing;
use crate::{
    api::interviews::{Period, Side},
    ui::{components::Choices, use_messages},
};

/// Created or attended.
#[component]
pub fn Sides(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let choices = vec![
        (Side::Created, sentences.created),
        (Side::Attended, sentences.attended),
    ];
    let chosen = listing.side;
    let address = move |side| {
        Listing {
            side,
            ..listing.clone()
        }
        .address()
    };
    view! { <Choices class="segments" label=sentences.list.whose choices chosen address /> }
}

/// Upcoming, running or past.
#[component]
pub fn Periods(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let choices = vec![
        (Period::Upcoming, sentences.upcoming),
        (Period::Running, sentences.running),
        (Period::Past, sentences.past),
    ];
    let chosen = listing.period;
    let address = move |period| {
        Listing {
            period,
            ..listing.clone()
        }
        .address()
    };
    view! { <Choices class="tabs" label=sentences.when choices chosen address /> }
}
