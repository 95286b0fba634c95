//! What only interviewers see of a question: the reference answer and hidden examples.

use leptos::{html, prelude::*};

use super::{
    super::questions::{QuestionNotes, use_notes},
    Examples,
};
use crate::{
    api::interview_questions::InterviewQuestionDetails,
    model::InterviewQuestionId,
    ui::{components::Prose, use_messages},
};

/// Unfolds below the question; asked for when it is first unfolded.
#[component]
pub fn Notes(id: InterviewQuestionId) -> impl IntoView {
    let notes = use_notes();
    let messages = &use_messages().work;
    let element = NodeRef::<html::Details>::new();
    let open = RwSignal::new(false);
    // The part with the question is low, and what is unfolded would stand below it.
    Effect::new(move |_| {
        if open.get() && notes.find(id).is_some() {
            request_animation_frame(move || {
                if let Some(details) = element.get_untracked() {
                    details.scroll_into_view();
                }
            });
        }
    });
    let toggle = move |_| {
        let is_open = element
            .get_untracked()
            .is_some_and(|details| details.open());
        open.set(is_open);
        if is_open {
            notes.want();
        }
    };
    view! {
        <details class="unfold work-notes" node_ref=element on:toggle=toggle>
            <summary>{messages.notes}</summary>
            {move || open.get().then(|| view! { <NotesOf notes id /> })}
        </details>
    }
}

#[component]
fn NotesOf(notes: QuestionNotes, id: InterviewQuestionId) -> impl IntoView {
    let messages = &use_messages().work;
    move || match notes.find(id) {
        Some(details) => view! { <NotesShown details /> }.into_any(),
        None if notes.failed() => view! {
            <p class="work-trouble">
                {messages.notes_failed}
                <button type="button" class="button small" on:click=move |_| notes.load()>
                    {messages.again}
                </button>
            </p>
        }
        .into_any(),
        None => view! { <p class="muted small">{use_messages().questions.loading}</p> }.into_any(),
    }
}

/// The reference answer, then the examples that interviewees do not see.
#[component]
pub fn NotesShown(details: InterviewQuestionDetails) -> impl IntoView {
    let messages = use_messages();
    let mut hidden = details.examples;
    hidden.retain(|example| example.hidden);
    let reference = match details.reference_answer.is_empty() {
        true => view! { <p class="muted">{messages.work.no_reference}</p> }.into_any(),
        false => view! { <Prose html=details.reference_answer /> }.into_any(),
    };
    view! {
        <div class="work-reference" data-reference="">
            <h3>{messages.questions.reference_answer}</h3>
            {reference}
            <Examples examples=hidden />
        </div>
    }
}
