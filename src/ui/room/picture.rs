//! Puts streams into video elements and gets them to play; draws nothing itself.

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, HtmlVideoElement, MediaStream};

use super::view_state::ViewState;
use crate::{
    browser::{
        media::{LocalMedia, play_through, use_local_media},
        room::RoomStore,
    },
    model::PeerId,
};

/// Plays what `peer` sends, sound included, through the chosen speaker.
pub(super) fn show_remote(
    element: NodeRef<html::Video>,
    peer: PeerId,
    store: RoomStore,
    view_state: ViewState,
) {
    let devices = use_local_media();
    Effect::new(move |_| {
        view_state.hear.track();
        let stream = store.streams.with(|streams| {
            streams
                .get(&peer)
                .and_then(|remote| (*remote.stream).clone())
        });
        if let Some(video) = element.get() {
            show(&video, stream.as_ref());
            if stream.is_some() {
                spawn_local(play(video, view_state));
            }
        }
    });
    Effect::new(move |_| {
        let speaker = devices.speaker();
        if let Some(video) = element.get() {
            spawn_local(async move { play_through(&video, speaker.as_deref()).await });
        }
    });
}

/// Shows the person's own camera.
pub(super) fn show_own(element: NodeRef<html::Video>, devices: LocalMedia) {
    Effect::new(move |_| {
        let stream = devices.preview_stream();
        if let Some(video) = element.get() {
            video.set_muted(true);
            show(&video, stream.as_ref());
        }
    });
}

/// Setting the same stream again would make the picture flicker.
fn show(video: &HtmlVideoElement, stream: Option<&MediaStream>) {
    if video.src_object().as_ref() != stream {
        video.set_src_object(stream);
    }
}

async fn play(video: HtmlVideoElement, view_state: ViewState) {
    let Ok(playing) = video.play() else {
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
