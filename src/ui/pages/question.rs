//! One question of the bank, to read, copy, change or delete.

mod parts;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_location, use_params_map};

use self::parts::{Examples, Facts, Starters};
use crate::{
    api::{
        ApiError,
        questions::{CopyQuestion, DeleteQuestion, QuestionDetails, find_question},
    },
    model::QuestionId,
    ui::{
        components::{
            Alert, AlertKind, AskToSignIn, Confirm, FailureAlert, Layout, LoadFailed, Pill,
            PillKind, Prose, Question,
        },
        query::Query,
        use_messages, use_viewer,
    },
};

/// The question that the page's address names.
pub fn use_question() -> Resource<Result<QuestionDetails, ApiError>> {
    let parameters = use_params_map();
    Resource::new_blocking(
        move || parameters.read().get("id").unwrap_or_default(),
        |id| async move {
            match id.parse::<i64>() {
                Ok(id) => find_question(QuestionId(id)).await,
                Err(_) => Err(ApiError::NotFound),
            }
        },
    )
}

/// `/questions/{id}`.
#[component]
pub fn QuestionPage() -> impl IntoView {
    if use_viewer().account.is_none() {
        return view! { <AskToSignIn /> }.into_any();
    }
    let question = use_question();
    let search = use_location().search;
    let sentences = &use_messages().questions;
    view! {
        <Layout title=sentences.questions>
            {move || view! { <Notices query=Query::parse(&search.read()) /> }}
            <Suspense>
                {move || Suspend::new(async move {
                    match question.await {
                        Ok(question) => view! { <Content question /> }.into_any(),
                        Err(error) => view! { <LoadFailed error /> }.into_any(),
                    }
                })}
            </Suspense>
        </Layout>
    }
    .into_any()
}

#[component]
fn Notices(query: Query) -> impl IntoView {
    let sentences = &use_messages().questions;
    let told = [
        ("created", sentences.created),
        ("saved", sentences.saved),
        ("copied", sentences.copied),
    ];
    let good = told
        .into_iter()
        .find(|(name, _)| query.find(name).is_some())
        .map(|(_, text)| view! { <Alert kind=AlertKind::Good>{text}</Alert> });
    let failures = [CopyQuestion::PATH, DeleteQuestion::PATH]
        .map(|path| view! { <FailureAlert failure=query.failure(path) /> });
    view! {
        {good}
        {failures.collect_view()}
    }
}

#[component]
fn Content(question: QuestionDetails) -> impl IntoView {
    let sentences = &use_messages().questions;
    let content = if question.content_html.trim().is_empty() {
        view! { <p class="muted">{sentences.no_content}</p> }.into_any()
    } else {
        view! { <Prose html=question.content_html.clone() /> }.into_any()
    };
    let answer = (!question.reference_answer_html.trim().is_empty()).then(|| {
        view! {
            <section class="card stack" id="reference-answer">
                <div class="question-meta">
                    <h2>{sentences.reference_answer}</h2>
                    <Pill kind=PillKind::Warning text=sentences.for_interviewers />
                </div>
                <Prose html=question.reference_answer_html.clone() />
            </section>
        }
    });
    view! {
        <Head question=question.clone() />
        <div class="columns">
            <div class="stack wide">
                <section class="card" id="content" aria-label=sentences.content>
                    {content}
                </section>
                <Starters starters=question.starters.clone() />
                <Examples examples=question.examples.clone() />
                {answer}
            </div>
            <div class="stack">
                <Facts question />
            </div>
        </div>
    }
}

#[component]
fn Head(question: QuestionDetails) -> impl IntoView {
    let sentences = &use_messages().questions;
    let (sharing, label) = if question.public {
        (PillKind::Accent, sentences.public)
    } else {
        (PillKind::Plain, sentences.private)
    };
    view! {
        <header class="question-head">
            <div>
                <h1>{question.title.clone()}</h1>
                <p class="question-meta">
                    <Pill kind=PillKind::Plain text=(sentences.kind_of)(question.kind) />
                    <Pill kind=sharing text=label />
                </p>
            </div>
            <div class="actions">
                {question
                    .mine
                    .then(|| {
                        view! {
                            <a class="button primary" href=format!("/questions/{}/edit", question.id)>
                                {sentences.edit}
                            </a>
                        }
                    })}
                <form method="post" action=CopyQuestion::PATH>
                    <input type="hidden" name="id" value=question.id.to_string() />
                    <button class="button">{sentences.copy}</button>
                </form>
                {question.mine.then(|| view! { <Delete id=question.id /> })}
            </div>
        </header>
    }
}

#[component]
fn Delete(id: QuestionId) -> impl IntoView {
    let sentences = &use_messages().questions;
    let question = Question {
        label: sentences.delete,
        title: sentences.delete_question.into(),
        text: sentences.delete_text,
        confirm: sentences.delete_confirm,
        action: DeleteQuestion::PATH,
        fields: vec![("id", id.to_string())],
    };
    view! { <Confirm question /> }
}
