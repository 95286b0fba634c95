//! Why somebody may not enter now, and what to do next: one page for each reason.

use leptos::prelude::*;

use super::{super::check::check_path, countdown::Countdown};
use crate::{
    api::join::Invitation,
    messages::JoinMessages,
    model::{Refusal, Timestamp},
    ui::{
        components::{Icon, IconName, Layout, LocalTime, ZoneName},
        query::encoded,
        use_messages, use_viewer,
    },
};

fn sentences_of(refusal: Refusal, sentences: &JoinMessages) -> (&'static str, &'static str) {
    match refusal {
        Refusal::Unknown => (sentences.unknown, sentences.unknown_next),
        Refusal::TooEarly { .. } => (sentences.too_early, sentences.opens_by_itself),
        Refusal::Over { expired: false } => (sentences.ended, sentences.ended_next),
        Refusal::Over { expired: true } => (sentences.expired, sentences.expired_next),
        Refusal::Cancelled => (sentences.cancelled, sentences.cancelled_next),
        Refusal::Full => (sentences.full, sentences.full_next),
        Refusal::NotInvited => (sentences.not_invited, sentences.not_invited_next),
        Refusal::SignInNeeded => (sentences.sign_in_needed, sentences.sign_in_needed_next),
        Refusal::TooManyTries { .. } => (sentences.too_many_tries, ""),
    }
}

/// The reason as programs find it on the page.
const fn code(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Unknown => "unknown",
        Refusal::TooEarly { .. } => "too_early",
        Refusal::Over { .. } => "over",
        Refusal::Cancelled => "cancelled",
        Refusal::Full => "full",
        Refusal::NotInvited => "not_invited",
        Refusal::SignInNeeded => "sign_in_needed",
        Refusal::TooManyTries { .. } => "too_many_tries",
    }
}

/// The page of one refusal.
#[component]
pub fn Refused(
    refusal: Refusal,
    interview: Option<Invitation>,
    now: Timestamp,
    /// Of the link that led here; may be empty.
    key: String,
    asked: RwSignal<u32>,
) -> impl IntoView {
    let messages = use_messages();
    let (title, text) = sentences_of(refusal, &messages.join);
    let text = match refusal {
        Refusal::TooManyTries { wait_seconds } => (messages.problem.too_many)(wait_seconds),
        _ => text.to_owned(),
    };
    let countdown = match refusal {
        Refusal::TooEarly { opens_at, .. } => Some(view! { <Countdown opens_at now asked /> }),
        _ => None,
    };
    // Only a script opens the page by itself.
    let by_itself = matches!(refusal, Refusal::TooEarly { .. });
    let number = interview.as_ref().map(|interview| interview.number);
    let check = number
        .filter(|_| by_itself)
        .map(|number| check_path(number, &key));
    let class = if by_itself {
        "muted needs-script"
    } else {
        "muted"
    };
    view! {
        <Layout title=title class="middle">
            <div class="message" data-refusal=code(refusal)>
                <h1>{title}</h1>
                {interview.map(|interview| view! { <Invited interview /> })}
                {countdown}
                <p class=class>{text}</p>
                {by_itself.then(|| view! { <LoadAgain /> })}
                {check.map(|path| view! { <CheckLink path words=messages.check.check_now /> })}
                <NextStep refusal asked />
            </div>
        </Layout>
    }
}

/// What to do at the opening without script.
#[component]
fn LoadAgain() -> impl IntoView {
    let sentences = &use_messages().join;
    view! {
        <p class="muted without-script">
            {sentences.load_when_open} " "
            <a href="" rel="external">
                {sentences.load_again}
            </a>
        </p>
    }
}

/// The way to the check of devices and network.
#[component]
pub fn CheckLink(path: String, words: &'static str) -> impl IntoView {
    view! {
        <a class="button" href=path data-action="check">
            <Icon name=IconName::Settings />
            {words}
        </a>
    }
}

/// To what somebody is invited, and when that is.
#[component]
pub fn Invited(interview: Invitation) -> impl IntoView {
    let sentences = &use_messages().join;
    view! {
        <div class="card invited">
            <p class="muted">{(sentences.host_invites)(&interview.host)}</p>
            <h2>{interview.title}</h2>
            <p class="muted">
                <LocalTime moment=interview.starts_at until=interview.ends_at />
                ", "
                <ZoneName />
            </p>
        </div>
    }
}

#[component]
fn NextStep(refusal: Refusal, asked: RwSignal<u32>) -> impl IntoView {
    let messages = use_messages();
    let location = leptos_router::hooks::use_location();
    let here = location.pathname.get_untracked();
    let here = match location.search.get_untracked() {
        search if search.is_empty() => here,
        search => format!("{here}?{search}"),
    };
    let sign_in = format!("/sign-in?next={}", encoded(&here));
    let visitor = use_viewer().account.is_none();
    match refusal {
        Refusal::Unknown => view! {
            <a class="button" href="/join">
                {messages.join.another_number}
            </a>
        }
        .into_any(),
        Refusal::Full => view! {
            // Without scripts the link loads the page again, which asks as well.
            <a
                class="button"
                href=here
                on:click=move |event| {
                    event.prevent_default();
                    asked.update(|times| *times += 1);
                }
            >
                {messages.common.try_again}
            </a>
        }
        .into_any(),
        Refusal::SignInNeeded => view! {
            <a class="button primary" href=sign_in>
                {messages.common.sign_in}
            </a>
        }
        .into_any(),
        Refusal::NotInvited if visitor => view! {
            <p class="muted">{messages.join.not_invited_sign_in}</p>
            <a class="button" href=sign_in>
                {messages.common.sign_in}
            </a>
        }
        .into_any(),
        _ => ().into_any(),
    }
}
