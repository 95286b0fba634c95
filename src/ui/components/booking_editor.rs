//! The booking form, for new interviews and for those that change. Decides nothing: the server says
//! what is wrong, at the field.

use leptos::prelude::*;

use super::{
    ChoosingDialogs, ChosenQuestion, ChosenQuestions, Field, InviteDialog, Invitees, SelectField,
};
use crate::{
    api::interviews::{BookingForm, InviteeForm},
    messages::InterviewMessages,
    model::{
        self, InterviewNumber, RecordingPermission, ReviewPermission, WaitingRoom,
        interview::{FEWEST_SEATS, LONGEST_MINUTES, MOST_SEATS, SHORTEST_MINUTES},
    },
    ui::{
        query::{Failure, Query},
        use_messages, use_viewer,
    },
};

/// The booking form as it was posted before it was refused.
pub fn posted_booking(query: &Query) -> BookingForm {
    let get = |name: &str| query.get(&format!("form[{name}]")).to_owned();
    let invitee = |place: usize| {
        let find = |name: &str| query.find(&format!("form[invitees][{place}][{name}]"));
        let (user, name) = (find("user"), find("name"));
        (user.is_some() || name.is_some()).then(|| InviteeForm {
            user: user.unwrap_or("").to_owned(),
            name: name.unwrap_or("").to_owned(),
            role: find("role").unwrap_or("").to_owned(),
        })
    };
    let question = |place: usize| {
        let id = query.find(&format!("form[questions][{place}]"));
        id.map(ToOwned::to_owned)
    };
    BookingForm {
        number: get("number"),
        title: get("title"),
        starts_at: get("starts_at"),
        duration: get("duration"),
        seats: get("seats"),
        coding: get("coding"),
        text: get("text"),
        recording_permission: get("recording_permission"),
        review_permission: get("review_permission"),
        waiting: get("waiting"),
        invitees: (0..).map_while(invitee).collect(),
        questions: (0..).map_while(question).collect(),
    }
}

/// The form filled with `values`. With `editing` it changes that interview, else it books a new one.
#[component]
pub fn BookingEditor(
    values: BookingForm,
    failure: Failure,
    action: &'static str,
    /// Those chosen before the form was refused.
    #[prop(optional)]
    questions: Vec<ChosenQuestion>,
    #[prop(optional)] editing: Option<InterviewNumber>,
) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let shown = editing.map_or_else(|| values.number.parse().ok(), Some);
    let (label, back) = match editing {
        Some(number) => (sentences.save_changes, format!("/interviews/{number}")),
        None => (sentences.book_now, "/interviews".to_owned()),
    };
    let rows = RwSignal::new(values.invitees.clone());
    let open = RwSignal::new(false);
    let invitees = editing.is_none().then(|| {
        let problem = failure
            .of(model::Field::Invitee)
            .or(failure.of(model::Field::Role));
        view! { <Invitees rows problem open /> }
    });
    let chosen = RwSignal::new(questions);
    let (picking, writing) = (RwSignal::new(false), RwSignal::new(false));
    let questions = editing.is_none().then(|| {
        let problem = failure.of(model::Field::Questions);
        view! { <ChosenQuestions chosen problem picking writing /> }
    });
    let dialogs = editing.is_none().then(|| {
        view! {
            <InviteDialog open rows />
            <ChoosingDialogs chosen picking writing />
        }
    });
    view! {
        <form class="booking" method="post" action=action>
            {editing
                .map(|number| {
                    view! { <input type="hidden" name="number" value=number.to_string() /> }
                })} <NumberShown number=shown />
            <Schedule values=values.clone() failure=failure.clone() />
            <Kinds coding=!values.coding.is_empty() text=!values.text.is_empty() />
            <Permissions values failure />
            {questions}
            {invitees}
            <div class="actions">
                <button class="button primary">{label}</button>
                <a class="button quiet" href=back>
                    {sentences.discard}
                </a>
            </div>
        </form>
        {dialogs}
    }
}

#[component]
fn NumberShown(number: Option<InterviewNumber>) -> impl IntoView {
    let messages = use_messages();
    number.map(|number| {
        view! {
            <p class="number-shown">
                <input type="hidden" name="form[number]" value=number.to_string() />
                <span class="muted">{messages.common.number}</span>
                <strong class="number">{number.spaced()}</strong>
                <span class="muted small">{messages.interviews.number_hint}</span>
            </p>
        }
    })
}

#[component]
fn Schedule(values: BookingForm, failure: Failure) -> impl IntoView {
    let sentences = &use_messages().interviews;
    view! {
        <Field
            name="form[title]"
            label=sentences.title
            value=values.title
            hint=sentences.title_hint
            maxlength=Some(120)
            problem=failure.of(model::Field::Title)
        />
        <div class="field-row">
            <Field
                name="form[starts_at]"
                label=sentences.starts_at
                kind="datetime-local"
                value=values.starts_at
                hint=(sentences.starts_at_hint)(&use_viewer().time_zone)
                problem=failure.of(model::Field::StartsAt)
            />
            <Field
                name="form[duration]"
                label=sentences.duration
                kind="number"
                value=values.duration
                range=Some((SHORTEST_MINUTES, LONGEST_MINUTES))
                problem=failure.of(model::Field::Duration)
            />
            <Field
                name="form[seats]"
                label=sentences.seats
                kind="number"
                value=values.seats
                hint=sentences.seats_hint
                range=Some((FEWEST_SEATS, MOST_SEATS))
                problem=failure.of(model::Field::Seats)
            />
        </div>
    }
}

#[component]
fn Kinds(coding: bool, text: bool) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let choice = |name: &'static str, label: &'static str, checked: bool| {
        view! {
            <label class="check">
                <input type="checkbox" name=name value="1" checked=checked />
                {label}
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend>{sentences.kinds}</legend>
            <div class="checks">
                {choice("form[coding]", sentences.coding, coding)}
                {choice("form[text]", sentences.text, text)}
            </div>
        </fieldset>
    }
}

#[component]
fn Permissions(values: BookingForm, failure: Failure) -> impl IntoView {
    let sentences: &InterviewMessages = &use_messages().interviews;
    let recording = RecordingPermission::ALL.iter().map(|permission| {
        (
            permission.number().to_string(),
            (sentences.recording_permission)(*permission).to_owned(),
        )
    });
    let review = ReviewPermission::ALL.iter().map(|permission| {
        (
            permission.number().to_string(),
            (sentences.review_permission)(*permission).to_owned(),
        )
    });
    let waiting = WaitingRoom::ALL.iter().map(|setting| {
        (
            setting.number().to_string(),
            (sentences.waiting_room)(*setting).to_owned(),
        )
    });
    view! {
        <div class="field-row even">
            <SelectField
                name="form[recording_permission]"
                label=sentences.recording
                choices=recording.collect()
                selected=values.recording_permission
                problem=failure.of(model::Field::RecordingPermission)
            />
            <SelectField
                name="form[review_permission]"
                label=sentences.review
                choices=review.collect()
                selected=values.review_permission
                problem=failure.of(model::Field::ReviewPermission)
            />
        </div>
        <SelectField
            name="form[waiting]"
            label=sentences.waiting
            choices=waiting.collect()
            selected=values.waiting
            problem=failure.of(model::Field::Waiting)
        />
    }
}
