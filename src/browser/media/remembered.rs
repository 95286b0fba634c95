//! What a person chose last time in this browser; touches no device.

use serde::{Deserialize, Serialize};

use super::{DeviceKind, Devices};
use crate::browser::storage::{self, Area};

const KEY: &str = "media";

/// What somebody wants to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaWish {
    pub microphone: bool,
    pub camera: bool,
}

impl MediaWish {
    /// As it was left in this browser; both on the first time.
    pub fn remembered() -> Self {
        Remembered::load().wish
    }
}

impl Default for MediaWish {
    fn default() -> Self {
        Self {
            microphone: true,
            camera: true,
        }
    }
}

/// The devices, by the browser's ids, and the switches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Remembered {
    pub microphone: Option<String>,
    pub camera: Option<String>,
    pub speaker: Option<String>,
    pub wish: MediaWish,
    pub noise_suppression: bool,
    pub echo_cancellation: bool,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            microphone: None,
            camera: None,
            speaker: None,
            wish: MediaWish::default(),
            noise_suppression: true,
            echo_cancellation: true,
        }
    }
}

impl Remembered {
    pub fn load() -> Self {
        storage::read(Area::Browser, KEY)
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Without what is known to be unplugged. Before the person has allowed devices of a kind, the
    /// browser lists none of it, and the choice stands.
    pub fn without_missing(&self, connected: &Devices) -> Self {
        let keep = |id: &Option<String>, kind| {
            let unknown = connected.of(kind).is_empty();
            id.clone().filter(|id| unknown || connected.has(kind, id))
        };
        Self {
            microphone: keep(&self.microphone, DeviceKind::Microphone),
            camera: keep(&self.camera, DeviceKind::Camera),
            ..self.clone()
        }
    }

    pub fn save(&self) {
        if let Ok(text) = serde_json::to_string(self) {
            storage::write(Area::Browser, KEY, &text);
        }
    }
}
