//! Starter code of a question that is being written: rows of a language and its code.

use leptos::prelude::*;

use crate::{
    api::questions::StarterForm,
    messages::QuestionMessages,
    model::{Problem, question::CodeLanguage},
    ui::{
        components::{Icon, IconName, in_text_area},
        use_messages,
    },
};

/// How many empty rows are offered where no script can add any.
const SPARE: usize = 2;

/// The rows, each of which can be taken off, and a button that adds one.
#[component]
pub fn Starters(starters: Vec<StarterForm>, problem: Signal<Option<Problem>>) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.questions;
    let held = starters.len();
    let rows = RwSignal::new(starters.into_iter().enumerate().collect::<Vec<_>>());
    // Rows keep the number they were made with, so that taking one off leaves the others alone.
    let next = StoredValue::new(held + SPARE);
    let add = move |_| {
        let key = next.get_value();
        next.set_value(key + 1);
        rows.update(|rows| rows.push((key, StarterForm::default())));
    };
    let sentence = move || match problem.get()? {
        Problem::Missing => Some(sentences.language_missing.to_owned()),
        other => Some((messages.problem.field)(other)),
    };
    let spare = (held..held + SPARE).map(|key| view! { <Row key row=StarterForm::default() /> });
    view! {
        <fieldset
            class="field only-coding"
            aria-describedby="starters-hint"
            aria-invalid=move || problem.get().map(|_| "true")
        >
            <legend>{sentences.starters}</legend>
            <p class="field-problem">
                {sentence}
            </p>
            <ul class="part-rows" role="list">
                <For each=move || rows.get() key=|(key, _)| *key let((key, row))>
                    <Row key row rows />
                </For>
            </ul>
            <ul class="part-rows without-script" role="list">
                {spare.collect_view()}
            </ul>
            <p class="field-hint without-script">{sentences.starters_spare}</p>
            <button type="button" class="button small needs-script" on:click=add>
                <Icon name=IconName::Plus />
                {sentences.add_starter}
            </button>
            <p class="field-hint" id="starters-hint">
                {sentences.starters_hint}
            </p>
        </fieldset>
    }
}

type Rows = RwSignal<Vec<(usize, StarterForm)>>;

/// One row; without `rows` it is a spare one, which stays.
#[component]
fn Row(key: usize, row: StarterForm, #[prop(optional)] rows: Option<Rows>) -> impl IntoView {
    let sentences = &use_messages().questions;
    let field = |name: &str| format!("form[starters][{key}][{name}]");
    let place = move || {
        let found = rows.and_then(|rows| rows.read().iter().position(|(held, _)| *held == key));
        found.map_or(key, |place| place) + 1
    };
    let remove = rows.map(|rows| {
        view! {
            <button
                type="button"
                class="button quiet icon-only needs-script"
                aria-label=move || (sentences.remove_starter)(place())
                on:click=move |_| rows.update(|rows| rows.retain(|(held, _)| *held != key))
            >
                <Icon name=IconName::Close />
            </button>
        }
    });
    view! {
        <li class="part-row">
            <div class="part-head">
                <select name=field("language") aria-label=sentences.language>
                    {language_choices(sentences, &row.language)}
                </select>
                {remove}
            </div>
            <textarea
                class="code-field"
                name=field("code")
                rows="6"
                wrap="off"
                spellcheck="false"
                autocapitalize="off"
                aria-label=move || (sentences.code_of)(place())
            >
                {in_text_area(&row.code)}
            </textarea>
        </li>
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
