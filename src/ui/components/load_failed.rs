//! What stands in place of a page that could not be loaded.

use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location};

use super::{Alert, AlertKind};
use crate::{
    api::ApiError,
    ui::{query::encoded, use_messages, use_viewer},
};

/// Goes to the sign-in page, and from there back to this one.
#[component]
pub fn AskToSignIn() -> impl IntoView {
    let location = use_location();
    let path = location.pathname.get_untracked();
    let search = location.search.get_untracked();
    let next = if search.is_empty() {
        path
    } else {
        format!("{path}?{search}")
    };
    view! { <Redirect path=format!("/sign-in?next={}", encoded(&next)) /> }
}

/// Says that there is no such page, or none for this person, which is told alike.
#[component]
pub fn Nothing() -> impl IntoView {
    let common = &use_messages().common;
    let (href, label) = match use_viewer().account {
        Some(_) => ("/interviews", common.to_interviews),
        None => ("/", common.to_start),
    };
    view! {
        <div class="message">
            <h1>{common.not_found}</h1>
            <p class="muted">{common.not_found_text}</p>
            <p>
                <a class="button" href=href>
                    {label}
                </a>
            </p>
        </div>
    }
}

/// Says why the page's content is missing, or leads to where the reason can be mended.
#[component]
pub fn LoadFailed(error: ApiError) -> impl IntoView {
    let messages = use_messages();
    match error {
        ApiError::Unauthenticated => view! { <AskToSignIn /> }.into_any(),
        ApiError::NotFound => view! { <Nothing /> }.into_any(),
        error => view! {
            <Alert kind=AlertKind::Bad>
                <p>{error.text(messages)}</p>
                // An empty address is this page again; `rel` keeps the router from answering for the server.
                <a href="" rel="external">
                    {messages.common.try_again}
                </a>
            </Alert>
        }
        .into_any(),
    }
}
