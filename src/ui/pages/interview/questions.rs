//! The questions prepared for an interview: their order, and adding and taking off. Interviewers only.

mod find;
mod row;

use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};

use self::{find::FindInBank, row::Row};
use super::is_ahead;
use crate::{
    api::{
        ApiError,
        interview_questions::{
            AddInterviewQuestion, InterviewQuestionDetails, MoveInterviewQuestion,
            RemoveInterviewQuestion, interview_questions,
        },
        interviews::InterviewDetails,
    },
    model::{Field, InterviewNumber, question::MOST_QUESTIONS},
    ui::{
        components::{FailureAlert, LoadFailed, QuestionAdder},
        query::{Failure, Query},
        use_messages,
    },
};

/// What the section knows of itself; everything in it is copied freely.
#[derive(Clone, Copy)]
struct Prepared {
    number: InterviewNumber,
    rows: RwSignal<Vec<InterviewQuestionDetails>>,
    /// Why the last change was refused.
    failure: RwSignal<Option<ApiError>>,
    /// What screen readers are told after a change.
    told: RwSignal<String>,
}

impl Prepared {
    /// Asks the server for the list again.
    fn reload(self) {
        spawn_local(async move {
            let answer = interview_questions(self.number).await;
            // The page may have been left while the server was thinking.
            let _ = match answer {
                Ok(rows) => self.rows.try_set(rows).is_some(),
                Err(error) => self.failure.try_set(Some(error)).is_some(),
            };
        });
    }

    /// Takes what the server answered to a change, and what the list is by now.
    async fn after<T>(self, answer: Result<T, ApiError>) -> bool {
        let done = answer.is_ok();
        if self.failure.try_set(answer.err()).is_some() {
            return false;
        }
        if let Ok(rows) = interview_questions(self.number).await {
            self.rows.try_set(rows);
        }
        done
    }
}

/// The list, once it is loaded.
#[component]
pub fn Questions(interview: InterviewDetails, query: Query) -> impl IntoView {
    let sentences = &use_messages().questions;
    let number = interview.number;
    let changing = is_ahead(&interview);
    let questions = Resource::new_blocking(|| (), move |()| interview_questions(number));
    view! {
        <section class="card stack" id="questions">
            <h2>{sentences.chosen}</h2>
            <Suspense>
                {move || {
                    let query = query.clone();
                    Suspend::new(async move {
                        match questions.await {
                            Ok(rows) => view! { <List number rows changing query /> }.into_any(),
                            Err(error) => view! { <LoadFailed error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </section>
    }
}

#[component]
fn List(
    number: InterviewNumber,
    rows: Vec<InterviewQuestionDetails>,
    changing: bool,
    query: Query,
) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.questions;
    let prepared = Prepared {
        number,
        rows: RwSignal::new(rows),
        failure: RwSignal::new(None),
        told: RwSignal::new(String::new()),
    };
    let list = move || {
        let rows = prepared.rows.get();
        let count = rows.len();
        let rows = rows.into_iter().enumerate().map(|(place, question)| {
            view! { <Row prepared place count question changing /> }
        });
        rows.collect_view()
    };
    let none = move || {
        let empty = prepared.rows.read().is_empty();
        empty.then(|| view! { <p class="muted">{sentences.none_chosen}</p> })
    };
    view! {
        <Refusals query=query.clone() />
        {move || view! { <FailureAlert failure=Failure(prepared.failure.get()) /> }}
        {none}
        <ol class="chosen" role="list">
            {list}
        </ol>
        <p class="visually-hidden" role="status">
            {prepared.told}
        </p>
        <p class="field-hint">{sentences.interviewers_only}</p>
        {changing.then(|| view! { <Adding prepared query /> })}
    }
}

/// Why a form without script came back.
#[component]
fn Refusals(query: Query) -> impl IntoView {
    let messages = use_messages();
    let adding = query.failure(AddInterviewQuestion::PATH);
    let problem = adding.of(Field::Questions).map(|problem| {
        view! { <p class="field-problem">{(messages.problem.field)(problem)}</p> }
    });
    let others = [MoveInterviewQuestion::PATH, RemoveInterviewQuestion::PATH]
        .map(|path| view! { <FailureAlert failure=query.failure(path) /> });
    view! {
        <FailureAlert failure=adding />
        {problem}
        {others.collect_view()}
    }
}

#[component]
fn Adding(prepared: Prepared, query: Query) -> impl IntoView {
    let sentences = &use_messages().questions;
    let chosen = Signal::derive(move || {
        let rows = prepared.rows.read();
        rows.iter().map(|row| row.question).collect::<Vec<_>>()
    });
    let full = move || prepared.rows.read().len() >= MOST_QUESTIONS as usize;
    let number = prepared.number;
    view! {
        <Show
            when=move || !full()
            fallback=move || view! { <p class="muted">{(sentences.full)(MOST_QUESTIONS)}</p> }
        >
            <QuestionAdder number chosen on_added=move |()| prepared.reload() />
            <div class="without-script">
                <FindInBank number query=query.clone() />
            </div>
        </Show>
    }
}
