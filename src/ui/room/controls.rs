//! One large round control with its word under it.

use leptos::prelude::*;

use crate::{
    shortcut::Shortcut,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// What a control looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ControlLook {
    #[default]
    Plain,
    /// It changes other people's interview.
    Grave,
    /// On wide screens only.
    Wide,
}

impl ControlLook {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "room-control",
            Self::Grave => "room-control room-control-grave",
            Self::Wide => "room-control room-control-wide",
        }
    }
}

/// A control. `name` is for tests and styles, `words` for people. With `pressed` it is a switch whose
/// words stay; where the words change instead, `off` shows that something of the person is off.
/// `shortcut` is what its key does too.
#[component]
pub(super) fn Control(
    name: &'static str,
    icon: Signal<IconName>,
    #[prop(into)] words: Signal<&'static str>,
    #[prop(optional)] pressed: Option<Signal<bool>>,
    #[prop(optional)] off: Option<Signal<bool>>,
    #[prop(optional)] hint: Option<Signal<&'static str>>,
    #[prop(optional)] shortcut: Option<Shortcut>,
    #[prop(optional)] look: ControlLook,
    on_press: impl Fn() + Send + 'static,
) -> impl IntoView {
    let with_key = use_messages().charge.with_key;
    let key = shortcut.map(Shortcut::key);
    let title = move || {
        let what = hint.map(|hint| hint.get());
        match (what, key) {
            (what, Some(key)) => Some(with_key(what.unwrap_or_else(|| words.get()), key)),
            (what, None) => what.map(ToOwned::to_owned),
        }
    };
    view! {
        <button
            type="button"
            class=look.class()
            class:room-control-off=move || off.is_some_and(|off| off.get())
            data-action=name
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            aria-keyshortcuts=key
            title=title
            on:click=move |_| on_press()
        >
            <ControlFace icon words />
        </button>
    }
}

/// What a control shows: an icon in a circle, and words.
#[component]
pub(super) fn ControlFace(
    icon: Signal<IconName>,
    #[prop(into)] words: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <span class="room-control-face">{move || view! { <Icon name=icon.get() /> }}</span>
        <span class="room-control-words">{move || words.get()}</span>
    }
}
