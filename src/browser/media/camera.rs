//! How large the camera films: no larger than anybody watches.

use js_sys::Object;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::MediaTrackConstraints;

use super::{LocalMedia, capture};
use crate::uplink::Capture;

impl LocalMedia {
    /// Films like this from now on, as far as the camera can; [`Self::shape_camera`] makes it so.
    pub fn film(self, capture: Capture) {
        self.capture.set_value(capture);
    }

    /// Brings the camera in line with what [`Self::film`] was told; true when it films otherwise now.
    pub async fn shape_camera(self) -> bool {
        let mut changed = false;
        // What is wanted, and the camera itself, may change while the browser is at work.
        loop {
            let capture = self.capture.get_value();
            let Some(track) = self.camera_track_untracked() else {
                return changed;
            };
            let shaped = (capture, track.id());
            if self
                .shaped
                .with_value(|before| before.as_ref() == Some(&shaped))
            {
                return changed;
            }
            self.shaped.set_value(Some(shaped));
            let constraints = MediaTrackConstraints::new();
            capture::shape(&constraints, capture);
            if let Ok(promise) = track.apply_constraints_with_constraints(&constraints) {
                // A camera that cannot films as before, and its picture is scaled down all the same.
                let _ = JsFuture::from(promise).await;
            }
            changed = true;
        }
    }
}

/// Says what a picture is for, where the browser wants to know (MediaStreamTrack.contentHint).
pub(super) fn hint(track: &web_sys::MediaStreamTrack, hint: &str) {
    let track: &Object = track.unchecked_ref();
    // Setting the field of a track that does not know it does no harm.
    let _ = js_sys::Reflect::set(track, &"contentHint".into(), &hint.into());
}
