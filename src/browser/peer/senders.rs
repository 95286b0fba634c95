//! What a connection sends: one place for each kind of track, in the same order on both sides, and
//! the limits of the plan on each. Decides no limit.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Function, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaStream, MediaStreamTrack, RtcPeerConnection, RtcRtpSender, RtcRtpTransceiver,
    RtcRtpTransceiverDirection, RtcRtpTransceiverInit,
};

use super::{LocalTracks, Shared, TrackKind};
use crate::uplink::{Share, Stream};

/// What is to be sent, and what keeps it in step at the other side.
pub(super) struct Senders {
    /// Voice and face.
    person: MediaStream,
    /// A screen and its sound.
    display: MediaStream,
    tracks: RefCell<LocalTracks>,
    share: Cell<Share>,
    /// True when something changed that no run has seen yet. Runs never overlap: browsers refuse
    /// parameters that were read before others were set.
    due: Cell<bool>,
    running: Cell<bool>,
}

impl Senders {
    pub fn new() -> Result<Self, JsValue> {
        Ok(Self {
            person: MediaStream::new()?,
            display: MediaStream::new()?,
            tracks: RefCell::default(),
            share: Cell::default(),
            due: Cell::new(false),
            running: Cell::new(false),
        })
    }

    fn stream(&self, kind: TrackKind) -> &MediaStream {
        match kind {
            TrackKind::Microphone | TrackKind::Camera => &self.person,
            TrackKind::Screen | TrackKind::ScreenSound => &self.display,
        }
    }
}

/// Makes all places, so that switching a track later needs no negotiation.
pub(super) fn add(connection: &RtcPeerConnection, senders: &Senders) {
    for kind in TrackKind::ALL {
        let init = RtcRtpTransceiverInit::new();
        init.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        init.set_streams(&Array::of1(senders.stream(kind)));
        connection.add_transceiver_with_str_and_init(kind.medium(), &init);
    }
}

/// Sends on the places that an offer made.
pub(super) fn attach(connection: &RtcPeerConnection, senders: &Senders) {
    for (kind, transceiver) in places(connection) {
        transceiver.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        name_stream(&transceiver.sender(), senders.stream(kind));
    }
}

/// Sends these tracks within these limits from now on.
pub(super) fn send(shared: &Rc<Shared>, tracks: LocalTracks, share: Share) {
    shared.senders.tracks.replace(tracks);
    shared.senders.share.set(share);
    renew(shared);
}

/// Brings every place in line with what is to be sent now.
pub(super) fn renew(shared: &Rc<Shared>) {
    shared.senders.due.set(true);
    if shared.senders.running.replace(true) {
        return;
    }
    let shared = shared.clone();
    spawn_local(async move {
        while shared.senders.due.replace(false) && !shared.closed.get() {
            for (kind, transceiver) in places(&shared.connection) {
                settle(&shared.senders, kind, &transceiver.sender()).await;
            }
        }
        shared.senders.running.set(false);
    });
}

async fn settle(senders: &Senders, kind: TrackKind, sender: &RtcRtpSender) {
    let track = senders.tracks.borrow().of(kind).cloned();
    if sender.track() != track {
        // It fails only when the connection was closed meanwhile.
        let _ = JsFuture::from(sender.replace_track(track.as_ref())).await;
    }
    let share = senders.share.get();
    let stream = match kind {
        TrackKind::Microphone => share.microphone,
        TrackKind::Camera => share.camera,
        TrackKind::Screen => share.screen,
        TrackKind::ScreenSound => share.screen_sound,
    };
    limit(sender, kind, stream, track.as_ref()).await;
}

/// RTCRtpSender.setParameters (W3C WebRTC section 5.2); what a browser does not know it ignores.
async fn limit(
    sender: &RtcRtpSender,
    kind: TrackKind,
    stream: Stream,
    track: Option<&MediaStreamTrack>,
) {
    let parameters = sender.get_parameters();
    let encodings: Array = match Reflect::get(&parameters, &"encodings".into()) {
        Ok(encodings) if Array::is_array(&encodings) => encodings.unchecked_into(),
        _ => return,
    };
    // Some browsers have no encoding before the first negotiation; this runs again after it.
    if encodings.length() == 0 {
        return;
    }
    let encoding = encodings.get(0);
    set(&encoding, "active", stream.active);
    if stream.active {
        set(&encoding, "maxBitrate", stream.max_bitrate);
    }
    if stream.active && kind.is_picture() {
        set(&encoding, "maxFramerate", stream.max_framerate);
        let factor = stream.scale_down_by(track.map_or(0, lines));
        set(&encoding, "scaleResolutionDownBy", factor);
        set(&parameters, "degradationPreference", kind.preference());
    }
    // It fails only when the connection was closed meanwhile.
    let _ = JsFuture::from(sender.set_parameters_with_parameters(&parameters)).await;
}

fn set(object: &JsValue, field: &str, value: impl Into<JsValue>) {
    // Setting a field of a plain object does not fail.
    let _ = Reflect::set(object, &field.into(), &value.into());
}

/// The shorter side: a phone held upright films as many lines as one held across.
fn lines(track: &MediaStreamTrack) -> u32 {
    let settings = track.get_settings();
    let sides = settings
        .get_height()
        .into_iter()
        .chain(settings.get_width());
    sides
        .min()
        .and_then(|side| u32::try_from(side).ok())
        .unwrap_or(0)
}

/// Every place with its kind: their order is that of the offer, and so the same on both sides.
pub(super) fn places(
    connection: &RtcPeerConnection,
) -> impl Iterator<Item = (TrackKind, RtcRtpTransceiver)> {
    let transceivers: Vec<RtcRtpTransceiver> = connection
        .get_transceivers()
        .iter()
        .map(JsCast::unchecked_into)
        .collect();
    TrackKind::ALL.into_iter().zip(transceivers)
}

/// Tells the other side which tracks belong together, where the browser can (RTCRtpSender.setStreams).
fn name_stream(sender: &RtcRtpSender, stream: &MediaStream) {
    let method = Reflect::get(sender, &JsValue::from_str("setStreams"));
    if let Ok(Ok(method)) = method.map(JsCast::dyn_into::<Function>) {
        // Without it sound and picture still flow, only not kept in step.
        let _ = method.call1(sender, stream);
    }
}
