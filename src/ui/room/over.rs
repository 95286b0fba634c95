//! The page that follows a visit, or stands in its place: why, and what to do next.

use leptos::{html, prelude::*};

use super::{ask_again::AskAgain, files::ReceivedFiles, frame::Myself, use_room};
use crate::{
    browser::room::Ending,
    messages::{ChargeMessages, Messages, OverMessages},
    model::{InterviewNumber, Refusal},
    protocol::EndReason,
    ui::{use_messages, use_viewer},
};

/// What can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remedy {
    None,
    /// Ask again to be let in.
    Ask,
    /// Enter again, under this word.
    Enter(&'static str),
    Reload,
    JoinPage,
    /// The page that asks for a number.
    OtherNumber,
    SignIn,
}

/// Title, explanation, remedy.
type Words = (&'static str, String, Remedy);

/// Says why the visit is over.
#[component]
pub fn OverPage(ending: Ending) -> impl IntoView {
    let number = expect_context::<Myself>().number;
    let messages = use_messages();
    let why = ending.name();
    let (title, more, remedy) = words_of_ending(&ending, messages);
    let quote = match ending {
        Ending::Refused { reason, .. } => reason,
        _ => String::new(),
    };
    view! { <OverCard number title more quote remedy why=Some(why) /> }
}

/// Says why somebody may not enter at all.
#[component]
pub fn TurnedAway(number: InterviewNumber, refusal: Refusal) -> impl IntoView {
    let over = &use_messages().room.over;
    let (title, more, remedy) = words_of_refusal(refusal, over);
    view! { <OverCard number title more quote=String::new() remedy why=None /> }
}

/// `why` is the name of the ending of a visit; None when there was none, and no device to release. `quote`
/// is what a person said about it, or empty.
#[component]
fn OverCard(
    number: InterviewNumber,
    title: &'static str,
    more: String,
    quote: String,
    remedy: Remedy,
    why: Option<&'static str>,
) -> impl IntoView {
    let over = &use_messages().room.over;
    let again = use_messages().charge.refused_more;
    let released = why.is_some();
    let signed_in = use_viewer().account.is_some();
    let heading = NodeRef::<html::H1>::new();
    // The room is gone, and the focus with it: readers begin at the reason.
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| released) {
            // Focus fails only for an element that is not shown.
            let _ = heading.focus();
        }
    });
    view! {
        <main class="room-over" data-phase="over" data-why=why>
            <div class="card room-over-card">
                <h1 node_ref=heading tabindex="-1">
                    {title}
                </h1>
                <p>{more}</p>
                {(!quote.is_empty())
                    .then(|| {
                        view! {
                            <blockquote class="room-over-quote">{quote}</blockquote>
                            <p>{again}</p>
                        }
                    })}
                {released.then(|| view! { <p class="muted">{over.devices_released}</p> })}
                {released.then(|| view! { <ReceivedFiles /> })}
                <div class="room-over-actions">
                    <RemedyButton number remedy />
                    {(signed_in && released)
                        .then(|| {
                            view! {
                                <a class="button" href=format!("/interviews/{number}")>
                                    {over.to_interview}
                                </a>
                            }
                        })}
                    {signed_in
                        .then(|| {
                            view! {
                                <a class="button quiet" href="/interviews">
                                    {over.to_interviews}
                                </a>
                            }
                        })}
                </div>
                {(!signed_in && remedy == Remedy::None)
                    .then(|| view! { <p class="muted">{over.close_tab}</p> })}
            </div>
        </main>
    }
}

