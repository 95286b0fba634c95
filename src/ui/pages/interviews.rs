//! The personal centre: every interview somebody created or attended.

mod banner;
mod controls;
mod listing;
mod row;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use self::{
    banner::Banner,
    controls::{Pager, Periods, SearchForm, Sides},
    listing::Listing,
    row::Row,
};
use crate::{
    api::interviews::{InterviewPage, list_interviews},
    ui::{
        components::{AskToSignIn, Layout, LoadFailed},
        query::Query,
        use_messages, use_viewer,
    },
};

/// `/interviews`.
#[component]
pub fn InterviewsPage() -> impl IntoView {
    if use_viewer().account.is_none() {
        return view! { <AskToSignIn /> }.into_any();
    }
    let search = use_location().search;
    let listing = Memo::new(move |_| Listing::from_query(&Query::parse(&search.read())));
    let page = Resource::new_blocking(
        move || listing.get(),
        |listing| list_interviews(listing.side, listing.period, listing.search, listing.page),
    );
    view! {
        <Layout title=use_messages().common.interviews>
            <Transition>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) => {
                            let listing = listing.get_untracked();
                            view! { <Content page listing /> }.into_any()
                        }
                        Err(error) => view! { <LoadFailed error /> }.into_any(),
                    }
                })}
            </Transition>
        </Layout>
    }
    .into_any()
}

#[component]
fn Content(page: InterviewPage, listing: Listing) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.interviews;
    let banner = page
        .next
        .clone()
        .map(|interview| view! { <Banner interview /> });
    let body = if page.any {
        view! { <List page listing=listing.clone() /> }.into_any()
    } else {
        view! { <Empty /> }.into_any()
    };
    view! {
        {banner}
        <div class="list-head">
            <h1>{messages.common.interviews}</h1>
            <Sides listing />
            <a class="button primary push" href="/interviews/new">
                {sentences.book}
            </a>
        </div>
        {body}
    }
}

#[component]
fn Empty() -> impl IntoView {
    let sentences = &use_messages().interviews;
    view! {
        <div class="card empty">
            <h2>{sentences.empty}</h2>
            <p class="muted">{sentences.empty_text}</p>
            <a class="button" href="/interviews/new">
                {sentences.book}
            </a>
        </div>
    }
}

#[component]
fn List(page: InterviewPage, listing: Listing) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let rows = if page.rows.is_empty() {
        let text = if listing.search.is_empty() {
            sentences.none_here.to_owned()
        } else {
            (sentences.none_found)(&listing.search)
        };
        view! { <p class="card empty muted">{text}</p> }.into_any()
    } else {
        let rows = page
            .rows
            .into_iter()
            .map(|interview| view! { <Row interview /> });
        view! {
            <ul class="rows" role="list">
                {rows.collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <div class="list-controls">
            <Periods listing=listing.clone() />
            <SearchForm listing=listing.clone() />
        </div>
        {rows}
        <Pager listing page=page.page pages=page.pages />
    }
}
