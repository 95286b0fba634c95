//! The interview that comes next or is on, above everything else.

use leptos::prelude::*;

use crate::{
    api::interviews::InterviewSummary,
    ui::{
        components::{CopyButton, Pill, PillKind, Until},
        use_messages,
    },
};

/// When, what, with whom, and the way in.
#[component]
pub fn Banner(interview: InterviewSummary) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.interviews;
    let minutes = (messages.time.minutes)(interview.minutes);
    let people = if interview.people.is_empty() {
        minutes
    } else {
        format!("{} · {minutes}", (messages.common.list)(&interview.people))
    };
    let number = interview.number;
    view! {
        <section class="banner" aria-label=sentences.next>
            <div class="banner-what">
                <p class="muted">
                    <Until interview=interview.clone() />
                </p>
                <h2>
                    <a href=format!("/interviews/{number}")>{interview.title}</a>
                </h2>
                <p class="muted">{people}</p>
            </div>
            <div class="banner-do">
                <Pill kind=PillKind::Plain text=number.spaced() />
                <CopyButton text=format!("/join/{number}") label=sentences.copy_link />
                <a class="button primary" href=format!("/join/{number}")>
                    {sentences.enter}
                </a>
            </div>
        </section>
    }
}
