//! Choosing camera, microphone and speaker; used by the lobby and in the room's device dialog.

use leptos::prelude::*;

use super::{Icon, IconName, SoundFilters};
use crate::{
    browser::media::{Device, DeviceKind, speaker_can_be_chosen, use_local_media},
    ui::use_messages,
};

/// One list for each kind of device, for the speaker only where the browser can choose it, and what is
/// done to the microphone's sound.
#[component]
pub fn DevicePickers() -> impl IntoView {
    let speaker = RwSignal::new(false);
    Effect::new(move |_| speaker.set(speaker_can_be_chosen()));

    view! {
        <div class="device-pickers">
            <DevicePicker kind=DeviceKind::Camera />
            <DevicePicker kind=DeviceKind::Microphone />
            <Show when=move || speaker.get()>
                <DevicePicker kind=DeviceKind::Speaker />
            </Show>
            <SoundFilters />
        </div>
    }
    .into_any()
}

#[component]
fn DevicePicker(kind: DeviceKind) -> impl IntoView {
    let texts = &use_messages().lobby;
    let media = use_local_media();
    let devices = Memo::new(move |_| media.devices().of(kind).to_vec());
    let chosen = Memo::new(move |_| match kind {
        DeviceKind::Camera => media.camera(),
        DeviceKind::Microphone => media.microphone(),
        DeviceKind::Speaker => media.speaker(),
    });
    let choose = move |id: String| match kind {
        DeviceKind::Camera => media.choose_camera(id),
        DeviceKind::Microphone => media.choose_microphone(id),
        DeviceKind::Speaker => media.choose_speaker(id),
    };
    let (label, numbered) = match kind {
        DeviceKind::Camera => (texts.camera, texts.camera_numbered),
        DeviceKind::Microphone => (texts.microphone, texts.microphone_numbered),
        DeviceKind::Speaker => (texts.speaker, texts.speaker_numbered),
    };
    let choice = move |(place, device): (usize, Device)| {
        let text = if device.label.is_empty() {
            numbered(place + 1)
        } else {
            device.label
        };
        let id = device.id.clone();
        // Set on each option, for the options may come after the choice is known. The first one is the
        // browser's own choice.
        let selected = move || chosen.get().map_or(place == 0, |chosen| chosen == id);
        view! { <option value=device.id prop:selected=selected>{text}</option> }
    };
    let choices = move || {
        devices
            .get()
            .into_iter()
            .enumerate()
            .map(choice)
            .collect_view()
    };

    view! {
        <label class="device-picker">
            <span class="device-label">{label}</span>
            <span class="device-select">
                <select
                    disabled=move || devices.read().is_empty()
                    on:change:target=move |event| choose(event.target().value())
                >
                    {choices}
                    <option value="" hidden=move || !devices.read().is_empty()>
                        {texts.no_devices}
                    </option>
                </select>
                <Icon name=IconName::ChevronDown />
            </span>
        </label>
    }
    .into_any()
}
