//! Puts streams into media elements and gets them to play; draws nothing itself.

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, HtmlAudioElement, HtmlMediaElement, MediaStream};

use super::view_state::ViewState;
use crate::{
    browser::{
        media::{LocalMedia, play_through, use_local_media},
        room::{RemoteStream, RoomStore},
    },
    model::PeerId,
};

/// Shows the picture that `peer` sends. It is silent, so browsers always let it play.
pub(super) fn show_remote(element: NodeRef<html::Video>, peer: PeerId, store: RoomStore) {
    Effect::new(move |_| {
        let stream = of_peer(store, peer, |remote| (*remote.picture).clone());
        if let Some(video) = element.get() {
            video.set_muted(true);
            put(&video, stream.as_ref());
        }
    });
}

/// Plays the sound that `peer` sends, through the chosen speaker.
pub(super) fn hear_remote(
    element: NodeRef<html::Audio>,
    peer: PeerId,
    store: RoomStore,
    view_state: ViewState,
) {
    let devices = use_local_media();
    Effect::new(move |_| {
        view_state.hear.track();
        let stream = of_peer(store, peer, |remote| (*remote.sound).clone());
        if let Some(audio) = element.get() {
            put(&audio, stream.as_ref());
            if stream.is_some() {
                spawn_local(play(audio, view_state));
            }
        }
    });
    Effect::new(move |_| {
        let speaker = devices.speaker();
        if let Some(audio) = element.get() {
            spawn_local(async move { play_through(&audio, speaker.as_deref()).await });
        }
    });
}

/// Shows the person's own camera.
pub(super) fn show_own(element: NodeRef<html::Video>, devices: LocalMedia) {
    Effect::new(move |_| {
        let stream = devices.preview_stream();
        if let Some(video) = element.get() {
            video.set_muted(true);
            put(&video, stream.as_ref());
        }
    });
}

/// Setting the same stream again would make the picture flicker.
fn put(element: &HtmlMediaElement, stream: Option<&MediaStream>) {
    if element.src_object().as_ref() != stream {
        element.set_src_object(stream);
    }
}

/// One of the streams that `peer` sends. Reactive.
fn of_peer(
    store: RoomStore,
    peer: PeerId,
    choose: fn(&RemoteStream) -> Option<MediaStream>,
) -> Option<MediaStream> {
    store
        .streams
        .with(|streams| streams.get(&peer).and_then(choose))
}

async fn play(audio: HtmlAudioElement, view_state: ViewState) {
    let Ok(playing) = audio.play() else {
        return;
    };
    // Other refusals mean that the stream was changed meanwhile, and the next call plays that.
    if let Err(refusal) = JsFuture::from(playing).await
        && refusal
            .dyn_ref::<DomException>()
            .is_some_and(|it| it.name() == "NotAllowedError")
    {
        view_state.sound_blocked.set(true);
    }
}
