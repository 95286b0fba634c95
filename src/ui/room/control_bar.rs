//! The bar at the bottom: the person's own devices, the parts of the room, and the way out.

use leptos::prelude::*;

use super::{
    controls::{Control, ControlLook},
    end_dialog::EndDialog,
    frame::Myself,
    layout_switch::LayoutSwitch,
    share_button::ShareButton,
    use_room, use_view_state,
    view_state::Tab,
};
use crate::ui::{
    components::{DevicePickers, Dialog, IconName},
    use_messages,
};

/// Large controls with words under them, always in reach.
#[component]
pub fn ControlBar() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().room;
    let may_end = expect_context::<Myself>().role.may_run_the_interview();
    let choosing = RwSignal::new(false);
    let ending = RwSignal::new(false);
    view! {
        <footer class="room-bar" role="group" aria-label=messages.controls>
            <DeviceSwitches />
            <ShareButton />
            <LayoutSwitch />
            <Control
                name="devices"
                icon=Signal::derive(|| IconName::Settings)
                words=messages.devices
                on_press=move || choosing.set(true)
            />
            <SideSwitch tab=Tab::Chat icon=IconName::Chat words=messages.chat />
            <SideSwitch tab=Tab::People icon=IconName::People words=messages.people />
            <Control
                name="leave"
                icon=Signal::derive(|| IconName::Leave)
                words=messages.leave
                on_press=move || room.leave()
            />
            {may_end
                .then(|| {
                    view! {
                        <Control
                            name="end"
                            icon=Signal::derive(|| IconName::End)
                            words=messages.end
                            look=ControlLook::Grave
                            on_press=move || ending.set(true)
                        />
                    }
                })}
        </footer>
        <Dialog open=choosing title=messages.devices>
            <DevicePickers />
        </Dialog>
        {may_end.then(|| view! { <EndDialog open=ending /> })}
    }
}

/// Microphone and camera. The words say what pressing does, and so whether one is muted: a pressed
/// state beside them would contradict.
#[component]
fn DeviceSwitches() -> impl IntoView {
    let media = use_room().media;
    let messages = &use_messages().room;
    let muted = Memo::new(move |_| !media.microphone_on());
    let hidden = Memo::new(move |_| !media.camera_on());
    let microphone = move || {
        if muted.get() {
            IconName::MicrophoneOff
        } else {
            IconName::Microphone
        }
    };
    let camera = move || {
        if hidden.get() {
            IconName::CameraOff
        } else {
            IconName::Camera
        }
    };
    view! {
        <Control
            name="microphone"
            icon=Signal::derive(microphone)
            words=Signal::derive(move || {
                if muted.get() { messages.unmute } else { messages.mute }
            })
            off=Signal::from(muted)
            hint=Signal::derive(move || {
                if muted.get() { messages.unmute_hint } else { messages.mute_hint }
            })
            on_press=move || media.toggle_microphone()
        />
        <Control
            name="camera"
            icon=Signal::derive(camera)
            words=Signal::derive(move || {
                if hidden.get() { messages.start_camera } else { messages.stop_camera }
            })
            off=Signal::from(hidden)
            hint=Signal::derive(move || {
                if hidden.get() { messages.camera_on_hint } else { messages.camera_off_hint }
            })
            on_press=move || media.toggle_camera()
        />
    }
}

/// Shows or hides a part of the side panel. The style sheet leaves it out on narrow screens, which
/// have tabs instead.
#[component]
fn SideSwitch(tab: Tab, icon: IconName, words: &'static str) -> impl IntoView {
    let view_state = use_view_state();
    let shown = move || view_state.side_open.get() && view_state.tab.get() == tab;
    view! {
        <Control
            name=tab.name()
            icon=Signal::derive(move || icon)
            words
            pressed=Signal::derive(shown)
            look=ControlLook::Wide
            on_press=move || view_state.toggle(tab)
        />
    }
}
