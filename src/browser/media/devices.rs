//! The lists of cameras, microphones and speakers, and playing through a chosen one.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlMediaElement, MediaDeviceInfo, MediaDeviceKind, MediaDevices};

use crate::browser::externs::SinkElement;

/// What a device is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeviceKind {
    Camera,
    Microphone,
    Speaker,
}

/// One device as the browser names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Stable for this site in this browser.
    pub id: String,
    /// Empty until the person has allowed devices of this kind.
    pub label: String,
}

/// Every device that can be told from others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    pub cameras: Vec<Device>,
    pub microphones: Vec<Device>,
    pub speakers: Vec<Device>,
}

impl Devices {
    /// The devices of that kind.
    pub fn of(&self, kind: DeviceKind) -> &[Device] {
        match kind {
            DeviceKind::Camera => &self.cameras,
            DeviceKind::Microphone => &self.microphones,
            DeviceKind::Speaker => &self.speakers,
        }
    }

    /// True when a device of that kind with that id is connected.
    pub fn has(&self, kind: DeviceKind, id: &str) -> bool {
        self.of(kind).iter().any(|device| device.id == id)
    }

    fn add(&mut self, info: &MediaDeviceInfo) {
        let device = Device {
            id: info.device_id(),
            label: info.label(),
        };
        // Before any permission, browsers tell only that there are devices, without ids.
        if device.id.is_empty() {
            return;
        }
        match info.kind() {
            MediaDeviceKind::Videoinput => self.cameras.push(device),
            MediaDeviceKind::Audioinput => self.microphones.push(device),
            MediaDeviceKind::Audiooutput => self.speakers.push(device),
            _ => {}
        }
    }
}

/// The browser's devices; none in a page that is not secure.
pub(super) fn media_devices() -> Option<MediaDevices> {
    let devices = web_sys::window()?.navigator().media_devices().ok()?;
    // The binding promises a value where browsers answer undefined.
    (!JsValue::from(devices.clone()).is_undefined()).then_some(devices)
}

/// The lists as they are now.
pub(super) async fn load_devices() -> Option<Devices> {
    let promise = media_devices()?.enumerate_devices().ok()?;
    let list: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let mut devices = Devices::default();
    for info in list.iter() {
        devices.add(info.unchecked_ref());
    }
    Some(devices)
}

/// True where the browser lets a page choose the speaker.
pub fn speaker_can_be_chosen() -> bool {
    let prototype = || {
        let class = Reflect::get(&js_sys::global(), &"HTMLMediaElement".into()).ok()?;
        Reflect::get(&class, &"prototype".into()).ok()
    };
    prototype()
        .is_some_and(|prototype| Reflect::has(&prototype, &"setSinkId".into()).unwrap_or(false))
}

/// Plays `element` through that speaker, or through the system's own choice. Where the browser or
/// the speaker refuses, it goes on playing where it did.
pub async fn play_through(element: &HtmlMediaElement, speaker: Option<&str>) {
    if !speaker_can_be_chosen() {
        return;
    }
    let element: &SinkElement = element.unchecked_ref();
    if let Ok(promise) = element.set_sink_id(speaker.unwrap_or_default()) {
        let _ = JsFuture::from(promise).await;
    }
}
