//! Adding a question where no script runs: a search of the bank whose results are forms.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{
        interview_questions::AddInterviewQuestion,
        questions::{QuestionRow, Shelf, list_questions},
    },
    model::InterviewNumber,
    ui::{
        components::{LoadFailed, Pill, PillKind},
        query::Query,
        use_messages,
    },
};

/// The search, what it found, and the way to the page that writes a new question.
#[component]
pub fn FindInBank(number: InterviewNumber, query: Query) -> impl IntoView {
    let sentences = &use_messages().questions;
    let search = query.find("find").map(str::to_owned);
    view! {
        <div class="stack tight">
            <form
                class="search"
                method="get"
                action=format!("/interviews/{number}#questions")
                role="search"
            >
                <input
                    type="search"
                    name="find"
                    value=search.clone()
                    placeholder=sentences.list.search_hint
                    aria-label=sentences.find_in_bank
                />
                <button class="button">{sentences.find_in_bank}</button>
            </form>
            {search.map(|search| view! { <Results number search /> })}
            <p>
                <a class="button" href=format!("/questions/new?interview={number}")>
                    {sentences.write}
                </a>
            </p>
        </div>
    }
}

#[component]
fn Results(number: InterviewNumber, search: String) -> impl IntoView {
    let sentences = &use_messages().questions;
    let page = Resource::new_blocking(
        || (),
        move |()| list_questions(search.clone(), None, Shelf::All, 1),
    );
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) if page.rows.is_empty() => {
                        view! { <p class="muted">{sentences.list.none_here}</p> }.into_any()
                    }
                    Ok(page) => {
                        let rows = page.rows.into_iter();
                        let rows = rows.map(|row| view! { <Found number row /> });
                        view! {
                            <ul class="chosen" role="list">
                                {rows.collect_view()}
                            </ul>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <LoadFailed error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Found(number: InterviewNumber, row: QuestionRow) -> impl IntoView {
    let sentences = &use_messages().questions;
    view! {
        <li class="chosen-one">
            <span class="chosen-title">{row.title.clone()}</span>
            <Pill kind=PillKind::Plain text=(sentences.kind_of)(row.kind) />
            <form method="post" action=AddInterviewQuestion::PATH>
                <input type="hidden" name="number" value=number.to_string() />
                <input type="hidden" name="question" value=row.id.to_string() />
                <button class="button small" aria-label=(sentences.add_title)(&row.title)>
                    {sentences.add}
                </button>
            </form>
        </li>
    }
}
