//! Recording the own microphone for a moment. What was recorded stays in the page and goes with its guard.

use std::{cell::RefCell, rc::Rc, time::Duration};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobEvent, BlobPropertyBag, MediaRecorder, MediaStream, MediaStreamTrack, Url,
};

use crate::browser::{clock::Timeout, listener::Listener};

/// Records until its time is over, it is stopped, or it is dropped.
#[must_use = "dropping the recording throws it away"]
#[derive(Debug)]
pub struct Recording {
    recorder: MediaRecorder,
    /// Dropped before the recorder is stopped, so that a dropped recording never calls back.
    listeners: Vec<Listener>,
    _limit: Timeout,
}

impl Recording {
    /// Records `track` for `length`, then hands over what was heard; None when it is nothing.
    ///
    /// # Errors
    /// What the browser says when it cannot record.
    pub fn start(
        track: &MediaStreamTrack,
        length: Duration,
        mut handle_end: impl FnMut(Option<Sound>) + 'static,
    ) -> Result<Self, JsValue> {
        let stream = MediaStream::new()?;
        stream.add_track(track);
        let recorder = MediaRecorder::new_with_media_stream(&stream)?;
        let parts: Rc<RefCell<Vec<Blob>>> = Rc::default();
        let (filled, taken, used) = (parts.clone(), parts, recorder.clone());
        let listeners = vec![
            Listener::new(&recorder, "dataavailable", move |event| {
                let part = event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data);
                filled.borrow_mut().extend(part);
            }),
            Listener::new(&recorder, "stop", move |_| {
                handle_end(Sound::of(&taken.take(), &used.mime_type()));
            }),
        ];
        recorder.start()?;
        let ending = recorder.clone();
        let _limit = Timeout::new(length, move || {
            // It is stopped already when the microphone went.
            let _ = ending.stop();
        });
        Ok(Self {
            recorder,
            listeners,
            _limit,
        })
    }

    /// Ends it early; what was heard by now is handed over.
    pub fn stop(&self) {
        let _ = self.recorder.stop();
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        self.listeners.clear();
        // It fails when it is over already.
        let _ = self.recorder.stop();
    }
}

/// A recorded sound, kept in the page's memory until it is dropped.
#[derive(Debug)]
pub struct Sound {
    address: String,
}

impl Sound {
    fn of(parts: &[Blob], kind: &str) -> Option<Self> {
        if parts.iter().all(|part| part.size() == 0.0) {
            return None;
        }
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let parts: Array = parts.iter().collect();
        let blob = Blob::new_with_blob_sequence_and_options(&parts, &options).ok()?;
        let address = Url::create_object_url_with_blob(&blob).ok()?;
        Some(Self { address })
    }

    /// Where an element of this page finds it.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        // The address is one that this page made.
        let _ = Url::revoke_object_url(&self.address);
    }
}
