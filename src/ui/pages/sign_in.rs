//! Signing in.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::account::SignIn,
    ui::{
        components::{FailureAlert, Field, Layout},
        query::{encoded, use_query},
        use_messages, use_viewer,
    },
};

/// `/sign-in`, which goes on to `next`.
#[component]
pub fn SignInPage() -> impl IntoView {
    let sentences = &use_messages().account;
    let query = use_query();
    let next = query.get("next").to_owned();
    let sign_up = use_viewer().sign_up_open.then(|| {
        let path = format!("/sign-up?next={}", encoded(&next));
        view! {
            <p class="muted">
                {sentences.no_account} " " <a href=path>{sentences.make_one}</a>
            </p>
        }
    });
    view! {
        <Layout title=sentences.sign_in class="narrow">
            <h1>{sentences.sign_in}</h1>
            <form class="card stack" method="post" action=SignIn::PATH>
                <FailureAlert failure=query.failure(SignIn::PATH) />
                <input type="hidden" name="next" value=next />
                <Field
                    name="user_name"
                    label=sentences.user_name
                    value=query.get("user_name")
                    autocomplete="username"
                />
                <Field
                    name="password"
                    label=sentences.password
                    kind="password"
                    autocomplete="current-password"
                />
                <button class="button primary wide">{sentences.sign_in}</button>
            </form>
            {sign_up}
        </Layout>
    }
}
