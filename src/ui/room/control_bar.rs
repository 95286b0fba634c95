//! The bar at the bottom: the person's own devices, signs to the others, the parts of the room, and the
//! way out.

use leptos::prelude::*;

use super::{
    controls::{Control, ControlFace, ControlLook},
    device_switches::DeviceSwitches,
    end_dialog::EndDialog,
    layout_switch::LayoutSwitch,
    reactions::Reactions,
    settings::SettingsDialog,
    share_button::ShareButton,
    use_room, use_view_state,
    view_state::Tab,
};
use crate::{
    shortcut::Shortcut,
    ui::{components::IconName, use_messages},
};

/// What a narrow screen keeps behind one button.
const MORE: &str = "room-more";

/// Large controls with words under them, always in reach.
#[component]
pub fn ControlBar() -> impl IntoView {
    let room = use_room();
    let messages = use_messages();
    let choosing = RwSignal::new(false);
    view! {
        <footer class="room-bar" role="group" aria-label=messages.room.controls>
            <DeviceSwitches />
            // A wide screen shows these in the bar itself.
            <div class="room-more" id=MORE popover="auto">
                <ShareButton />
                <Reactions />
                <LayoutSwitch />
                <Control
                    name="settings"
                    icon=Signal::derive(|| IconName::Settings)
                    words=messages.charge.settings
                    on_press=move || choosing.set(true)
                />
            </div>
            <HandControl />
            // The popover opens by itself, so this is no control that does something.
            <button
                type="button"
                class="room-control room-control-narrow"
                data-action="more"
                popovertarget=MORE
            >
                <ControlFace icon=Signal::derive(|| IconName::More) words=messages.charge.more />
            </button>
            <WorkSwitch />
            <SideSwitch
                tab=Tab::Chat
                shortcut=Shortcut::Chat
                icon=IconName::Chat
                words=messages.room.chat
            />
            <SideSwitch
                tab=Tab::People
                shortcut=Shortcut::People
                icon=IconName::People
                words=messages.room.people
            />
            <QuestionsSwitch />
            <Control
                name="leave"
                icon=Signal::derive(|| IconName::Leave)
                words=messages.room.leave
                on_press=move || room.leave()
            />
            <EndControl />
        </footer>
        <SettingsDialog open=choosing />
    }
}

/// Ends the interview for everyone; there for whoever is in charge.
#[component]
fn EndControl() -> impl IntoView {
    let runs = use_room().store.runs;
    let words = use_messages().room.end;
    let ending = RwSignal::new(false);
    view! {
        <Show when=move || runs.get()>
            <Control
                name="end"
                icon=Signal::derive(|| IconName::End)
                words
                look=ControlLook::Grave
                on_press=move || ending.set(true)
            />
        </Show>
        <EndDialog open=ending />
    }
}

/// Raises the own hand, or takes it down.
#[component]
fn HandControl() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().charge;
    let raised = Memo::new(move |_| {
        let me = room.store.me.get();
        me.is_some_and(|me| me.hand.is_some())
    });
    view! {
        <Control
            name="hand"
            icon=Signal::derive(|| IconName::Hand)
            words=Signal::derive(move || {
                if raised.get() { messages.lower_hand } else { messages.raise_hand }
            })
            pressed=Signal::from(raised)
            shortcut=Shortcut::Hand
            on_press=move || room.toggle_hand()
        />
    }
}

/// Shows the work or the video in the middle, while there is something to work at. Left out on narrow
/// screens as well.
#[component]
fn WorkSwitch() -> impl IntoView {
    let store = use_room().store;
    let view_state = use_view_state();
    let words = use_messages().work.work;
    let there = Memo::new(move |_| store.answers.question.get().is_some());
    view! {
        <Show when=move || there.get()>
            <Control
                name="work"
                icon=Signal::derive(|| IconName::Pencil)
                words
                pressed=Signal::from(view_state.work_wanted)
                look=ControlLook::Wide
                on_press=move || view_state.work_wanted.update(|wanted| *wanted = !*wanted)
            />
        </Show>
    }
}

/// For interviewers: the questions.
#[component]
fn QuestionsSwitch() -> impl IntoView {
    let store = use_room().store;
    let words = use_messages().work.questions;
    view! {
        <Show when=move || store.role.get().is_interviewer()>
            <SideSwitch
                tab=Tab::Questions
                shortcut=Shortcut::Questions
                icon=IconName::List
                words
            />
        </Show>
    }
}

/// Shows or hides a part of the side panel. The style sheet leaves it out on narrow screens, which
/// have tabs instead.
#[component]
fn SideSwitch(tab: Tab, shortcut: Shortcut, icon: IconName, words: &'static str) -> impl IntoView {
    let view_state = use_view_state();
    let shown = move || view_state.side_open.get() && view_state.tab.get() == tab;
    view! {
        <Control
            name=tab.name()
            icon=Signal::derive(move || icon)
            words
            pressed=Signal::derive(shown)
            look=ControlLook::Wide
            shortcut
            on_press=move || view_state.toggle(tab)
        />
    }
}