#[component]
fn RemedyButton(number: InterviewNumber, remedy: Remedy) -> impl IntoView {
    let over = &use_messages().room.over;
    let link = |address: String, words: &'static str| {
        view! { <a class="button primary" href=address>{words}</a> }.into_any()
    };
    match remedy {
        Remedy::None => ().into_any(),
        Remedy::Ask => view! { <AskAgain /> }.into_any(),
        Remedy::Enter(words) => view! { <EnterButton words /> }.into_any(),
        Remedy::Reload => {
            // A plain reload brings the program that fits the server.
            let reload = move |_| {
                let _ = window().location().reload();
            };
            view! {
                <button type="button" class="button primary" on:click=reload>
                    {over.load_again}
                </button>
            }
            .into_any()
        }
        Remedy::JoinPage => link(format!("/join/{number}"), over.to_join_page),
        Remedy::OtherNumber => link("/join".to_owned(), over.to_join_page),
        Remedy::SignIn => link(format!("/sign-in?next=/join/{number}"), over.sign_in),
    }
}

#[component]
fn EnterButton(words: &'static str) -> impl IntoView {
    let room = use_room();
    view! {
        <button type="button" class="button primary" on:click=move |_| room.enter_again()>
            {words}
        </button>
    }
}

/// Leads over to the reason that was given, or stands in for it.
fn words_of_answer(by: &str, reason: &str, messages: &ChargeMessages) -> String {
    if by.is_empty() || reason.is_empty() {
        messages.refused_more.to_owned()
    } else {
        (messages.refused_by)(by)
    }
}

fn words_of_ending(ending: &Ending, messages: &Messages) -> Words {
    let (over, charge) = (&messages.room.over, &messages.charge);
    let (title, more, remedy) = match ending {
        Ending::Ended(EndReason::ByInterviewer { name }) => {
            return (over.ended, (over.ended_by)(name), Remedy::None);
        }
        Ending::Refused { by, reason } => {
            return (
                charge.refused,
                words_of_answer(by, reason, charge),
                Remedy::Ask,
            );
        }
        Ending::Removed => (charge.removed, charge.removed_more, Remedy::None),
        Ending::ShutOut(refusal) => return words_of_refusal(*refusal, over),
        Ending::Ended(EndReason::Expired {}) => (over.expired, over.expired_more, Remedy::None),
        Ending::Ended(EndReason::Cancelled {}) => {
            (over.cancelled, over.cancelled_more, Remedy::None)
        }
        Ending::Left => (over.left, over.left_more, Remedy::Enter(over.come_back)),
        Ending::Replaced => (
            over.replaced,
            over.replaced_more,
            Remedy::Enter(over.use_it_here),
        ),
        Ending::SignedOut => (over.signed_out, over.signed_out_more, Remedy::SignIn),
        Ending::NotAdmitted => (over.not_admitted, over.not_admitted_more, Remedy::JoinPage),
        Ending::OutOfDate => (over.out_of_date, over.out_of_date_more, Remedy::Reload),
        Ending::Failed => (over.failed, over.failed_more, Remedy::Enter(over.try_again)),
    };
    (title, more.to_owned(), remedy)
}

fn words_of_refusal(refusal: Refusal, over: &OverMessages) -> Words {
    let (title, more, remedy) = match refusal {
        Refusal::Unknown => (over.unknown, over.unknown_more, Remedy::OtherNumber),
        Refusal::TooEarly { .. } => (over.too_early, over.too_early_more, Remedy::JoinPage),
        Refusal::Over { expired: true } => (over.expired, over.expired_more, Remedy::None),
        Refusal::Over { expired: false } => (over.ended, over.ended_more, Remedy::None),
        Refusal::Cancelled => (over.cancelled, over.cancelled_more, Remedy::None),
        Refusal::Full => (over.full, over.full_more, Remedy::JoinPage),
        Refusal::NotInvited => (over.not_admitted, over.not_admitted_more, Remedy::JoinPage),
        Refusal::SignInNeeded => (over.sign_in_needed, over.signed_out_more, Remedy::SignIn),
        Refusal::TooManyTries { .. } => (over.too_many, over.too_many_more, Remedy::JoinPage),
    };
    (title, more.to_owned(), remedy)
}
