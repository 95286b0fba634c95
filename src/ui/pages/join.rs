//! Opening an interview's link: each answer of the server is a page of its own.

mod countdown;
mod guest;
mod refused;

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::guest::GuestName;
pub(super) use self::refused::Refused;
use super::Lobby;
use crate::{
    api::{
        ApiError,
        join::{self, check_join},
    },
    browser::page,
    ui::{
        components::{Alert, AlertKind, Layout},
        query::{Query, use_query},
        use_messages,
    },
};

const ASK_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// `/join/{number}`, with the key of a personal or the guest link in `?key=`.
#[component]
pub fn JoinPage() -> impl IntoView {
    let query = use_query();
    let key = query.get("key").to_owned();
    let parameters = use_params_map();
    let asked = RwSignal::new(0_u32);
    let answer = Resource::new_blocking(
        {
            let key = key.clone();
            move || {
                let number = parameters.read().get("number").unwrap_or_default();
                (number, key.clone(), asked.get())
            }
        },
        |(number, key, _)| check_join(number, key),
    );
    view! {
        <Transition>
            {move || {
                let (query, key) = (query.clone(), key.clone());
                Suspend::new(async move {
                    match answer.await {
                        Ok(page) => view! { <Answer page key query asked /> }.into_any(),
                        Err(error) => view! { <Unanswered error asked /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Answer(
    page: join::JoinPage,
    key: String,
    query: Query,
    /// Counted up to ask the server again.
    asked: RwSignal<u32>,
) -> impl IntoView {
    match page {
        join::JoinPage::Refused {
            refusal,
            interview,
            now,
        } => view! { <Refused refusal interview now key asked /> }.into_any(),
        join::JoinPage::NameNeeded { interview } => {
            view! { <GuestName interview key query /> }.into_any()
        }
        join::JoinPage::Lobby {
            interview,
            name,
            role,
            ..
        } => {
            // The seat is held by the session from here on; the key need not be seen over a shoulder
            // or stay in the history of somebody else's computer.
            Effect::new(move |_| page::hide_query());
            view! { <Lobby interview name role /> }.into_any()
        }
    }
}

/// The server did not say: the page goes on asking.
#[component]
pub(super) fn Unanswered(error: ApiError, asked: RwSignal<u32>) -> impl IntoView {
    let messages = use_messages();
    let again = move || asked.update(|times| *times += 1);
    Effect::new(move |_| {
        if let Ok(handle) = set_timeout_with_handle(again, ASK_AGAIN_AFTER) {
            on_cleanup(move || handle.clear());
        }
    });
    view! {
        <Layout title=messages.join.title class="middle">
            <Alert kind=AlertKind::Bad>{error.text(messages)}</Alert>
            <a class="button" href="" rel="external">
                {messages.common.try_again}
            </a>
        </Layout>
    }
}
