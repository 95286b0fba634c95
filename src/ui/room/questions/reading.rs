//! A question read before it is shown, with what only interviewers see.

use leptos::prelude::*;

use super::{
    super::{
        use_room, use_view_state,
        work::{Examples, NotesShown},
    },
    use_notes,
};
use crate::{
    api::interview_questions::InterviewQuestionDetails,
    model::InterviewQuestionId,
    protocol::ShownQuestion,
    ui::{
        components::{Dialog, Prose},
        use_messages,
    },
};

/// The dialog over the list.
#[component]
pub fn Reading(reading: RwSignal<Option<InterviewQuestionId>>) -> impl IntoView {
    let notes = use_notes();
    let messages = &use_messages().work;
    let open = RwSignal::new(false);
    // Each is set only where it differs: one setting the other without end would hold up the page.
    Effect::new(move |_| {
        let wanted = reading.get().is_some();
        if wanted {
            // Anew: it may have been shown meanwhile.
            notes.load();
        }
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && reading.get_untracked().is_some() {
            reading.set(None);
        }
    });
    let content = move |id: InterviewQuestionId| match notes.find(id) {
        Some(details) => view! { <Details details open /> }.into_any(),
        None if notes.failed() => view! {
            <p class="work-trouble">
                {messages.notes_failed}
                <button type="button" class="button small" on:click=move |_| notes.load()>
                    {messages.again}
                </button>
            </p>
        }
        .into_any(),
        None => view! { <p class="muted">{use_messages().questions.loading}</p> }.into_any(),
    };
    view! {
        <Dialog open title=messages.question>
            <div class="work-reading">{move || reading.get().map(content)}</div>
        </Dialog>
    }
}

#[component]
fn Details(details: InterviewQuestionDetails, open: RwSignal<bool>) -> impl IntoView {
    let answers = use_room().store.answers;
    let view_state = use_view_state();
    let messages = &use_messages().work;
    let shown = as_shown(&details);
    let examples = shown.examples.clone();
    let has_answers = details.ever_shown;
    let look = move |_| {
        open.set(false);
        view_state.work_wanted.set(true);
        view_state.side_in_front.set(false);
        answers.open_hidden(shown.clone());
    };
    view! {
        <h3 class="work-title">{details.title.clone()}</h3>
        <Prose html=details.content.clone() />
        <Examples examples />
        <NotesShown details />
        <Show when=move || has_answers>
            <div class="room-dialog-actions">
                <button
                    type="button"
                    class="button"
                    data-action="look-at-answers"
                    on:click=look.clone()
                >
                    {messages.look_at_answers}
                </button>
            </div>
        </Show>
    }
}

/// As interviewees would see it.
fn as_shown(details: &InterviewQuestionDetails) -> ShownQuestion {
    let visible = details.examples.iter().filter(|example| !example.hidden);
    ShownQuestion {
        question: details.id,
        kind: details.kind,
        title: details.title.clone(),
        content: details.content.clone(),
        starters: details.starters.clone(),
        examples: visible.cloned().collect(),
    }
}
