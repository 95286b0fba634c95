//! Joining by the general guest link: only a name is missing, or of an account its consent.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::check::check_path,
    refused::{CheckLink, Invited},
};
use crate::{
    api::join::{Invitation, JoinAsGuest},
    model,
    ui::{
        components::{FailureAlert, Field, Layout},
        query::Query,
        use_messages, use_viewer,
    },
};

/// Asks for a name, then goes to the lobby. An account has one.
#[component]
pub fn GuestName(interview: Invitation, key: String, query: Query) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.join;
    let check = check_path(interview.number, &key);
    let failure = query.failure(JoinAsGuest::PATH);
    let problem = failure.of(model::Field::Name);
    let typed = query.get("name").to_owned();
    let heading = if use_viewer().account.is_some() {
        sentences.title
    } else {
        sentences.name_needed
    };
    view! {
        <Layout title=interview.title.clone() class="middle">
            <div class="message">
                <h1>{heading}</h1>
                <Invited interview=interview.clone() />
                <form class="stack" method="post" action=JoinAsGuest::PATH>
                    <FailureAlert failure />
                    <input type="hidden" name="number" value=interview.number.to_string() />
                    <input type="hidden" name="key" value=key />
                    <Name typed problem />
                    <button class="button primary wide">{sentences.to_lobby}</button>
                </form>
                <CheckLink path=check words=messages.check.check_first />
            </div>
        </Layout>
    }
}

#[component]
fn Name(typed: String, problem: Option<model::Problem>) -> impl IntoView {
    let sentences = &use_messages().join;
    match use_viewer().account {
        Some(account) => {
            view! { <input type="hidden" name="name" value=account.display_name /> }.into_any()
        }
        None => view! {
            <Field
                name="name"
                label=sentences.your_name
                value=typed
                hint=sentences.your_name_hint
                autocomplete="name"
                maxlength=Some(60)
                problem
            />
        }
        .into_any(),
    }
}
