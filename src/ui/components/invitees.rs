//! The invitees of a booking that is being written: a list of rows, posted with the form.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::{
    api::interviews::InviteeForm,
    messages::Messages,
    model::{Problem, Role},
    ui::use_messages,
};

/// The roles somebody can be invited in, as choices of a field.
pub fn role_choices(messages: &Messages) -> Vec<(String, String)> {
    [Role::Interviewee, Role::CoInterviewer]
        .map(|role| {
            (
                role.number().to_string(),
                (messages.common.role)(role).to_owned(),
            )
        })
        .into()
}

/// The rows, a way to take each off again, and a button that opens the dialog for others.
#[component]
pub fn Invitees(
    rows: RwSignal<Vec<InviteeForm>>,
    problem: Option<Problem>,
    /// Whether the dialog is open, which stands outside the form that the rows are posted with.
    open: RwSignal<bool>,
) -> impl IntoView {
    let messages = use_messages();
    view! {
        <fieldset
            class="field"
            aria-describedby=problem.map(|_| "invitees-problem")
            aria-invalid=problem.map(|_| "true")
        >
            <legend>{messages.interviews.invitees}</legend>
            {problem
                .map(|problem| {
                    view! {
                        <p class="field-problem" id="invitees-problem">
                            {(messages.problem.field)(problem)}
                        </p>
                    }
                })}
            <ul class="invitees" role="list">
                {move || {
                    rows.get()
                        .into_iter()
                        .enumerate()
                        .map(|(place, row)| view! { <InviteeRow rows place row /> })
                        .collect_view()
                }}
            </ul>
            <button
                type="button"
                class="button needs-script"
                on:click=move |_| open.set(true)
            >
                <Icon name=IconName::Plus />
                {messages.interviews.invite}
            </button>
            <p class="field-hint needs-script">{messages.interviews.invitees_hint}</p>
            <p class="field-hint without-script">{messages.interviews.invitees_later}</p>
        </fieldset>
    }
}

#[component]
fn InviteeRow(rows: RwSignal<Vec<InviteeForm>>, place: usize, row: InviteeForm) -> impl IntoView {
    let messages = use_messages();
    let field = |name: &str| format!("form[invitees][{place}][{name}]");
    let role = row
        .role
        .parse()
        .ok()
        .and_then(Role::from_number)
        .unwrap_or(Role::Interviewee);
    let shown = if row.user.is_empty() {
        row.name.clone()
    } else {
        row.user.clone()
    };
    let how = if row.user.is_empty() {
        messages.interviews.without_account
    } else {
        ""
    };
    let remove = move |_| rows.update(|rows| drop(rows.remove(place)));
    view! {
        <li class="invitee">
            <input type="hidden" name=field("user") value=row.user />
            <input type="hidden" name=field("name") value=row.name />
            <input type="hidden" name=field("role") value=row.role />
            <span class="invitee-name">{shown.clone()}</span>
            <span class="muted small">{how}</span>
            <span class="pill">{(messages.common.role)(role)}</span>
            <button
                type="button"
                class="button quiet icon-only needs-script"
                aria-label=(messages.interviews.remove_name)(&shown)
                on:click=remove
            >
                <Icon name=IconName::Close />
            </button>
        </li>
    }
}
