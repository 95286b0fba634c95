//! Who takes part: inviting, personal links, results, taking people off the list.

mod person;

use leptos::{prelude::*, server_fn::ServerFn};

use self::person::Person;
use super::may_change;
use crate::{
    api::{
        interviews::InterviewDetails,
        participants::{Invite, RecordResult, RemoveParticipant, SetGuestLink, SetPersonalLink},
    },
    model::{self, InterviewNumber, Role},
    ui::{
        components::{FailureAlert, Field, SelectField, role_choices},
        query::Query,
        use_messages,
    },
};

/// The list, and for the main interviewer a form to add to it.
#[component]
pub fn Participants(interview: InterviewDetails, query: Query) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let changing = may_change(&interview);
    let (number, role) = (interview.number, interview.my_role);
    let failures = [
        RecordResult::PATH,
        RemoveParticipant::PATH,
        SetGuestLink::PATH,
        SetPersonalLink::PATH,
    ]
    .map(|path| view! { <FailureAlert failure=query.failure(path) /> });
    let people = interview
        .participants
        .into_iter()
        .map(|person| view! { <Person number person my_role=role changing /> });
    view! {
        <section class="card stack" id="participants">
            <h2>{sentences.participants}</h2>
            {failures.collect_view()}
            <ul class="people" role="list">
                {people.collect_view()}
            </ul>
            {changing.then(|| view! { <InviteForm number query /> })}
        </section>
    }
}

#[component]
fn InviteForm(number: InterviewNumber, query: Query) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.interviews;
    let failure = query.failure(Invite::PATH);
    let value = |name: &str| query.get(name).to_owned();
    let by_name = failure.happened() && !value("name").is_empty();
    let way = move |label: &'static str, by_name: bool, open: bool, children: AnyView| {
        view! {
            <details class="unfold" open=open>
                <summary>{label}</summary>
                <form class="invite-form" method="post" action=Invite::PATH>
                    <input type="hidden" name="number" value=number.to_string() />
                    {children}
                    <SelectField
                        name=if by_name { "guest-role" } else { "user-role" }
                        field="role"
                        label=sentences.role
                        choices=role_choices(messages)
                        selected=Role::Interviewee.number().to_string()
                    />
                    <button class="button">{sentences.invite}</button>
                </form>
            </details>
        }
    };
    let user = view! {
        <Field
            name="user"
            label=sentences.user
            value=value("user")
            hint=sentences.user_hint
            autocomplete="off"
            problem=failure.of(model::Field::Invitee)
        />
    }
    .into_any();
    let guest = view! {
        <Field
            name="name"
            label=sentences.guest
            value=value("name")
            hint=sentences.guest_hint
            autocomplete="off"
            maxlength=Some(60)
            problem=failure.of(model::Field::Name)
        />
    }
    .into_any();
    let refused = failure.happened();
    view! {
        <div class="stack tight">
            <h3>{sentences.invite}</h3>
            <FailureAlert failure />
            {way(sentences.invite_by_account, false, refused && !by_name, user)}
            {way(sentences.invite_by_name, true, by_name, guest)}
        </div>
    }
}
