//! One participant in the list.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{
        interviews::ParticipantDetails,
        participants::{RecordResult, RemoveParticipant, SetPersonalLink},
    },
    model::{InterviewNumber, ParticipantId, Role},
    ui::{
        components::{Confirm, LinkRow, Pill, PillKind, Question, initials},
        use_messages,
    },
};

/// Name and role for everybody; the rest as far as `my_role` may see and change it.
#[component]
pub fn Person(
    number: InterviewNumber,
    person: ParticipantDetails,
    my_role: Role,
    changing: bool,
) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.interviews;
    let interviewee = person.role == Role::Interviewee;
    let results = (my_role.may_see_details() && interviewee)
        .then(|| view! { <Results number person=person.clone() /> });
    let hosted = person.role != Role::MainInterviewer && my_role.may_edit_booking();
    let link = hosted.then(|| view! { <PersonalLink number person=person.clone() changing /> });
    let remove = (hosted && changing).then(|| view! { <Remove number person=person.clone() /> });
    let account = match (&person.user, my_role.may_see_details()) {
        (Some((id, user_name)), _) => format!("{user_name} · {id}"),
        (None, true) => sentences.without_account.to_owned(),
        (None, false) => String::new(),
    };
    let me = person.is_me.then_some(sentences.me);
    view! {
        <li class="person">
            <div class="person-head">
                <span class="avatar" aria-hidden="true">
                    {initials(&person.name)}
                </span>
                <div class="person-name">
                    <strong>{person.name}</strong>
                    {me.map(|me| view! { <span class="muted">" (" {me} ")"</span> })}
                    <span class="muted small block">{account}</span>
                </div>
                <Pill kind=PillKind::Plain text=(messages.common.role)(person.role) />
                {remove}
            </div>
            {link}
            {results}
        </li>
    }
}

#[component]
fn Results(number: InterviewNumber, person: ParticipantDetails) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let choices = [
        ("passed", sentences.passed, Some(true)),
        ("failed", sentences.failed, Some(false)),
        ("", sentences.no_result, None),
    ];
    let buttons = choices.map(|(value, label, means)| {
        let pressed = if person.passed == means {
            "true"
        } else {
            "false"
        };
        view! {
            <button name="result" value=value aria-pressed=pressed>
                {label}
            </button>
        }
    });
    view! {
        <form
            class="segments small"
            method="post"
            action=RecordResult::PATH
            aria-label=(sentences.result_of)(&person.name)
        >
            <input type="hidden" name="number" value=number.to_string() />
            <input type="hidden" name="participant" value=person.id.to_string() />
            {buttons.collect_view()}
        </form>
    }
}

#[component]
fn PersonalLink(
    number: InterviewNumber,
    person: ParticipantDetails,
    changing: bool,
) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let has_link = person.link.is_some();
    let shown = match person.link {
        Some(link) => {
            let name = (sentences.personal_link_of)(&person.name);
            view! { <LinkRow name link /> }.into_any()
        }
        None => view! { <span class="muted">{sentences.revoked}</span> }.into_any(),
    };
    let id = person.id;
    let switches = changing.then(|| {
        view! {
            <Switch number id on="1" label=sentences.new_link />
            {has_link.then(|| view! { <Switch number id on="" label=sentences.revoke /> })}
        }
    });
    view! {
        <div class="person-link">
            {shown} <div class="actions">{switches}</div>
        </div>
    }
}

#[component]
fn Switch(
    number: InterviewNumber,
    id: ParticipantId,
    on: &'static str,
    label: &'static str,
) -> impl IntoView {
    view! {
        <form method="post" action=SetPersonalLink::PATH>
            <input type="hidden" name="number" value=number.to_string() />
            <input type="hidden" name="participant" value=id.to_string() />
            <input type="hidden" name="on" value=on />
            <button class="button quiet small">{label}</button>
        </form>
    }
}

#[component]
fn Remove(number: InterviewNumber, person: ParticipantDetails) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let question = Question {
        label: sentences.remove,
        title: (sentences.remove_question)(&person.name),
        text: sentences.remove_text,
        confirm: sentences.remove,
        action: RemoveParticipant::PATH,
        fields: vec![
            ("number", number.to_string()),
            ("participant", person.id.to_string()),
        ],
    };
    let name = (sentences.remove_name)(&person.name);
    view! { <Confirm question class="button quiet bad small" name=Some(name) /> }
}
