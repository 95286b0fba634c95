//! Taking a text away: a button that copies, a link with such a button.

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local};

use super::{Icon, IconName};
use crate::{
    browser::{clipboard, page},
    ui::use_messages,
};

const SAYS_COPIED_FOR: Duration = Duration::from_secs(2);

/// Copies `text` when pressed; a text that begins with `/` is a path of this site and is copied as a
/// whole address. Shows only where scripts run.
#[component]
pub fn CopyButton(
    #[prop(into)] text: String,
    /// What the button says.
    label: &'static str,
    /// What it copies, for those who do not see it beside the button.
    #[prop(optional, into)]
    of: String,
) -> impl IntoView {
    let messages = use_messages();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = if text.starts_with('/') {
            page::origin() + &text
        } else {
            text.clone()
        };
        spawn_local(async move {
            if clipboard::copy(&text).await {
                copied.set(true);
                set_timeout(
                    move || {
                        copied.try_set(false);
                    },
                    SAYS_COPIED_FOR,
                );
            }
        });
    };
    let name = (!of.is_empty()).then(|| format!("{label}: {of}"));
    view! {
        <button type="button" class="button needs-script copy" aria-label=name on:click=copy>
            {move || {
                let icon = if copied.get() { IconName::Check } else { IconName::Copy };
                view! { <Icon name=icon /> }
            }}
            <span aria-live="polite">
                {move || if copied.get() { messages.common.copied } else { label }}
            </span>
        </button>
    }
}

/// A link to be sent to somebody, to read, select or copy.
#[component]
pub fn LinkRow(#[prop(into)] name: String, #[prop(into)] link: String) -> impl IntoView {
    let messages = use_messages();
    let input = NodeRef::<html::Input>::new();
    let select = move |_| {
        if let Some(input) = input.get_untracked() {
            input.select();
        }
    };
    view! {
        <div class="link-row">
            <input
                class="link-text"
                type="text"
                readonly
                value=link.clone()
                aria-label=name.clone()
                node_ref=input
                on:focus=select
            />
            <CopyButton text=link label=messages.common.copy of=name />
        </div>
    }
}
