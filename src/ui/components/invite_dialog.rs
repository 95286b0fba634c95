//! Adding one invitee to a booking that is being written. Asks the server whether the account exists.

use leptos::{html, prelude::*, task::spawn_local};

use super::{Dialog, Field, SelectField, role_choices};
use crate::{
    api::{ApiError, interviews::InviteeForm, participants::find_user},
    model::{self, DisplayName, Problem, Role},
    ui::use_messages,
};

/// What the dialog knows of itself; everything in it is copied freely.
#[derive(Clone, Copy)]
struct Draft {
    open: RwSignal<bool>,
    rows: RwSignal<Vec<InviteeForm>>,
    by_name: RwSignal<bool>,
    asking: RwSignal<bool>,
    problem: RwSignal<Option<Problem>>,
    failure: RwSignal<Option<ApiError>>,
    text: NodeRef<html::Input>,
    role: NodeRef<html::Select>,
}

impl Draft {
    fn new(open: RwSignal<bool>, rows: RwSignal<Vec<InviteeForm>>) -> Self {
        Self {
            open,
            rows,
            by_name: RwSignal::new(false),
            asking: RwSignal::new(false),
            problem: RwSignal::new(None),
            failure: RwSignal::new(None),
            text: NodeRef::new(),
            role: NodeRef::new(),
        }
    }

    /// Empties it and gives it the focus.
    fn restart(self) {
        self.problem.set(None);
        self.failure.set(None);
        if let Some(select) = self.role.get_untracked() {
            select.set_value(&Role::Interviewee.number().to_string());
        }
        if let Some(input) = self.text.get_untracked() {
            input.set_value("");
            // Fails only for an element that cannot be focused, which an input can.
            let _ = input.focus();
        }
    }

    fn add(self, row: InviteeForm) {
        let same = |other: &InviteeForm| {
            !row.user.is_empty() && other.user.to_lowercase() == row.user.to_lowercase()
        };
        if self.rows.read_untracked().iter().any(same) {
            self.problem.set(Some(Problem::AlreadyInvited));
            return;
        }
        self.rows.update(|rows| rows.push(row));
        self.restart();
        self.open.set(false);
    }

    fn submit(self) {
        let text = self
            .text
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default();
        let role = self
            .role
            .get_untracked()
            .map(|select| select.value())
            .unwrap_or_default();
        self.problem.set(None);
        self.failure.set(None);
        if self.by_name.get_untracked() {
            match DisplayName::parse(&text) {
                Ok(name) => {
                    let name = name.as_str().to_owned();
                    self.add(InviteeForm {
                        user: String::new(),
                        name,
                        role,
                    });
                }
                Err(problem) => self.problem.set(Some(problem)),
            }
        } else if !self.asking.get_untracked() {
            self.asking.set(true);
            spawn_local(async move {
                let found = find_user(text).await;
                // The page may have been left while the server was thinking.
                if self.asking.try_set(false).is_none() {
                    self.found(found, role);
                }
            });
        }
    }

    fn found(self, found: Result<crate::api::participants::FoundUser, ApiError>, role: String) {
        match found {
            Ok(user) => self.add(InviteeForm {
                user: user.user_name,
                name: String::new(),
                role,
            }),
            Err(error) => match error
                .problems()
                .and_then(|all| all.of(model::Field::Invitee))
            {
                Some(problem) => self.problem.set(Some(problem)),
                None => self.failure.set(Some(error)),
            },
        }
    }
}

/// Adds to `rows` while `open`.
#[component]
pub fn InviteDialog(open: RwSignal<bool>, rows: RwSignal<Vec<InviteeForm>>) -> impl IntoView {
    let messages = use_messages();
    let draft = Draft::new(open, rows);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        draft.submit();
    };
    view! {
        <Dialog open title=messages.interviews.invite>
            <form class="stack" on:submit=submit>
                <Ways draft />
                <DraftField draft />
                <SelectField
                    name="invitee-role"
                    label=messages.interviews.role
                    choices=role_choices(messages)
                    selected=Role::Interviewee.number().to_string()
                    element=draft.role
                />
                <p class="field-problem" role="alert">
                    {move || draft.failure.get().map(|error| error.text(messages))}
                </p>
                <div class="actions end">
                    <button
                        class="button primary"
                        aria-disabled=move || draft.asking.get().then_some("true")
                    >
                        {messages.interviews.add}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn Ways(draft: Draft) -> impl IntoView {
    let sentences = &use_messages().interviews;
    let way = move |by_name: bool, label: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || if draft.by_name.get() == by_name { "true" } else { "false" }
                on:click=move |_| {
                    draft.by_name.set(by_name);
                    draft.restart();
                }
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="segments" role="group">
            {way(false, sentences.invite_by_account)}
            {way(true, sentences.invite_by_name)}
        </div>
    }
}

#[component]
fn DraftField(draft: Draft) -> impl IntoView {
    let sentences = &use_messages().interviews;
    move || {
        let (label, hint) = if draft.by_name.get() {
            (sentences.guest, sentences.guest_hint)
        } else {
            (sentences.user, sentences.user_hint)
        };
        view! {
            <Field
                name="invitee-text"
                label
                hint
                autocomplete="off"
                required=false
                problem=draft.problem
                element=draft.text
            />
        }
    }
}
