//! Which of this page's tracks a connection sends, one place for sound and one for the picture.

use std::cell::RefCell;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaStream, MediaStreamTrack, RtcPeerConnection, RtcRtpSender, RtcRtpTransceiver,
    RtcRtpTransceiverDirection, RtcRtpTransceiverInit,
};

use super::LocalTracks;

const KINDS: [&str; 2] = ["audio", "video"];

/// Makes both places, so that switching a track later needs no negotiation.
pub(super) fn add(connection: &RtcPeerConnection, stream: &MediaStream, tracks: &LocalTracks) {
    for kind in KINDS {
        let init = RtcRtpTransceiverInit::new();
        init.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        init.set_streams(&Array::of1(stream));
        match tracks.of(kind) {
            Some(track) => {
                connection.add_transceiver_with_media_stream_track_and_init(track, &init);
            }
            None => {
                connection.add_transceiver_with_str_and_init(kind, &init);
            }
        }
    }
}

/// Sends on the places that an offer made.
pub(super) async fn attach(
    connection: &RtcPeerConnection,
    stream: &MediaStream,
    tracks: &RefCell<LocalTracks>,
) {
    for (_, transceiver) in places(connection) {
        transceiver.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        name_stream(&transceiver.sender(), stream);
    }
    replace(connection, tracks).await;
}

/// Sends the tracks of this moment on the places there are. Tracks are read anew for each place, and
/// the browser carries replacements out in order, so the last call wins.
pub(super) async fn replace(connection: &RtcPeerConnection, tracks: &RefCell<LocalTracks>) {
    for (kind, transceiver) in places(connection) {
        let track = tracks.borrow().of(kind).cloned();
        // It fails only when the connection was closed meanwhile.
        let _ = JsFuture::from(transceiver.sender().replace_track(track.as_ref())).await;
    }
}

/// The first transceiver of each kind.
fn places(connection: &RtcPeerConnection) -> Vec<(&'static str, RtcRtpTransceiver)> {
    let transceivers: Vec<RtcRtpTransceiver> = connection
        .get_transceivers()
        .iter()
        .map(JsCast::unchecked_into)
        .collect();
    let first = |kind: &'static str| {
        let place = transceivers
            .iter()
            .find(|transceiver| transceiver.receiver().track().kind() == kind);
        place.map(|transceiver| (kind, transceiver.clone()))
    };
    KINDS.into_iter().filter_map(first).collect()
}

/// Tells the other side which tracks belong together, where the browser can (RTCRtpSender.setStreams).
fn name_stream(sender: &RtcRtpSender, stream: &MediaStream) {
    let method = Reflect::get(sender, &JsValue::from_str("setStreams"));
    if let Ok(Ok(method)) = method.map(JsCast::dyn_into::<Function>) {
        // Without it sound and picture still flow, only not kept in step.
        let _ = method.call1(sender, stream);
    }
}

impl LocalTracks {
    fn of(&self, kind: &str) -> Option<&MediaStreamTrack> {
        match kind {
            "audio" => self.audio.as_ref(),
            _ => self.video.as_ref(),
        }
    }
}
