//! One interview in a list.

use leptos::prelude::*;

use crate::{
    api::interviews::InterviewSummary,
    messages::Messages,
    model::InterviewState,
    ui::{
        components::{LocalTime, Pill, PillKind},
        use_messages,
    },
};

/// The one word that matters most about an interview.
fn standing(interview: &InterviewSummary, messages: &Messages) -> (PillKind, &'static str) {
    let sentences = &messages.interviews;
    if interview.cancelled {
        return (PillKind::Bad, sentences.cancelled);
    }
    match (interview.passed, interview.state) {
        (Some(true), _) => (PillKind::Accent, sentences.passed),
        (Some(false), _) => (PillKind::Bad, sentences.failed),
        (None, InterviewState::NotStarted) if interview.open => {
            (PillKind::Accent, sentences.open_now)
        }
        (None, state @ InterviewState::Expired) => (PillKind::Warning, (sentences.state)(state)),
        (None, state) => (PillKind::Plain, (sentences.state)(state)),
    }
}

/// Time, title, people and the viewer's note; leads to the interview's page.
#[component]
pub fn Row(interview: InterviewSummary) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.interviews;
    let (kind, state) = standing(&interview, messages);
    let people = if interview.people.is_empty() {
        sentences.nobody_invited.to_owned()
    } else {
        (messages.common.list)(&interview.people)
    };
    let note = (!interview.mark.is_empty()).then(|| (sentences.note_quoted)(&interview.mark));
    view! {
        <li class="row">
            <div class="row-time">
                <strong>
                    <LocalTime moment=interview.starts_at />
                </strong>
                <span class="muted">{(messages.time.minutes)(interview.minutes)}</span>
            </div>
            <div class="row-what">
                <a class="row-link" href=format!("/interviews/{}", interview.number)>
                    {interview.title}
                </a>
                <span class="muted row-people">
                    {people} {note.map(|note| format!(" · {note}"))}
                </span>
            </div>
            <div class="row-state">
                <Pill kind text=state />
                <Pill kind=PillKind::Plain text=interview.number.spaced() />
            </div>
        </li>
    }
}
