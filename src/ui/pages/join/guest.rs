//! Joining by the general guest link: only a name is missing.

use leptos::{prelude::*, server_fn::ServerFn};

use super::refused::Invited;
use crate::{
    api::join::{Invitation, JoinAsGuest},
    model,
    ui::{
        components::{FailureAlert, Field, Layout},
        query::Query,
        use_messages,
    },
};

/// Asks for a name, then goes to the lobby.
#[component]
pub fn GuestName(interview: Invitation, key: String, query: Query) -> impl IntoView {
    let sentences = &use_messages().join;
    let failure = query.failure(JoinAsGuest::PATH);
    view! {
        <Layout title=interview.title.clone() class="middle">
            <div class="message">
                <h1>{sentences.name_needed}</h1>
                <Invited interview=interview.clone() />
                <form class="stack" method="post" action=JoinAsGuest::PATH>
                    <FailureAlert failure=failure.clone() />
                    <input type="hidden" name="number" value=interview.number.to_string() />
                    <input type="hidden" name="key" value=key />
                    <Field
                        name="name"
                        label=sentences.your_name
                        value=query.get("name")
                        hint=sentences.your_name_hint
                        autocomplete="name"
                        maxlength=Some(60)
                        problem=failure.of(model::Field::Name)
                    />
                    <button class="button primary wide">{sentences.to_lobby}</button>
                </form>
            </div>
        </Layout>
    }
}
