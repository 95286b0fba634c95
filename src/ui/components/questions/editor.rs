//! A dialog in which a new question is written, wherever one is needed at once.

use leptos::prelude::*;

use super::{QuestionEditorForm, WritingFor, Written};
use crate::{
    api::questions::QuestionForm,
    model::question::QuestionKind,
    ui::{components::Dialog, use_messages},
};

/// What an empty form starts with.
pub fn usual_question() -> QuestionForm {
    QuestionForm {
        kind: QuestionKind::Coding.number().to_string(),
        ..QuestionForm::default()
    }
}

/// Writes a question while `open`, and closes after the server has taken it. Stands outside of
/// every other form.
#[component]
pub fn QuestionEditor(
    open: RwSignal<bool>,
    writing: WritingFor,
    #[prop(into)] on_written: Callback<(Written, QuestionForm)>,
) -> impl IntoView {
    let sentences = &use_messages().questions;
    let close = move |_| open.set(false);
    let written = Callback::new(move |written| {
        open.set(false);
        on_written.run(written);
    });
    let form = move || {
        view! {
            <QuestionEditorForm writing values=usual_question() on_written=written>
                <button class="button primary">{sentences.write_and_add}</button>
                <button type="button" class="button quiet" on:click=close>
                    {sentences.discard}
                </button>
                <span class="field-hint">{sentences.write_hint}</span>
            </QuestionEditorForm>
        }
    };
    view! {
        <Dialog open title=sentences.write_title>
            // A dialog that opens anew begins with empty fields.
            {move || open.get().then(form)}
        </Dialog>
    }
}
