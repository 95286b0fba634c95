//! The open questions, one tab each.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;

use super::super::use_room;
use crate::{
    model::InterviewQuestionId,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// The element that a tab brings its content into.
pub(super) const PANEL: &str = "room-work-panel";

/// Those shown to everyone first, then what an interviewer keeps open although it is hidden.
#[component]
pub fn WorkTabs() -> impl IntoView {
    let answers = use_room().store.answers;
    let messages = &use_messages().work;
    let questions = Memo::new(move |_| answers.tabs());
    view! {
        <div class="work-tabs" role="tablist" aria-label=messages.questions_shown>
            <For each=move || questions.get() key=|id: &InterviewQuestionId| *id let:id>
                <WorkTab id questions />
            </For>
        </div>
    }
}

#[component]
fn WorkTab(id: InterviewQuestionId, questions: Memo<Vec<InterviewQuestionId>>) -> impl IntoView {
    let answers = use_room().store.answers;
    let messages = &use_messages().work;
    let selected = Memo::new(move |_| answers.question.get() == Some(id));
    let title = Memo::new(move |_| {
        answers
            .find(id)
            .map(|shown| shown.title)
            .unwrap_or_default()
    });
    let hidden = Memo::new(move |_| !answers.is_shown(id));
    let new = Memo::new(move |_| answers.new.with(|new| new.contains(&id)));
    let words = move || {
        let place = questions.with(|all| all.iter().position(|other| *other == id));
        (messages.tab)(place.unwrap_or(0) + 1, &title.read())
    };
    let step = move |event: KeyboardEvent| {
        let all = questions.get_untracked();
        let place = all.iter().position(|other| *other == id).unwrap_or(0);
        let other = match event.key().as_str() {
            "ArrowRight" => place + 1,
            "ArrowLeft" => place + all.len() - 1,
            _ => return,
        };
        if let Some(other) = all.get(other % all.len().max(1)) {
            answers.open(*other);
            focus(&tab_id(*other));
        }
    };
    let close = move || {
        view! {
            <button
                type="button"
                class="work-tab-close"
                aria-label=move || (messages.close_hidden)(&title.read())
                on:click=move |_| answers.close_hidden(id)
            >
                <Icon name=IconName::Close />
            </button>
        }
    };
    view! {
        <span class="work-tab-frame" role="presentation">
            <button
                type="button"
                class="room-tab work-tab"
                role="tab"
                id=tab_id(id)
                data-question=id.0.to_string()
                aria-controls=PANEL
                aria-selected=move || selected.get().to_string()
                tabindex=move || if selected.get() { "0" } else { "-1" }
                title=move || title.get()
                on:click=move |_| answers.open(id)
                on:keydown=step
            >
                <span class="work-tab-words">{words}</span>
                {move || new.get().then(|| view! { <span class="room-unread">{messages.new}</span> })}
                {move || hidden.get().then(|| view! { <span class="pill">{messages.hidden}</span> })}
            </button>
            {move || hidden.get().then(close)}
        </span>
    }
}

fn tab_id(question: InterviewQuestionId) -> String {
    format!("room-work-tab-{question}")
}

fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focus fails only for an element that is not shown.
        let _ = element.focus();
    }
}
