//! Shares a screen or window, or stops.

use leptos::prelude::*;

use super::{controls::Control, use_room};
use crate::{
    browser::media::screen_can_be_shared,
    shortcut::Shortcut,
    ui::{components::IconName, use_messages},
};

/// Shares a screen or window, or stops. Not there where the browser cannot share, as on phones.
#[component]
pub fn ShareButton() -> impl IntoView {
    let media = use_room().media;
    let messages = &use_messages().media;
    let possible = RwSignal::new(false);
    Effect::new(move |_| possible.set(screen_can_be_shared()));
    let on = Memo::new(move |_| media.screen_on());
    let icon = move || {
        if on.get() {
            IconName::ScreenOff
        } else {
            IconName::Screen
        }
    };
    let words = move || {
        if on.get() {
            messages.stop_sharing
        } else {
            messages.share_screen
        }
    };
    let hint = move || {
        if on.get() {
            messages.stop_sharing_hint
        } else {
            messages.share_hint
        }
    };
    view! {
        <Show when=move || possible.get()>
            <Control
                name="share"
                icon=Signal::derive(icon)
                words=Signal::derive(words)
                hint=Signal::derive(hint)
                shortcut=Shortcut::Share
                on_press=move || media.toggle_screen()
            />
        </Show>
    }
}
