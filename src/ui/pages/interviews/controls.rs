//! Choosing which interviews are listed, by links and a plain form.

use leptos::prelude::*;

use super::listing::{Listing, period_name, side_name};
use crate::{
    api::interviews::{Period, Side},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Created or attended.
#[component]
pub fn Sides(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let sides = [
        (Side::Created, sentences.created),
        (Side::Attended, sentences.attended),
    ];
    let links = sides.map(|(side, label)| {
        let current = (side == listing.side).then_some("page");
        let path = Listing {
            side,
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

/// Upcoming, running or past.
#[component]
pub fn Periods(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let periods = [
        (Period::Upcoming, sentences.upcoming),
        (Period::Running, sentences.running),
        (Period::Past, sentences.past),
    ];
    let links = periods.map(|(period, label)| {
        let current = (period == listing.period).then_some("page");
        let path = Listing {
            period,
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
        <nav class="tabs" aria-label=sentences.when>
            {links.collect_view()}
        </nav>
    }
}

/// A field for a part of title, number or name.
#[component]
pub fn SearchForm(listing: Listing) -> impl IntoView {
    let sentences = &use_messages().interviews;
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
        <form class="search" method="get" action="/interviews" role="search">
            <input type="hidden" name="side" value=side_name(listing.side) />
            <input type="hidden" name="period" value=period_name(listing.period) />
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
    let sentences = &use_messages().interviews;
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
