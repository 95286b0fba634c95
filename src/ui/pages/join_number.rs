//! Entering an interview's number by hand.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::{
    model::{InterviewNumber, Problem},
    ui::{
        components::{Field, Layout},
        query::use_query,
        use_messages,
    },
};

/// `/join`. With `?number=` it goes on to that interview, or says what is wrong with the number.
#[component]
pub fn JoinNumberPage() -> impl IntoView {
    let messages = use_messages();
    let query = use_query();
    let typed = query.get("number").to_owned();
    let problem = match query.find("number").map(str::parse::<InterviewNumber>) {
        Some(Ok(number)) => {
            return view! { <Redirect path=format!("/join/{number}") /> }.into_any();
        }
        Some(Err(problem)) => Some(problem),
        None => None,
    };
    view! {
        <Layout title=messages.join.title class="narrow">
            <h1>{messages.join.title}</h1>
            <div class="card">
                <NumberForm typed problem />
            </div>
        </Layout>
    }
    .into_any()
}

/// A field for the number and a button that goes there.
#[component]
pub fn NumberForm(
    #[prop(optional)] typed: String,
    #[prop(optional_no_strip)] problem: Option<Problem>,
) -> impl IntoView {
    let messages = use_messages();
    view! {
        <form class="stack" method="get" action="/join">
            <Field
                name="number"
                label=messages.common.number
                value=typed
                hint=messages.join.number_hint
                placeholder=messages.common.number_example
                inputmode="numeric"
                autocomplete="off"
                problem
            />
            <div class="actions">
                <button class="button primary">{messages.join.go_on}</button>
            </div>
        </form>
    }
}
