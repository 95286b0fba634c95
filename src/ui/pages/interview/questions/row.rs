//! One prepared question: plain forms move it and take it off; where scripts run, the page stays.

use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::Prepared;
use crate::{
    api::interview_questions::{
        Direction, InterviewQuestionDetails, MoveInterviewQuestion, RemoveInterviewQuestion,
        move_interview_question, remove_interview_question,
    },
    ui::{
        components::{Icon, IconName, Pill, PillKind, focus_after_move, move_id},
        use_messages,
    },
};

/// Place, title and state, and for as long as the interview is ahead the ways to change the list.
#[component]
pub fn Row(
    prepared: Prepared,
    place: usize,
    count: usize,
    question: InterviewQuestionDetails,
    changing: bool,
) -> impl IntoView {
    let sentences = &use_messages().questions;
    let state = if question.shown {
        Some((PillKind::Accent, sentences.shown_now))
    } else {
        question
            .ever_shown
            .then_some((PillKind::Plain, sentences.was_shown))
    };
    let (id, kind, title) = (question.id, question.kind, question.title.clone());
    let tools = changing.then(|| {
        view! {
            <span class="chosen-moves">
                <Move prepared place count up=true question=question.clone() />
                <Move prepared place count up=false question=question.clone() />
                {(!question.ever_shown).then(|| view! { <Remove prepared question /> })}
            </span>
        }
    });
    view! {
        <li class="chosen-one" data-question=id.to_string()>
            <span class="chosen-place">{place + 1}</span>
            <span class="chosen-title">{title}</span>
            {state.map(|(kind, text)| view! { <Pill kind text /> })}
            <Pill kind=PillKind::Plain text=(sentences.kind_of)(kind) />
            {tools}
        </li>
    }
}

#[component]
fn Move(
    prepared: Prepared,
    place: usize,
    count: usize,
    up: bool,
    question: InterviewQuestionDetails,
) -> impl IntoView {
    let sentences = &use_messages().questions;
    let (direction, posted, icon) = if up {
        (Direction::Up, "up", IconName::ChevronUp)
    } else {
        (Direction::Down, "down", IconName::ChevronDown)
    };
    let label = if up {
        (sentences.move_up)(&question.title)
    } else {
        (sentences.move_down)(&question.title)
    };
    let at_end = if up { place == 0 } else { place + 1 == count };
    let id = question.id;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if at_end {
            return;
        }
        let to = if up { place } else { place + 2 };
        let told = (sentences.moved)(&question.title, to, count);
        spawn_local(async move {
            let answer = move_interview_question(prepared.number, id, direction).await;
            if prepared.after(answer).await {
                prepared.told.try_set(told);
                focus_after_move(id.0, up);
            }
        });
    };
    view! {
        <form method="post" action=MoveInterviewQuestion::PATH on:submit=submit>
            <input type="hidden" name="number" value=prepared.number.to_string() />
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="direction" value=posted />
            <button
                class="button quiet icon-only"
                id=move_id(id.0, up)
                aria-label=label
                aria-disabled=at_end.then_some("true")
            >
                <Icon name=icon />
            </button>
        </form>
    }
}

#[component]
fn Remove(prepared: Prepared, question: InterviewQuestionDetails) -> impl IntoView {
    let sentences = &use_messages().questions;
    let id = question.id;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let answer = remove_interview_question(prepared.number, id).await;
            prepared.after(answer).await;
        });
    };
    view! {
        <form method="post" action=RemoveInterviewQuestion::PATH on:submit=submit>
            <input type="hidden" name="number" value=prepared.number.to_string() />
            <input type="hidden" name="id" value=id.to_string() />
            <button
                class="button quiet icon-only"
                aria-label=(sentences.remove)(&question.title)
            >
                <Icon name=IconName::Close />
            </button>
        </form>
    }
}
