//! The links that are not anybody's own: for invited accounts and for guests.

use leptos::{prelude::*, server_fn::ServerFn};

use super::may_change;
use crate::{
    api::{interviews::InterviewDetails, participants::SetGuestLink},
    model::InterviewNumber,
    ui::{components::LinkRow, use_messages},
};

/// Both links; the main interviewer switches the guests' on and off.
#[component]
pub fn Links(interview: InterviewDetails) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let number = interview.number;
    let changing = may_change(&interview);
    let guest = match interview.guest_link {
        Some(link) => view! {
            <LinkRow name=sentences.guest_link link />
            <p class="field-hint">{sentences.guest_link_hint}</p>
            {changing
                .then(|| {
                    view! {
                        <div class="actions">
                            <Switch number on="1" label=sentences.renew />
                            <Switch number on="" label=sentences.switch_off />
                        </div>
                    }
                })}
        }
        .into_any(),
        None => view! {
            <div class="actions">
                <span class="muted">{sentences.guest_link_off}</span>
                {changing.then(|| view! { <Switch number on="1" label=sentences.switch_on /> })}
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="card stack" id="links">
            <h2>{sentences.links}</h2>
            <div class="link-block">
                <h3>{sentences.join_link}</h3>
                <LinkRow name=sentences.join_link link=interview.join_link />
                <p class="field-hint">{sentences.join_link_hint}</p>
            </div>
            <div class="link-block">
                <h3>{sentences.guest_link}</h3>
                {guest}
            </div>
        </section>
    }
}

#[component]
fn Switch(number: InterviewNumber, on: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=SetGuestLink::PATH>
            <input type="hidden" name="number" value=number.to_string() />
            <input type="hidden" name="on" value=on />
            <button class="button small">{label}</button>
        </form>
    }
}
