//! For interviewers: every prepared question with a button to show it, who looks at what, and the way
//! to further questions.

mod notes;
mod prepared;
mod reading;

use leptos::prelude::*;

use self::{prepared::Prepared, reading::Reading};
use super::{frame::Myself, use_room, use_view_state, view_state::Tab};
use crate::{
    model::InterviewQuestionId,
    protocol::PreparedQuestion,
    ui::{components::QuestionAdder, use_messages},
};
pub(super) use notes::{QuestionNotes, use_notes};

/// The list in its order, then what adds to it.
#[component]
pub fn Questions() -> impl IntoView {
    let prepared = use_room().store.answers.prepared;
    let view_state = use_view_state();
    let messages = &use_messages().work;
    let notes = use_notes();
    let number = expect_context::<Myself>().number;
    let reading = RwSignal::new(None::<InterviewQuestionId>);
    // What is known of them is out of date as soon as the list is another.
    Effect::new(move |_| {
        prepared.track();
        notes.forget();
    });
    // The picker marks what is there already.
    Effect::new(move |_| {
        prepared.track();
        if view_state.tab.get() == Tab::Questions {
            notes.want();
        }
    });
    let none = Memo::new(move |_| prepared.with(Vec::is_empty));
    view! {
        <div class="room-questions">
            <p class="muted small">
                {move || if none.get() { messages.none_prepared } else { messages.only_interviewers }}
            </p>
            <ol class="work-prepared-list" role="list">
                <For
                    each=move || prepared.get().into_iter().enumerate()
                    key=|(place, question): &(usize, PreparedQuestion)| {
                        (*place, question.question, question.title.clone(), question.kind)
                    }
                    let((place, question))
                >
                    <Prepared place question reading />
                </For>
            </ol>
            <QuestionAdder
                number
                chosen=Signal::derive(move || notes.in_bank())
                on_added=move |()| notes.load()
            />
        </div>
        <Reading reading />
    }
}
