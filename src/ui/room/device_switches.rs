//! Microphone and camera of the person, in the room and while waiting.

use leptos::prelude::*;

use super::{controls::Control, use_room};
use crate::{
    shortcut::Shortcut,
    ui::{components::IconName, use_messages},
};

/// Microphone and camera. The words say what pressing does, and so whether one is muted: a pressed
/// state beside them would contradict.
#[component]
pub fn DeviceSwitches() -> impl IntoView {
    let media = use_room().media;
    let messages = &use_messages().room;
    let muted = Memo::new(move |_| !media.microphone_on());
    let hidden = Memo::new(move |_| !media.camera_on());
    let choose = |off: Memo<bool>, icons: (IconName, IconName)| {
        Signal::derive(move || if off.get() { icons.1 } else { icons.0 })
    };
    let say = |off: Memo<bool>, words: (&'static str, &'static str)| {
        Signal::derive(move || if off.get() { words.1 } else { words.0 })
    };
    view! {
        <Control
            name="microphone"
            icon=choose(muted, (IconName::Microphone, IconName::MicrophoneOff))
            words=say(muted, (messages.mute, messages.unmute))
            off=Signal::from(muted)
            hint=say(muted, (messages.mute_hint, messages.unmute_hint))
            shortcut=Shortcut::Microphone
            on_press=move || media.toggle_microphone()
        />
        <Control
            name="camera"
            icon=choose(hidden, (IconName::Camera, IconName::CameraOff))
            words=say(hidden, (messages.stop_camera, messages.start_camera))
            off=Signal::from(hidden)
            hint=say(hidden, (messages.camera_off_hint, messages.camera_on_hint))
            shortcut=Shortcut::Camera
            on_press=move || media.toggle_camera()
        />
    }
}
