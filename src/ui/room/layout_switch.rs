//! Chooses how the pictures are arranged.

use leptos::prelude::*;

use super::{controls::Control, use_view_state};
use crate::ui::{components::IconName, use_messages};

/// Says what pressing does: everyone alike while something is large, else whoever speaks large.
#[component]
pub fn LayoutSwitch() -> impl IntoView {
    let view_state = use_view_state();
    let messages = &use_messages().media;
    let large = Memo::new(move |_| view_state.main.get().is_some());
    let icon = move || {
        if large.get() {
            IconName::Grid
        } else {
            IconName::Spotlight
        }
    };
    let words = move || {
        if large.get() {
            messages.grid
        } else {
            messages.speaker_view
        }
    };
    let hint = move || {
        if large.get() {
            messages.grid_hint
        } else {
            messages.speaker_view_hint
        }
    };
    let switch = move || {
        let main = view_state.main.get_untracked();
        let shares = view_state.shares.get_untracked();
        view_state
            .choice
            .update(|choice| *choice = choice.switched(main, &shares));
    };
    view! {
        <Control
            name="layout"
            icon=Signal::derive(icon)
            words=Signal::derive(words)
            hint=Signal::derive(hint)
            on_press=switch
        />
    }
}
