//! The room by keyboard: hands keys to `shortcut`, which decides, and does what it says.

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;

use super::{
    help::HelpDialog,
    use_room, use_view_state,
    view_state::{Tab, ViewState},
};
use crate::{
    browser::{media::screen_can_be_shared, room::RoomClient},
    shortcut::{Meaning, Place, Press, Shortcut, Talking},
};

/// Where every key belongs to the element itself.
const FIELDS: &str =
    "input, textarea, select, [contenteditable]:not([contenteditable='false']), [data-editor]";
/// What space and enter press, or scroll.
const CONTROLS: &str = "button, a[href], summary, [tabindex='0']";
/// As in the style sheet.
const NARROW: &str = "(max-width: 800px)";

/// Listens while it is on the page; shows the help.
#[component]
pub fn Keyboard() -> impl IntoView {
    let room = use_room();
    let view_state = use_view_state();
    let help = RwSignal::new(false);
    let talking = StoredValue::new(Talking::default());
    // A control that was clicked keeps the focus, yet nobody means it by pressing space.
    let by_pointer = StoredValue::new(false);
    let press = move |event: KeyboardEvent| {
        if event.key() == "Tab" {
            by_pointer.set_value(false);
        }
        let place = place_of(&event, by_pointer.get_value());
        let (key, code) = (event.key(), event.code());
        let press = Press {
            key: &key,
            code: &code,
            shift: event.shift_key(),
            modified: event.ctrl_key() || event.alt_key() || event.meta_key(),
            repeated: event.repeat() || event.is_composing(),
            place,
        };
        let on = untrack(|| room.media.microphone_on());
        let meaning = talking.try_update_value(|talking| talking.press(press, on));
        let meaning = meaning.unwrap_or(Meaning::Nothing);
        if meaning != Meaning::Nothing {
            event.prevent_default();
        }
        match meaning {
            Meaning::Nothing | Meaning::Taken => {}
            Meaning::Talk => room.media.toggle_microphone(),
            Meaning::Shortcut(shortcut) => carry_out(shortcut, room, view_state, help),
        }
    };
    let silence = move || {
        if talking.try_update_value(Talking::stop) == Some(true) {
            room.media.mute();
        }
    };
    let release = move |event: KeyboardEvent| {
        let key = event.key();
        if talking.try_update_value(|talking| talking.release(&key)) == Some(true) {
            event.prevent_default();
            room.media.mute();
        }
    };
    let down = window_event_listener(ev::keydown, press);
    let up = window_event_listener(ev::keyup, release);
    let away = window_event_listener(ev::blur, move |_| silence());
    let hidden = window_event_listener(ev::visibilitychange, move |_| silence());
    let pointer = window_event_listener(ev::pointerdown, move |_| by_pointer.set_value(true));
    on_cleanup(move || {
        silence();
        for listener in [down, up, away, hidden, pointer] {
            listener.remove();
        }
    });
    view! { <HelpDialog open=help /> }
}

fn place_of(event: &KeyboardEvent, by_pointer: bool) -> Place {
    let open = document().query_selector("dialog[open]");
    if open.ok().flatten().is_some() {
        return Place::Dialog;
    }
    let target = event.target();
    let Some(element) = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return Place::Page;
    };
    let within = |selectors| element.closest(selectors).ok().flatten().is_some();
    if within(FIELDS) {
        Place::Field
    } else if !by_pointer && within(CONTROLS) {
        Place::Control
    } else {
        Place::Page
    }
}

fn carry_out(shortcut: Shortcut, room: RoomClient, view_state: ViewState, help: RwSignal<bool>) {
    match shortcut {
        Shortcut::Microphone => room.media.toggle_microphone(),
        Shortcut::Camera => room.media.toggle_camera(),
        Shortcut::Share if screen_can_be_shared() => room.media.toggle_screen(),
        // Its button is not there either.
        Shortcut::Share => {}
        Shortcut::Chat => show(Tab::Chat, view_state),
        Shortcut::People => show(Tab::People, view_state),
        Shortcut::Questions if room.store.role.get_untracked().is_interviewer() => {
            show(Tab::Questions, view_state);
        }
        Shortcut::Questions => {}
        Shortcut::Editor => room.focus_answer(),
        Shortcut::Hand => room.toggle_hand(),
        Shortcut::Help => help.set(true),
    }
}

/// Shows a part of the side panel, or hides it when it is what is shown.
fn show(tab: Tab, view_state: ViewState) {
    let narrow = window().match_media(NARROW).ok().flatten();
    if !narrow.is_some_and(|narrow| narrow.matches()) {
        return view_state.toggle(tab);
    }
    let shown = view_state.side_in_front.get_untracked() && view_state.tab.get_untracked() == tab;
    view_state.tab.set(tab);
    view_state.side_in_front.set(!shown);
}
