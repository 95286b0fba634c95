//! Examples of a question that is being written: rows of an input and what it should print.

use leptos::prelude::*;

use crate::{
    api::questions::ExampleForm,
    model::{Problem, question::MOST_EXAMPLES},
    ui::{
        components::{Icon, IconName, in_text_area},
        use_messages,
    },
};

/// How many empty rows are offered where no script can add any.
const SPARE: usize = 3;

/// The rows, each of which can be taken off, and a button that adds one.
#[component]
pub fn Examples(examples: Vec<ExampleForm>, problem: Signal<Option<Problem>>) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.questions;
    let held = examples.len();
    let rows = RwSignal::new(examples.into_iter().enumerate().collect::<Vec<_>>());
    // Rows keep the number they were made with, so that taking one off leaves the others alone.
    let next = StoredValue::new(held + SPARE);
    let add = move |_| {
        let key = next.get_value();
        next.set_value(key + 1);
        rows.update(|rows| rows.push((key, ExampleForm::default())));
    };
    let full = move || rows.read().len() >= MOST_EXAMPLES as usize;
    let spare = (held..held + SPARE).map(|key| view! { <Row key row=ExampleForm::default() /> });
    view! {
        <fieldset
            class="field only-coding"
            aria-describedby="examples-hint"
            aria-invalid=move || problem.get().map(|_| "true")
        >
            <legend>{sentences.examples}</legend>
            <p class="field-problem">
                {move || problem.get().map(|problem| (messages.problem.field)(problem))}
            </p>
            <ul class="part-rows" role="list">
                <For each=move || rows.get() key=|(key, _)| *key let((key, row))>
                    <Row key row rows />
                </For>
            </ul>
            <ul class="part-rows without-script" role="list">
                {spare.collect_view()}
            </ul>
            <p class="field-hint without-script">{sentences.examples_spare}</p>
            <button
                type="button"
                class="button small needs-script"
                disabled=full
                on:click=add
            >
                <Icon name=IconName::Plus />
                {sentences.add_example}
            </button>
            <p class="field-hint" id="examples-hint">
                {sentences.examples_hint}
                " "
                {sentences.hidden_hint}
            </p>
        </fieldset>
    }
}

type Rows = RwSignal<Vec<(usize, ExampleForm)>>;

/// One row; without `rows` it is a spare one, which stays.
#[component]
fn Row(key: usize, row: ExampleForm, #[prop(optional)] rows: Option<Rows>) -> impl IntoView {
    let sentences = &use_messages().questions;
    let field = |name: &str| format!("form[examples][{key}][{name}]");
    let place = move || {
        let found = rows.and_then(|rows| rows.read().iter().position(|(held, _)| *held == key));
        found.map_or(key, |place| place) + 1
    };
    let remove = rows.map(|rows| {
        view! {
            <button
                type="button"
                class="button quiet icon-only needs-script"
                aria-label=move || (sentences.remove_example)(place())
                on:click=move |_| rows.update(|rows| rows.retain(|(held, _)| *held != key))
            >
                <Icon name=IconName::Close />
            </button>
        }
    });
    view! {
        <li class="part-row">
            <div class="part-head">
                <strong>{move || (sentences.example)(place())}</strong>
                <label class="check">
                    <input
                        type="checkbox"
                        name=field("hidden")
                        value="1"
                        checked=!row.hidden.is_empty()
                    />
                    {sentences.hidden}
                </label>
                {remove}
            </div>
            <div class="example-texts">
                <Side name=field("input") label=sentences.input text=row.input place />
                <Side name=field("output") label=sentences.output text=row.output place />
            </div>
        </li>
    }
}

#[component]
fn Side(
    name: String,
    label: &'static str,
    text: String,
    place: impl Fn() -> usize + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let sentences = &use_messages().questions;
    view! {
        <label class="field">
            <span class="preview-label">{label}</span>
            <textarea
                class="code-field"
                name=name
                rows="3"
                wrap="off"
                spellcheck="false"
                autocapitalize="off"
                aria-label=move || format!("{}: {label}", (sentences.example)(place()))
            >
                {in_text_area(&text)}
            </textarea>
        </label>
    }
}
