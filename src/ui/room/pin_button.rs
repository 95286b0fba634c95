//! Keeps one picture large, or lets go of it.

use leptos::prelude::*;

use super::use_view_state;
use crate::{
    stage::Subject,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Pins `subject`, called `name`; a second press unpins it.
#[component]
pub(super) fn PinButton(
    #[prop(into)] subject: Signal<Option<Subject>>,
    #[prop(into)] name: Signal<String>,
) -> impl IntoView {
    let view_state = use_view_state();
    let messages = &use_messages().media;
    let pinned = Memo::new(move |_| {
        let pinned = view_state.choice.with(|choice| choice.pinned);
        pinned.is_some() && pinned == subject.get()
    });
    let words = move || {
        let words = if pinned.get() {
            messages.unpin
        } else {
            messages.pin
        };
        words(&name.read())
    };
    let icon = move || {
        if pinned.get() {
            IconName::PinOff
        } else {
            IconName::Pin
        }
    };
    let pin = move |_| {
        if let Some(subject) = subject.get_untracked() {
            view_state
                .choice
                .update(|choice| *choice = choice.pin(subject));
        }
    };
    view! {
        <button
            type="button"
            class="room-tool"
            data-action="pin"
            data-pinned=move || pinned.get().then_some("")
            aria-label=words
            title=words
            on:click=pin
        >
            {move || view! { <Icon name=icon() /> }}
        </button>
    }
}
