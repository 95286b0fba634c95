//! Choosing which questions are listed.

use leptos::prelude::*;

use super::listing::Listing;
use crate::{
    api::questions::Shelf,
    model::QuestionKind,
    ui::{components::Choices, use_messages},
};

/// All, one's own or the public ones.
#[component]
pub fn Shelves(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().questions;
    let choices = vec![
        (Shelf::All, sentences.all),
        (Shelf::Mine, sentences.mine),
        (Shelf::Public, sentences.shared),
    ];
    let chosen = listing.shelf;
    let address = move |shelf| {
        Listing {
            shelf,
            ..listing.clone()
        }
        .address()
    };
    view! { <Choices class="segments" label=sentences.list.whose choices chosen address /> }
}

/// Coding, text or both.
#[component]
pub fn Kinds(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().questions;
    let kinds = QuestionKind::ALL.map(|kind| (Some(kind), (sentences.kind_of)(kind)));
    let choices = [(None, sentences.any_kind)]
        .into_iter()
        .chain(kinds)
        .collect();
    let chosen = listing.kind;
    let address = move |kind| {
        Listing {
            kind,
            ..listing.clone()
        }
        .address()
    };
    view! { <Choices class="tabs" label=sentences.kinds choices chosen address /> }
}
