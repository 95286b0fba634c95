//! What is asked: the content, its examples and, for interviewers, what only they may see.

use leptos::prelude::*;

use super::{super::use_room, Examples, notes::Notes};
use crate::{
    model::InterviewQuestionId,
    ui::{components::Prose, use_messages},
};

/// The question of that id. Begins at its top whenever another one comes to the front.
#[component]
pub fn Question(id: InterviewQuestionId) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().work;
    let question = Memo::new(move |_| store.answers.find(id));
    let content = move || {
        question.get().map(|question| {
            view! {
                <h2 class="work-title">{question.title}</h2>
                <Prose html=question.content />
                <Examples examples=question.examples />
            }
        })
    };
    view! {
        <div
            class="work-question"
            role="region"
            tabindex="0"
            aria-label=messages.question
            data-question=id.0.to_string()
        >
            {content}
            <Show when=move || store.role.get().is_interviewer()>
                <Notes id />
            </Show>
        </div>
    }
}
