//! The form that writes a question. Where scripts run it stays on the page until the server has taken
//! it, so that a long text never has to come back through the address.

use leptos::{
    ev::SubmitEvent, form::FromFormData, html, prelude::*, server_fn::ServerFn, task::spawn_local,
};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::QuestionFields;
use crate::{
    api::{
        ApiError,
        interview_questions::{WriteInterviewQuestion, write_interview_question},
        questions::{QuestionForm, SaveQuestion, save_question},
    },
    model::{InterviewNumber, InterviewQuestionId, QuestionId},
    ui::{components::FailureAlert, query::Failure},
};

/// Where what is written goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WritingFor {
    /// A new question of the bank.
    Bank,
    /// A question of the bank that there is already.
    Question(QuestionId),
    /// A new question for an interview, which is private in its writer's bank.
    Interview(InterviewNumber),
}

impl WritingFor {
    /// Where the form posts to.
    pub fn path(self) -> &'static str {
        match self {
            Self::Bank | Self::Question(_) => SaveQuestion::PATH,
            Self::Interview(_) => WriteInterviewQuestion::PATH,
        }
    }

    /// The hidden field that names it.
    fn field(self) -> Option<(&'static str, String)> {
        match self {
            Self::Bank => None,
            Self::Question(id) => Some(("id", id.to_string())),
            Self::Interview(number) => Some(("number", number.to_string())),
        }
    }

    async fn save(self, form: QuestionForm) -> Result<Written, ApiError> {
        match self {
            Self::Bank => save_question(None, form).await.map(Written::InBank),
            Self::Question(id) => save_question(Some(id), form).await.map(Written::InBank),
            Self::Interview(number) => write_interview_question(number, form)
                .await
                .map(Written::InInterview),
        }
    }
}

/// What the server made of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    InBank(QuestionId),
    InInterview(InterviewQuestionId),
}

/// What the browser makes of the form's fields.
#[derive(Deserialize)]
struct Posted {
    form: QuestionForm,
}

/// The form filled with `values`.
#[component]
pub fn QuestionEditorForm(
    writing: WritingFor,
    values: QuestionForm,
    #[prop(optional)] failure: Failure,
    /// Called where scripts run; otherwise the server leads on.
    on_written: Callback<(Written, QuestionForm)>,
    /// The buttons below the fields.
    children: Children,
) -> impl IntoView {
    let failure = RwSignal::new(failure);
    let saving = RwSignal::new(false);
    let form = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        // What cannot be read is left to the browser, which posts it as it would without a script.
        let Ok(Posted { form: question }) = Posted::from_event(&event) else {
            return;
        };
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        failure.set(Failure::default());
        spawn_local(async move {
            let written = writing.save(question.clone()).await;
            // The page may have been left while the server was thinking.
            if saving.try_set(false).is_some() {
                return;
            }
            match written {
                Ok(written) => on_written.run((written, question)),
                Err(error) => {
                    failure.set(Failure(Some(error)));
                    request_animation_frame(move || show_first_problem(form));
                }
            }
        });
    };
    view! {
        <form
            class="question-form"
            method="post"
            action=writing.path()
            node_ref=form
            on:submit=submit
            aria-busy=move || saving.get().then_some("true")
        >
            {move || view! { <FailureAlert failure=failure.get() /> }}
            {writing
                .field()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
            <QuestionFields
                values
                failure
                shareable=!matches!(writing, WritingFor::Interview(_))
            />
            <div class="actions">{children()}</div>
        </form>
    }
}

/// Leads to what is wrong, or to the sentence above the form that says so.
fn show_first_problem(form: NodeRef<html::Form>) {
    let Some(Some(form)) = form.try_get_untracked() else {
        return;
    };
    let find = |selector| form.query_selector(selector).ok().flatten();
    let marked = find("[aria-invalid='true']").or_else(|| find(".alert"));
    if let Some(element) = marked {
        element.scroll_into_view();
        // Of several rows that are wrong together, the first takes the focus.
        let within = element.query_selector("select, textarea").ok().flatten();
        if let Some(element) = within.unwrap_or(element).dyn_ref::<HtmlElement>() {
            // Fails only for an element that cannot be focused, and then it is in view at least.
            let _ = element.focus();
        }
    }
}
