//! The first page: what this is, for people who have not signed in.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::join_number::NumberForm;
use crate::ui::{components::Layout, use_messages, use_viewer};

/// `/`. People who have signed in go on to their interviews.
#[component]
pub fn HomePage() -> impl IntoView {
    let viewer = use_viewer();
    if viewer.account.is_some() {
        return view! { <Redirect path="/interviews" /> }.into_any();
    }
    let common = &use_messages().common;
    let sign_up = viewer.sign_up_open.then(|| {
        view! {
            <a class="button" href="/sign-up">
                {common.sign_up}
            </a>
        }
    });
    view! {
        <Layout title="">
            <div class="hero">
                <h1>{common.headline}</h1>
                <p class="muted">{common.lead}</p>
            </div>
            <div class="ways">
                <section class="card stack">
                    <h2>{common.join_here}</h2>
                    <p class="muted">{common.join_here_text}</p>
                    <NumberForm />
                </section>
                <section class="card stack">
                    <h2>{common.host_here}</h2>
                    <p class="muted">{common.host_here_text}</p>
                    <div class="actions">
                        <a class="button primary" href="/sign-in">
                            {common.sign_in}
                        </a>
                        {sign_up}
                    </div>
                </section>
            </div>
        </Layout>
    }
    .into_any()
}
