//! The question bank: one's own questions and those that others made public.

mod controls;
mod listing;
mod row;
mod transfer;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use self::{
    controls::{Kinds, Shelves},
    listing::Listing,
    row::Row,
    transfer::Transfer,
};
use crate::{
    api::questions::{QuestionPage as Page, list_questions},
    ui::{
        components::{Alert, AlertKind, AskToSignIn, Layout, LoadFailed, PagedList},
        query::{Query, use_query},
        use_messages, use_viewer,
    },
};

/// `/questions`.
#[component]
pub fn QuestionsPage() -> impl IntoView {
    if use_viewer().account.is_none() {
        return view! { <AskToSignIn /> }.into_any();
    }
    let search = use_location().search;
    let listing = Memo::new(move |_| Listing::from_query(&Query::parse(&search.read())));
    let page = Resource::new_blocking(
        move || listing.get(),
        |listing| list_questions(listing.search, listing.kind, listing.shelf, listing.page),
    );
    view! {
        <Layout title=use_messages().questions.questions>
            {move || view! { <Notices query=Query::parse(&search.read()) /> }}
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
            <Transfer query=use_query() />
        </Layout>
    }
    .into_any()
}

#[component]
fn Notices(query: Query) -> impl IntoView {
    let sentences = &use_messages().questions;
    let text = if query.find("deleted").is_some() {
        Some(sentences.deleted.to_owned())
    } else {
        let count = query.get("imported").parse().ok();
        count.map(sentences.imported)
    };
    text.map(|text| view! { <Alert kind=AlertKind::Good>{text}</Alert> })
}

#[component]
fn Content(page: Page, listing: Listing) -> impl IntoView {
    let sentences = &use_messages().questions;
    let rows = page.rows.into_iter();
    let rows = rows.map(|question| view! { <Row question /> });
    view! {
        <PagedList
            title=sentences.questions
            sentences=&sentences.list
            new=("/questions/new", sentences.new)
            address=listing.address()
            any=page.any
            page=page.page
            pages=page.pages
            segments=view! { <Shelves listing=listing.clone() /> }
            tabs=view! { <Kinds listing /> }
            class="rows questions"
            rows=rows.collect()
        />
    }
}
