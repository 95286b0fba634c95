//! The frame around every page but lobby and room: header, main, footer, and the page's title.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::{AccountMenu, LanguageSwitch};
use crate::ui::{use_messages, use_viewer};

/// A page with `title` in the browser's tab.
#[component]
pub fn Layout(
    #[prop(into)] title: String,
    /// Looks of the main part: empty, `narrow` for a form, `middle` for a single message.
    #[prop(default = "")]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let messages = use_messages();
    view! {
        <Title text=title />
        <a class="skip-link" href="#main">
            {messages.common.skip_to_content}
        </a>
        <Header />
        <main id="main" class=format!("page {class}") tabindex="-1">
            {children()}
        </main>
        <footer class="site-footer">
            <LanguageSwitch />
        </footer>
    }
}

#[component]
fn Header() -> impl IntoView {
    let messages = use_messages();
    let common = &messages.common;
    let questions = messages.questions.questions;
    let account = use_viewer().account;
    let path = use_location().pathname;
    let at = move |prefix: &'static str| move || path.read().starts_with(prefix).then_some("page");
    let sections = account.is_some().then(|| {
        view! {
            <a href="/interviews" aria-current=at("/interviews")>
                {common.interviews}
            </a>
            <a href="/questions" aria-current=at("/questions")>
                {questions}
            </a>
        }
    });
    let corner = match account {
        Some(account) => view! { <AccountMenu account /> }.into_any(),
        None => view! {
            <a class="button quiet" href="/sign-in" aria-current=at("/sign-in")>
                {common.sign_in}
            </a>
        }
        .into_any(),
    };
    view! {
        <header class="site-header">
            <nav class="site-nav" aria-label=common.main_navigation>
                <a class="brand" href="/">
                    "Colloquy"
                </a>
                {sections}
            </nav>
            <a class="button join-link" href="/join" aria-current=at("/join")>
                <span class="wide-only">{common.join_with_number}</span>
                <span class="phone-only">{common.join}</span>
            </a>
            {corner}
        </header>
    }
}
