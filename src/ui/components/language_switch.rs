//! Choosing the language. A plain form: the page comes back in the other one.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_location;

use crate::{
    api::account::ChooseLanguage,
    model::Language,
    ui::{use_messages, use_viewer},
};

/// One button for each language; comes back to the page it stands on.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let messages = use_messages();
    let current = use_viewer().language;
    let location = use_location();
    let next = move || {
        let path = location.pathname.get();
        let search = location.search.get();
        // What a refused form left in the address has been read by then.
        let search = if search.contains("__err=") {
            String::new()
        } else {
            search
        };
        if search.is_empty() {
            path
        } else {
            format!("{path}?{search}")
        }
    };
    let buttons = Language::ALL.map(|language| {
        view! {
            <button
                class="language"
                name="language"
                value=language.tag()
                lang=language.tag()
                aria-current=(language == current).then_some("true")
            >
                {(messages.common.language_name)(language)}
            </button>
        }
    });
    view! {
        <form
            class="languages"
            method="post"
            action=ChooseLanguage::PATH
            aria-label=messages.common.language
        >
            <input type="hidden" name="next" value=next />
            {buttons.collect_view()}
        </form>
    }
}
