//! A dialog that asks for a sentence to one person, with sentences that are ready to take.

use leptos::{ev::SubmitEvent, html, prelude::*};

use crate::{
    browser::room::Phase,
    ui::{components::Dialog, room::use_room, use_messages},
};

/// What the dialog says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts {
    pub title: &'static str,
    /// Names the field.
    pub field: &'static str,
    pub example: &'static str,
    pub ready: &'static [&'static str],
    pub confirm: &'static str,
    /// In characters.
    pub longest: u32,
}

/// Closes when `on_confirm` could pass the sentence on. Every opening begins with an empty field.
#[component]
pub(super) fn TextDialog(
    open: RwSignal<bool>,
    texts: Texts,
    explained: Signal<String>,
    #[prop(optional)] grave: bool,
    on_confirm: impl Fn(String) -> bool + Send + 'static,
) -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().charge;
    let text = RwSignal::new(String::new());
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if open.get() {
            text.set(String::new());
        }
    });
    let offline = move || room.store.phase.with(|phase| *phase != Phase::Live);
    let empty = move || text.with(|text| text.trim().is_empty());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let sentence = text.get_untracked().trim().to_owned();
        if !sentence.is_empty() && on_confirm(sentence) {
            open.set(false);
        }
    };
    let ready = move |sentence: &'static str| {
        let take = move |_| {
            text.set(sentence.to_owned());
            if let Some(field) = field.get_untracked() {
                // Focus fails only for an element that is not shown.
                let _ = field.focus();
            }
        };
        view! {
            <li>
                <button type="button" class="room-ready" on:click=take>
                    {sentence}
                </button>
            </li>
        }
    };
    view! {
        <Dialog open title=texts.title>
            <form class="room-text-form" on:submit=submit>
                <p class="muted">{move || explained.get()}</p>
                <ul class="room-ready-list" role="list">
                    {texts.ready.iter().copied().map(ready).collect_view()}
                </ul>
                <label class="field">
                    <span class="visually-hidden">{texts.field}</span>
                    <textarea
                        rows="3"
                        node_ref=field
                        maxlength=texts.longest.to_string()
                        placeholder=texts.example
                        prop:value=move || text.get()
                        on:input:target=move |event| text.set(event.target().value())
                    ></textarea>
                </label>
                <p class="muted" role="status">
                    {move || offline().then_some(messages.not_connected)}
                </p>
                <div class="room-dialog-actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>
                        {messages.cancel}
                    </button>
                    <button
                        class=if grave { "button danger" } else { "button primary" }
                        data-action="confirm-text"
                        disabled=move || offline() || empty()
                    >
                        {texts.confirm}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
