//! Writing a new question, for the bank or right for an interview, and changing one.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::question::use_question;
use crate::{
    api::{
        ApiError,
        questions::{ExampleForm, QuestionDetails, QuestionForm, StarterForm},
    },
    model::InterviewNumber,
    ui::{
        components::{
            AskToSignIn, Layout, LoadFailed, QuestionEditorForm, WritingFor, Written,
            posted_question, usual_question,
        },
        query::{Query, use_query},
        use_messages, use_viewer,
    },
};

/// `/questions/new`, and with `?interview=` for that interview.
#[component]
pub fn NewQuestionPage() -> impl IntoView {
    if use_viewer().account.is_none() {
        return view! { <AskToSignIn /> }.into_any();
    }
    let sentences = &use_messages().questions;
    let query = use_query();
    let interview: Option<InterviewNumber> = query
        .find("interview")
        .or(query.find("number"))
        .and_then(|number| number.parse().ok());
    let writing = interview.map_or(WritingFor::Bank, WritingFor::Interview);
    view! {
        <Layout title=sentences.write_title>
            <h1>{sentences.write_title}</h1>
            <Form writing values=usual_question() query />
        </Layout>
    }
    .into_any()
}

/// `/questions/{id}/edit`.
#[component]
pub fn EditQuestionPage() -> impl IntoView {
    if use_viewer().account.is_none() {
        return view! { <AskToSignIn /> }.into_any();
    }
    let sentences = &use_messages().questions;
    let query = use_query();
    let question = use_question();
    view! {
        <Layout title=sentences.edit_title>
            <Suspense>
                {move || {
                    let query = query.clone();
                    Suspend::new(async move {
                        let error = match question.await {
                            Ok(question) if question.mine => {
                                let writing = WritingFor::Question(question.id);
                                return view! {
                                    <h1>{sentences.edit_title}</h1>
                                    <Form writing values=stored(question) query />
                                }
                                    .into_any();
                            }
                            Ok(_) => ApiError::Forbidden,
                            Err(error) => error,
                        };
                        view! { <LoadFailed error /> }.into_any()
                    })
                }}
            </Suspense>
        </Layout>
    }
    .into_any()
}

fn stored(question: QuestionDetails) -> QuestionForm {
    let checked = |yes: bool| if yes { "1".to_owned() } else { String::new() };
    let starters = question.starters.into_iter();
    let examples = question.examples.into_iter();
    QuestionForm {
        kind: question.kind.number().to_string(),
        title: question.title,
        content: question.content,
        reference_answer: question.reference_answer,
        starters: starters
            .map(|starter| StarterForm {
                language: starter.language.name().to_owned(),
                code: starter.code,
            })
            .collect(),
        examples: examples
            .map(|example| ExampleForm {
                input: example.input,
                output: example.output,
                hidden: checked(example.hidden),
            })
            .collect(),
        public: checked(question.public),
    }
}

#[component]
fn Form(writing: WritingFor, values: QuestionForm, query: Query) -> impl IntoView {
    let sentences = &use_messages().questions;
    let failure = query.failure(writing.path());
    let values = if failure.happened() {
        posted_question(&query)
    } else {
        values
    };
    let (label, back) = match writing {
        WritingFor::Bank => (sentences.save_new, "/questions".to_owned()),
        WritingFor::Question(id) => (sentences.save, format!("/questions/{id}")),
        WritingFor::Interview(number) => (
            sentences.write_and_add,
            format!("/interviews/{number}#questions"),
        ),
    };
    let navigate = use_navigate();
    let written = Callback::new(move |(written, _)| {
        let path = match (written, writing) {
            (Written::InBank(id), WritingFor::Question(_)) => format!("/questions/{id}?saved=1"),
            (Written::InBank(id), _) => format!("/questions/{id}?created=1"),
            (Written::InInterview(_), WritingFor::Interview(number)) => {
                format!("/interviews/{number}#questions")
            }
            (Written::InInterview(_), _) => "/questions".to_owned(),
        };
        navigate(&path, NavigateOptions::default());
    });
    view! {
        <section class="card">
            <QuestionEditorForm writing values failure on_written=written>
                <button class="button primary">{label}</button>
                <a class="button quiet" href=back>
                    {sentences.discard}
                </a>
            </QuestionEditorForm>
        </section>
    }
}
