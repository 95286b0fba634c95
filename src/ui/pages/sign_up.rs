//! Making an account.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::account::SignUp,
    browser::clock,
    model::{self, account::Password},
    ui::{
        components::{Alert, AlertKind, FailureAlert, Field, Layout},
        query::{Query, encoded, use_query},
        use_messages, use_viewer,
    },
};

/// `/sign-up`, which goes on to `next`.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.account;
    let query = use_query();
    let sign_in = format!("/sign-in?next={}", encoded(query.get("next")));
    let content = if use_viewer().sign_up_open {
        view! { <SignUpForm query /> }.into_any()
    } else {
        view! { <Alert kind=AlertKind::Bad>{messages.problem.sign_up_closed}</Alert> }.into_any()
    };
    view! {
        <Layout title=sentences.sign_up class="narrow">
            <h1>{sentences.sign_up}</h1>
            {content}
            <p class="muted">
                {sentences.have_account} " " <a href=sign_in>{sentences.sign_in}</a>
            </p>
        </Layout>
    }
}

#[component]
fn SignUpForm(query: Query) -> impl IntoView {
    let sentences = &use_messages().account;
    let failure = query.failure(SignUp::PATH);
    let zone = RwSignal::new(query.get("time_zone").to_owned());
    Effect::new(move |_| {
        if let Some(known) = clock::zone() {
            zone.set(known);
        }
    });
    view! {
        <form class="card stack" method="post" action=SignUp::PATH>
            <FailureAlert failure=failure.clone() />
            <input type="hidden" name="next" value=query.get("next").to_owned() />
            <input type="hidden" name="time_zone" value=zone />
            <Field
                name="user_name"
                label=sentences.user_name
                value=query.get("user_name")
                hint=sentences.user_name_hint
                autocomplete="username"
                maxlength=Some(32)
                problem=failure.of(model::Field::UserName)
            />
            <Field
                name="display_name"
                label=sentences.display_name
                value=query.get("display_name")
                hint=sentences.display_name_hint
                autocomplete="name"
                maxlength=Some(60)
                problem=failure.of(model::Field::DisplayName)
            />
            <Field
                name="password"
                label=sentences.password
                kind="password"
                hint=sentences.password_hint
                autocomplete="new-password"
                maxlength=Some(Password::MOST)
                problem=failure.of(model::Field::Password)
            />
            <Field
                name="email"
                label=sentences.email
                value=query.get("email")
                hint=sentences.email_hint
                autocomplete="email"
                inputmode="email"
                required=false
                problem=failure.of(model::Field::Email)
            />
            <button class="button primary wide">{sentences.sign_up}</button>
        </form>
    }
}
