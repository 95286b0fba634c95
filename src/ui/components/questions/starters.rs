//! Starter code of a question that is being written: rows of a language and its code.

use leptos::prelude::*;

use super::{Part, Parts};
use crate::{
    api::questions::StarterForm,
    messages::QuestionMessages,
    model::{Problem, question::CodeLanguage},
    ui::{components::in_text_area, use_messages},
};

/// What stands in the editor at first, for each language.
#[component]
pub fn Starters(starters: Vec<StarterForm>, problem: Signal<Option<Problem>>) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.questions;
    let sentence = move || match problem.get()? {
        Problem::Missing => Some(sentences.language_missing.to_owned()),
        other => Some((messages.problem.field)(other)),
    };
    let row = move |part: Part, starter: StarterForm| {
        let language = view! {
            <select name=part.field("language") aria-label=sentences.language>
                {language_choices(sentences, &starter.language)}
            </select>
        };
        let code = view! {
            <textarea
                class="code-field"
                name=part.field("code")
                rows="6"
                wrap="off"
                spellcheck="false"
                autocapitalize="off"
                aria-label=move || (sentences.code_of)(part.place())
            >
                {in_text_area(&starter.code)}
            </textarea>
        };
        (language.into_any(), code.into_any())
    };
    view! {
        <Parts
            list="starters"
            legend=sentences.starters
            hint=sentences.starters_hint
            add=sentences.add_starter
            remove=sentences.remove_starter
            problem=sentence
            values=starters
            spare=2
            row
        />
    }
}

fn language_choices(sentences: &'static QuestionMessages, chosen: &str) -> impl IntoView + use<> {
    let languages = CodeLanguage::ALL.iter().map(|language| {
        let name = language.name();
        view! {
            <option value=name selected=name == chosen>
                {(sentences.language_of)(*language)}
            </option>
        }
    });
    let languages = languages.collect_view();
    view! {
        <option value="">{sentences.no_language}</option>
        {languages}
    }
}
