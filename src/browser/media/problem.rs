//! Why a camera or a microphone cannot be used, told apart by what the browser answers.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Why a device is not sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaProblem {
    /// The person or the browser's settings refused.
    Denied,
    /// The operating system refuses the browser as a whole.
    DeniedBySystem,
    /// There is no such device.
    NotFound,
    /// Another program holds the device, or the hardware failed.
    Busy,
    /// The page did not come over https or from this machine, so the browser hides all devices.
    Insecure,
    /// The device was unplugged, or the system took it away, while it was in use.
    Lost,
    Other,
}

impl MediaProblem {
    /// The problem that a rejected getUserMedia names (W3C Media Capture section 10.2).
    pub(super) fn from_rejection(rejection: &JsValue) -> Self {
        // Read by name: OverconstrainedError is no DOMException in older browsers.
        let text = |name: &str| {
            Reflect::get(rejection, &name.into())
                .ok()
                .and_then(|value| value.as_string())
        };
        let message = text("message").unwrap_or_default();
        match text("name").unwrap_or_default().as_str() {
            "NotAllowedError" if message.contains("system") => Self::DeniedBySystem,
            "NotAllowedError" | "SecurityError" => Self::Denied,
            "NotFoundError" | "OverconstrainedError" => Self::NotFound,
            "NotReadableError" | "AbortError" => Self::Busy,
            _ => Self::Other,
        }
    }

    /// True when asking once more can only help after the person changed a setting.
    pub const fn is_denial(self) -> bool {
        matches!(self, Self::Denied | Self::DeniedBySystem)
    }
}
