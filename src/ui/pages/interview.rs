//! One interview: what was booked, how to get in, who takes part, what came of it.

mod facts;
mod links;
mod note;
mod participants;
mod questions;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use self::{
    facts::Facts, links::Links, note::Note, participants::Participants, questions::Questions,
};
use crate::{
    api::{
        ApiError,
        interviews::{CancelInterview, InterviewDetails, load_interview},
    },
    model::{InterviewNumber, InterviewState},
    ui::{
        components::{
            Alert, AlertKind, AskToSignIn, Confirm, FailureAlert, Layout, LoadFailed, LocalTime,
            Pill, PillKind, Question,
        },
        query::{Query, use_query},
        use_messages, use_viewer,
    },
};

/// The interview that the page's address names.
pub fn use_interview() -> Resource<Result<InterviewDetails, ApiError>> {
    let parameters = use_params_map();
    Resource::new_blocking(
        move || parameters.read().get("number").unwrap_or_default(),
        |number| async move {
            match number.parse::<InterviewNumber>() {
                Ok(number) => load_interview(number).await,
                Err(_) => Err(ApiError::NotFound),
            }
        },
    )
}

/// True for whom the booking is, while it can be changed.
pub fn may_change(interview: &InterviewDetails) -> bool {
    interview.my_role.may_edit_booking() && is_ahead(interview)
}

fn is_ahead(interview: &InterviewDetails) -> bool {
    !interview.cancelled && interview.state == InterviewState::NotStarted
}

/// `/interviews/{number}`.
#[component]
pub fn InterviewPage() -> impl IntoView {
    if use_viewer().account.is_none() {
        return view! { <AskToSignIn /> }.into_any();
    }
    let interview = use_interview();
    let query = use_query();
    let common = &use_messages().common;
    view! {
        <Layout title=common.interviews>
            <Suspense>
                {move || {
                    let query = query.clone();
                    Suspend::new(async move {
                        match interview.await {
                            Ok(interview) => view! { <Content interview query /> }.into_any(),
                            Err(error) => view! { <LoadFailed error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </Layout>
    }
    .into_any()
}

#[component]
fn Content(interview: InterviewDetails, query: Query) -> impl IntoView {
    let hosting = interview.my_role.may_edit_booking();
    let links = hosting.then(|| view! { <Links interview=interview.clone() /> });
    let questions = interview.my_role.is_interviewer().then(|| {
        view! { <Questions interview=interview.clone() query=query.clone() /> }
    });
    view! {
        <leptos_meta::Title text=interview.title.clone() />
        <Notices query=query.clone() />
        <Head interview=interview.clone() />
        <div class="columns">
            <div class="stack wide">
                {links}
                {questions}
                <Participants interview=interview.clone() query=query.clone() />
            </div>
            <div class="stack">
                <Facts interview=interview.clone() />
                <Note interview query />
            </div>
        </div>
    }
}

#[component]
fn Notices(query: Query) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let failure = query.failure(CancelInterview::PATH);
    let good = if query.find("booked").is_some() {
        Some(sentences.booked)
    } else {
        match query.find("saved") {
            Some("mark") => Some(sentences.note_saved),
            Some(_) => Some(sentences.saved),
            None => None,
        }
    };
    view! {
        {good.map(|text| view! { <Alert kind=AlertKind::Good>{text}</Alert> })}
        <FailureAlert failure />
    }
}

#[component]
fn Head(interview: InterviewDetails) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.interviews;
    let number = interview.number;
    let (kind, state) = if interview.cancelled {
        (PillKind::Bad, sentences.cancelled)
    } else if interview.open {
        (PillKind::Accent, sentences.open_now)
    } else {
        (PillKind::Plain, (sentences.state)(interview.state))
    };
    let enter = is_ahead(&interview).then(|| {
        view! {
            <a class="button primary" href=format!("/join/{number}")>
                {sentences.enter}
            </a>
        }
    });
    view! {
        <header class="interview-head">
            <div class="interview-what">
                <h1>{interview.title.clone()}</h1>
                <p class="muted">
                    <LocalTime moment=interview.starts_at until=interview.ends_at />
                    " · "
                    {(sentences.host)(&interview.host)}
                </p>
            </div>
            <p class="interview-number">
                <span class="visually-hidden">{messages.common.number}</span>
                <strong class="number">{number.spaced()}</strong>
                <Pill kind text=state />
            </p>
            <div class="actions">{enter} <Changes interview /></div>
        </header>
    }
}

#[component]
fn Changes(interview: InterviewDetails) -> impl IntoView {
    let sentences = &use_messages().interviews;
    may_change(&interview).then(|| {
        let question = Question {
            label: sentences.cancel,
            title: sentences.cancel_question.into(),
            text: sentences.cancel_text,
            confirm: sentences.cancel_confirm,
            action: CancelInterview::PATH,
            fields: vec![("number", interview.number.to_string())],
        };
        view! {
            <a class="button" href=format!("/interviews/{}/edit", interview.number)>
                {sentences.edit}
            </a>
            <Confirm question />
        }
    })
}
