//! The form that writes a question. Where scripts run it stays on the page until the server has taken
//! it, so that a long text never has to come back through the address.

use leptos::{
    ev::SubmitEvent,
    form::FromFormData,
    html,
    prelude::*,
    task::spawn_local,
};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::QuestionFields;
use crate::{
    api::{
        ApiError,
        questions::{QuestionForm, create_question, edit_question},
    },
    model::QuestionId,
    ui::{components::FailureAlert, query::Failure},
};

/// What the browser makes of the form's fields.
#[derive(Deserialize)]
struct Posted {
    form: QuestionForm,
}

/// The form filled with `values`. With `editing` it changes that question, else it makes a new one.
/// `on_saved` is called with the question where scripts run; `action` is where it goes otherwise.
#[component]
pub fn QuestionEditorForm(
    values: QuestionForm,
    #[prop(optional)] failure: Failure,
    action: &'static str,
    #[prop(optional_no_strip)] editing: Option<QuestionId>,
    #[prop(into)] on_saved: Callback<(QuestionId, QuestionForm)>,
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
            let saved = save(editing, question.clone()).await;
            // The page may have been left while the server was thinking.
            if saving.try_set(false).is_some() {
                return;
            }
            match saved {
                Ok(id) => on_saved.run((id, question)),
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
            action=action
            node_ref=form
            on:submit=submit
            aria-busy=move || saving.get().then_some("true")
        >
            {move || view! { <FailureAlert failure=failure.get() /> }}
            {editing
                .map(|id| view! { <input type="hidden" name="question" value=id.to_string() /> })}
            <QuestionFields values failure />
            <div class="actions">{children()}</div>
        </form>
    }
}

async fn save(editing: Option<QuestionId>, form: QuestionForm) -> Result<QuestionId, ApiError> {
    match editing {
        Some(id) => edit_question(id, form).await,
        None => create_question(form).await,
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
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            // Fails only for an element that cannot be focused, and then it is in view at least.
            let _ = element.focus();
        }
    }
}
