//! Puts streams into media elements and gets them to play; draws nothing itself.

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, HtmlAudioElement, HtmlMediaElement, MediaStream};

use super::view_state::ViewState;
use crate::{
    browser::{
        media::{play_through, use_local_media},
        room::{RemoteStream, RoomStore},
    },
    model::PeerId,
    stage::Subject,
};

/// Shows the camera or the screen of somebody. It is silent, so browsers always let it play.
pub(super) fn show_remote(element: NodeRef<html::Video>, subject: Subject, store: RoomStore) {
    Effect::new(move |_| {
        let stream = match subject {
            Subject::Camera(peer) => of_peer(store, peer, |remote| (*remote.picture).clone()),
            Subject::Screen(peer) => of_peer(store, peer, |remote| (*remote.screen).clone()),
        };
        if let Some(video) = element.get() {
            video.set_muted(true);
            put(&video, stream.as_ref());
        }
    });
}

/// Plays the voice of somebody, or the sound of their screen, through the chosen speaker. Whatever
/// arrives is held silent while `on` is false: who says that nothing is sent is not to be heard.
pub(super) fn hear_remote(
    element: NodeRef<html::Audio>,
    subject: Subject,
    on: Signal<bool>,
    store: RoomStore,
    view_state: ViewState,
) {
    let devices = use_local_media();
    Effect::new(move |_| {
        view_state.hear.track();
        let stream = match subject {
            Subject::Camera(peer) => of_peer(store, peer, |remote| (*remote.sound).clone()),
            Subject::Screen(peer) => of_peer(store, peer, |remote| (*remote.screen_sound).clone()),
        };
        if let Some(audio) = element.get() {
            put(&audio, stream.as_ref());
            if stream.is_some() {
                spawn_local(play(audio, view_state));
            }
        }
    });
    Effect::new(move |_| {
        let on = on.get();
        if let Some(audio) = element.get() {
            audio.set_muted(!on);
        }
    });
    Effect::new(move |_| {
        let speaker = devices.speaker();
        if let Some(audio) = element.get() {
            spawn_local(async move { play_through(&audio, speaker.as_deref()).await });
        }
    });
}

/// Shows what the person sends: their own camera, or what they share.
pub(super) fn show_own(
    element: NodeRef<html::Video>,
    stream: impl Fn() -> Option<MediaStream> + 'static,
) {
    Effect::new(move |_| {
        let stream = stream();
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
