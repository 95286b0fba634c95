//! Examples of a question that is being written: rows of an input and what it should print.

use leptos::prelude::*;

use super::{Part, Parts};
use crate::{
    api::questions::ExampleForm,
    model::{Problem, question::MOST_EXAMPLES},
    ui::{components::in_text_area, use_messages},
};

/// The examples, each of which may be hidden from interviewees.
#[component]
pub fn Examples(examples: Vec<ExampleForm>, problem: Signal<Option<Problem>>) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.questions;
    let row = move |part: Part, example: ExampleForm| {
        let head = view! {
            <strong>{move || (sentences.example)(part.place())}</strong>
            <label class="check">
                <input
                    type="checkbox"
                    name=part.field("hidden")
                    value="1"
                    checked=!example.hidden.is_empty()
                />
                {sentences.hidden}
            </label>
        };
        let texts = view! {
            <div class="example-texts">
                <Side part name="input" label=sentences.input text=example.input />
                <Side part name="output" label=sentences.output text=example.output />
            </div>
        };
        (head.into_any(), texts.into_any())
    };
    view! {
        <Parts
            list="examples"
            legend=sentences.examples
            hint=sentences.examples_hint
            add=sentences.add_example
            remove=sentences.remove_example
            problem=move || problem.get().map(messages.problem.field)
            values=examples
            spare=3
            most=MOST_EXAMPLES as usize
            row
        />
    }
}

#[component]
fn Side(part: Part, name: &'static str, label: &'static str, text: String) -> impl IntoView {
    let sentences = &use_messages().questions;
    view! {
        <label class="field">
            <span class="preview-label">{label}</span>
            <textarea
                class="code-field"
                name=part.field(name)
                rows="3"
                wrap="off"
                spellcheck="false"
                autocapitalize="off"
                aria-label=move || format!("{}: {label}", (sentences.example)(part.place()))
            >
                {in_text_area(&text)}
            </textarea>
        </label>
    }
}
