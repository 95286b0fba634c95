//! The element in which a picture of the stage moves; what is shown in it belongs to `picture`.

use leptos::{html, prelude::*};

/// Says nothing to readers and makes no sound, so that browsers always let it play.
#[component]
pub(super) fn SilentVideo(
    element: NodeRef<html::Video>,
    #[prop(optional)] mirrored: bool,
) -> impl IntoView {
    view! {
        <video
            node_ref=element
            class:room-mirrored=mirrored
            autoplay
            playsinline
            muted
            prop:muted=true
            aria-hidden="true"
        ></video>
    }
}
