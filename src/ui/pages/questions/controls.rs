//! Choosing which questions are listed, by links and a plain form.

use leptos::prelude::*;

use super::listing::{Listing, kind_name, shelf_name};
use crate::{
    api::questions::Shelf,
    model::QuestionKind,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// All, one's own or the public ones.
#[component]
pub fn Shelves(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().questions;
    let shelves = [
        (Shelf::All, sentences.all),
        (Shelf::Mine, sentences.mine),
        (Shelf::Public, sentences.shared),
    ];
    let links = shelves.map(|(shelf, label)| {
        let current = (shelf == listing.shelf).then_some("page");
        let path = Listing {
            shelf,
            ..listing.at_first_page()
        }
        .path();
        view! {
            <a href=path aria-current=current>
                {label}
            </a>
        }
    });
    view! {
        <nav class="segments" aria-label=sentences.whose>
            {links.collect_view()}
        </nav>
    }
}

/// Coding, text or both.
#[component]
pub fn Kinds(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().questions;
    let kinds = [
        (None, sentences.any_kind),
        (
            Some(QuestionKind::Coding),
            (sentences.kind_of)(QuestionKind::Coding),
        ),
        (
            Some(QuestionKind::Text),
            (sentences.kind_of)(QuestionKind::Text),
        ),
    ];
    let links = kinds.map(|(kind, label)| {
        let current = (kind == listing.kind).then_some("page");
        let path = Listing {
            kind,
            ..listing.at_first_page()
        }
        .path();
        view! {
            <a href=path aria-current=current>
                {label}
            </a>
        }
    });
    view! {
        <nav class="tabs" aria-label=sentences.kinds>
            {links.collect_view()}
        </nav>
    }
}

/// A field for a part of the title or for the number.
#[component]
pub fn SearchForm(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().questions;
    let clear = (!listing.search.is_empty()).then(|| {
        let path = Listing {
            search: String::new(),
            ..listing.at_first_page()
        }
        .path();
        view! {
            <a class="button quiet icon-only" href=path aria-label=sentences.clear_search>
                <Icon name=IconName::Close />
            </a>
        }
    });
    view! {
        <form class="search" method="get" action="/questions" role="search">
            <input type="hidden" name="shelf" value=shelf_name(listing.shelf) />
            <input type="hidden" name="kind" value=kind_name(listing.kind) />
            <input
                type="search"
                name="search"
                value=listing.search
                placeholder=sentences.search_hint
                aria-label=sentences.search_hint
            />
            {clear}
            <button class="button">{sentences.search}</button>
        </form>
    }
}

/// The way to the pages beside this one, when there are several.
#[component]
pub fn Pager(listing: Listing, page: u32, pages: u32) -> impl IntoView {
    let sentences = &use_messages().questions;
    let link = move |to: u32, label: &'static str| {
        let path = Listing {
            page: to,
            ..listing.clone()
        }
        .path();
        (1..=pages).contains(&to).then(|| {
            view! {
                <a class="button" href=path>
                    {label}
                </a>
            }
        })
    };
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label=sentences.pages>
                {link(page.saturating_sub(1), sentences.earlier_page)}
                <span class="muted">{(sentences.page_of)(page, pages)}</span>
                {link(page + 1, sentences.later_page)}
            </nav>
        }
    })
}
