//! Where questions are answered: the question, its answer, running code. Shows what `browser::room`
//! knows of them; the text itself belongs to the editor.

mod answer;
mod examples;
mod foot;
mod language;
mod notes;
mod output;
mod preview;
mod question;
mod run;
mod saved;
mod settings;
mod tabs;
mod whose;

use leptos::prelude::*;

pub(super) use examples::Examples;
pub(super) use notes::NotesShown;

use self::{
    answer::Answer, foot::Foot, output::Output, question::Question, tabs::WorkTabs, whose::Whose,
};
use super::{use_room, view_state::ViewState};
use crate::{
    browser::room::RoomClient,
    model::{CodeLanguage, InterviewQuestionId, QuestionKind},
    protocol::{AnswerKey, RunId},
    ui::use_messages,
};

/// What this person does with the answer in front; nothing that others see.
#[derive(Clone, Copy, Debug)]
struct Desk {
    /// A text is shown as it will be read.
    preview: RwSignal<bool>,
    /// The program gets an input of the person's own.
    own_input: RwSignal<bool>,
    input: RwSignal<String>,
    /// The run whose output the person closed.
    closed: RwSignal<Option<RunId>>,
}

impl Desk {
    fn new() -> Self {
        Self {
            preview: RwSignal::new(false),
            own_input: RwSignal::new(false),
            input: RwSignal::new(String::new()),
            closed: RwSignal::new(None),
        }
    }
}

fn use_desk() -> Desk {
    expect_context()
}

/// The question in front and its answer. The style sheet shows it while there is one.
#[component]
pub fn Work() -> impl IntoView {
    let room = use_room();
    let answers = room.store.answers;
    let messages = &use_messages().work;
    provide_context(Desk::new());
    view! {
        <section class="room-work" aria-label=messages.work>
            <Show when=move || answers.question.get().is_some()>
                <div class="work-head">
                    <WorkTabs />
                    <Whose />
                </div>
                <div class="work-body" id=tabs::PANEL role="tabpanel">
                    {move || answers.question.get().map(|id| view! { <Question id /> })}
                    <div class="work-answer">
                        {move || match answers.at.get() {
                            Some(key) => view! { <AnswerArea key /> }.into_any(),
                            None => {
                                view! { <p class="work-nobody muted">{messages.nobody}</p> }
                                    .into_any()
                            }
                        }}
                    </div>
                </div>
            </Show>
        </section>
    }
}

/// One answer, from the editor to what running it said.
#[component]
fn AnswerArea(key: AnswerKey) -> impl IntoView {
    let desk = use_desk();
    desk.preview.set(false);
    let kind = kind_of(use_room(), key.question);
    let coding = Memo::new(move |_| kind.get() == Some(QuestionKind::Coding));
    view! {
        <Answer key />
        <Show when=move || coding.get()>
            <Output />
        </Show>
        <Foot kind />
    }
}

fn kind_of(room: RoomClient, question: InterviewQuestionId) -> Memo<Option<QuestionKind>> {
    Memo::new(move |_| room.store.answers.find(question).map(|shown| shown.kind))
}

/// The language of the answer in front. Reactive.
fn language_of_answer(room: RoomClient) -> Option<CodeLanguage> {
    room.store
        .answers
        .writing
        .with(|writing| writing.as_ref()?.language)
}

/// Brings the first question to the front, and leaves people alone who are at something else. Called
/// once a page.
pub(super) fn follow_questions(room: RoomClient, view_state: ViewState) {
    let question = room.store.answers.question;
    Effect::new(move |before: Option<bool>| {
        let there = question.get().is_some();
        if there && before == Some(false) {
            view_state.work_wanted.set(true);
        }
        there
    });
    // What is looked at is not new.
    Effect::new(move |_| {
        let new = room.store.answers.new;
        if let Some(question) = question.get()
            && new.with_untracked(|new| new.contains(&question))
        {
            new.update(|new| new.retain(|new| *new != question));
        }
    });
}

/// A sign that there is a question that was not looked at yet.
#[component]
pub fn NewSign() -> impl IntoView {
    let new = use_room().store.answers.new;
    let words = use_messages().work.new;
    move || {
        let count = new.with(Vec::len);
        (count > 0).then(|| {
            view! {
                <span class="room-unread" aria-hidden="true">
                    {count}
                </span>
                <span class="visually-hidden">{words}</span>
            }
        })
    }
}

/// Says aloud, to screen readers only, that a question comes or goes.
#[component]
pub fn SpokenQuestions() -> impl IntoView {
    let answers = use_room().store.answers;
    let messages = &use_messages().work;
    let words = RwSignal::new(String::new());
    Effect::new(move |before: Option<Vec<InterviewQuestionId>>| {
        let shown = answers.shown.get();
        let ids: Vec<_> = shown.iter().map(|question| question.question).collect();
        let before = before.unwrap_or_else(|| ids.clone());
        let came = shown
            .iter()
            .find(|question| !before.contains(&question.question));
        if let Some(question) = came {
            words.set((messages.came)(&question.title));
        } else if before.iter().any(|id| !ids.contains(id)) {
            words.set(messages.went.to_owned());
        }
        ids
    });
    view! {
        <p class="visually-hidden" role="status" data-spoken-questions="">
            {move || words.get()}
        </p>
    }
}
