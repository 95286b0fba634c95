//! Asking before something that cannot be undone: a dialog, or without scripts a part that unfolds.

use leptos::prelude::*;

use super::Dialog;
use crate::ui::use_messages;

/// Everything a confirmation says and does.
#[derive(Clone, Debug)]
pub struct Question {
    /// What the button says that leads here.
    pub label: &'static str,
    pub title: String,
    pub text: &'static str,
    /// What the button says that does it.
    pub confirm: &'static str,
    /// Where the form posts to.
    pub action: &'static str,
    /// Hidden fields of the form.
    pub fields: Vec<(&'static str, String)>,
}

/// A button that asks `question` and posts its form when the answer is yes.
#[component]
pub fn Confirm(
    question: Question,
    /// Looks of the button that asks.
    #[prop(default = "button quiet bad")]
    class: &'static str,
    /// Names the button where its label alone is ambiguous.
    #[prop(optional_no_strip)]
    name: Option<String>,
) -> impl IntoView {
    let keep = use_messages().common.keep;
    let open = RwSignal::new(false);
    let ask = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        open.set(true);
    };
    view! {
        <details class="confirm">
            <summary class=class aria-label=name on:click=ask>
                {question.label}
            </summary>
            <div class="confirm-body">
                <p>{question.title.clone()}</p>
                <ConfirmForm question=question.clone() />
            </div>
        </details>
        <Dialog open title=question.title.clone()>
            <ConfirmForm question>
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {keep}
                </button>
            </ConfirmForm>
        </Dialog>
    }
}

#[component]
fn ConfirmForm(question: Question, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let fields = question
        .fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form method="post" action=question.action>
            {fields}
            <p class="muted">{question.text}</p>
            <div class="actions end">
                {children.map(|children| children())}
                <button class="button danger">{question.confirm}</button>
            </div>
        </form>
    }
}
