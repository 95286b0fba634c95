//! The fields of a question as a form posts them; decides nothing, the server says what is wrong.

use leptos::prelude::*;

use super::{Examples, MarkdownField, Starters};
use crate::{
    api::questions::{ExampleForm, QuestionForm, StarterForm},
    model::{
        self,
        question::{
            LONGEST_CONTENT, LONGEST_REFERENCE_ANSWER, LONGEST_TITLE, MOST_EXAMPLES, QuestionKind,
        },
    },
    ui::{
        components::{FieldFrame, described_by},
        query::{Failure, Query},
        use_messages,
    },
};

/// The form as it was posted before it was refused, as far as it fitted into the address.
pub fn posted_question(query: &Query) -> QuestionForm {
    let get = |name: &str| query.get(&format!("form[{name}]")).to_owned();
    let row = |list: &str, place: usize| {
        let start = format!("form[{list}][{place}]");
        move |name: &str| query.get(&format!("{start}[{name}]")).to_owned()
    };
    let places = 0..2 * MOST_EXAMPLES as usize;
    let starter = |place| {
        let get = row("starters", place);
        let (language, code) = (get("language"), get("code"));
        (!language.is_empty() || !code.is_empty()).then_some(StarterForm { language, code })
    };
    let example = |place| {
        let get = row("examples", place);
        let (input, output, hidden) = (get("input"), get("output"), get("hidden"));
        (!input.is_empty() || !output.is_empty()).then_some(ExampleForm {
            input,
            output,
            hidden,
        })
    };
    QuestionForm {
        kind: get("kind"),
        title: get("title"),
        content: get("content"),
        reference_answer: get("reference_answer"),
        starters: places.clone().filter_map(starter).collect(),
        examples: places.filter_map(example).collect(),
        public: get("public"),
    }
}

/// What is wrong with one field while `failure` says so.
pub fn problem_of(
    failure: RwSignal<Failure>,
    field: model::Field,
) -> Signal<Option<model::Problem>> {
    Signal::derive(move || failure.read().of(field))
}

/// All fields, filled with `values`.
#[component]
pub fn QuestionFields(
    values: QuestionForm,
    failure: RwSignal<Failure>,
    /// Whether the writer says who may use it.
    shareable: bool,
) -> impl IntoView {
    let sentences = &use_messages().questions;
    let problem = move |field| problem_of(failure, field);
    view! {
        <KindField chosen=values.kind />
        <TitleField value=values.title problem=problem(model::Field::Title) />
        <MarkdownField
            id="question-content"
            name="form[content]"
            label=sentences.content
            hint=sentences.content_hint
            value=values.content
            problem=problem(model::Field::Content)
            most=LONGEST_CONTENT
            rows=12
            preview=true
        />
        <MarkdownField
            id="question-answer"
            name="form[reference_answer]"
            label=sentences.reference_answer
            hint=sentences.reference_answer_hint
            value=values.reference_answer
            problem=problem(model::Field::ReferenceAnswer)
            most=LONGEST_REFERENCE_ANSWER
        />
        <Starters starters=values.starters problem=problem(model::Field::Starters) />
        <Examples examples=values.examples problem=problem(model::Field::Examples) />
        {shareable.then(|| view! { <SharingField public=!values.public.is_empty() /> })}
    }
}

#[component]
fn KindField(chosen: String) -> impl IntoView {
    let sentences = &use_messages().questions;
    let way = |kind: QuestionKind, class: &'static str, hint: &'static str| {
        let value = kind.number().to_string();
        let checked = value == chosen;
        view! {
            <Way name="form[kind]" value class checked label=(sentences.kind_of)(kind) hint />
        }
    };
    view! {
        <fieldset class="field">
            <legend>{sentences.kind}</legend>
            <div class="ways-of-question">
                {way(QuestionKind::Coding, "kind-coding", sentences.coding_hint)}
                {way(QuestionKind::Text, "kind-text", sentences.text_hint)}
            </div>
        </fieldset>
    }
}

#[component]
fn SharingField(public: bool) -> impl IntoView {
    let sentences = &use_messages().questions;
    let way = |value: &str, label: &'static str, hint: &'static str| {
        let checked = public != value.is_empty();
        let value = value.to_owned();
        view! { <Way name="form[public]" value class="" checked label hint /> }
    };
    view! {
        <fieldset class="field">
            <legend>{sentences.sharing}</legend>
            <div class="ways-of-question">
                {way("", sentences.private, sentences.private_hint)}
                {way("1", sentences.public, sentences.public_hint)}
            </div>
        </fieldset>
    }
}

/// One of several ways, with a word on what it means.
#[component]
fn Way(
    name: &'static str,
    value: String,
    class: &'static str,
    checked: bool,
    label: &'static str,
    hint: &'static str,
) -> impl IntoView {
    view! {
        <label class="way">
            <input type="radio" class=class name=name value=value checked=checked required />
            <strong>{label}</strong>
            <span class="small">{hint}</span>
        </label>
    }
}

#[component]
fn TitleField(value: String, problem: Signal<Option<model::Problem>>) -> impl IntoView {
    let sentences = &use_messages().questions;
    const ID: &str = "question-title";
    view! {
        <FieldFrame id=ID label=sentences.title hint=sentences.title_hint problem>
            <input
                id=ID
                name="form[title]"
                type="text"
                value=value
                required
                autocomplete="off"
                maxlength=LONGEST_TITLE.to_string()
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=move || described_by(ID, true, problem.get().is_some())
            />
        </FieldFrame>
    }
}
