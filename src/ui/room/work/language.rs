//! In which language an answer is written: for everybody who sees it.

use leptos::prelude::*;

use super::{super::use_room, language_of_answer};
use crate::{model::CodeLanguage, ui::use_messages};

/// Shows the language and changes it.
#[component]
pub fn LanguagePicker() -> impl IntoView {
    let room = use_room();
    let messages = use_messages();
    let language = Memo::new(move |_| language_of_answer(room));
    let loaded = move || {
        room.store
            .answers
            .writing
            .with(|it| it.is_some_and(|it| it.loaded))
    };
    let option = move |name: CodeLanguage| {
        view! {
            <option value=name.name() selected=move || language.get() == Some(name)>
                {(messages.questions.language_of)(name)}
            </option>
        }
    };
    view! {
        <select
            class="work-language"
            aria-label=messages.work.language
            title=messages.work.language_hint
            disabled=move || !loaded()
            prop:value=move || language.get().map_or("", CodeLanguage::name)
            on:change:target=move |event| {
                if let Some(language) = CodeLanguage::from_name(&event.target().value()) {
                    room.set_answer_language(language);
                }
            }
        >
            {CodeLanguage::ALL.map(option).collect_view()}
        </select>
    }
}
