//! The personal centre: every interview somebody created or attended.

mod banner;
mod controls;
mod listing;
mod row;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use self::{
    banner::Banner,
    controls::{Periods, Sides},
    listing::Listing,
    row::Row,
};
use crate::{
    api::interviews::{InterviewPage, list_interviews},
    ui::{
        components::{AskToSignIn, Layout, LoadFailed, PagedList},
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
    let rows = page.rows.into_iter();
    let rows = rows.map(|interview| view! { <Row interview /> });
    view! {
        {page.next.map(|interview| view! { <Banner interview /> })}
        <PagedList
            title=messages.common.interviews
            sentences=&sentences.list
            new=("/interviews/new", sentences.book)
            address=listing.address()
            any=page.any
            page=page.page
            pages=page.pages
            segments=view! { <Sides listing=listing.clone() /> }
            tabs=view! { <Periods listing /> }
            rows=rows.collect()
        />
    }
}
