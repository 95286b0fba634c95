//! What a person sees of themselves: the own camera, mirrored, or the initials. Switches nothing.

use leptos::{html, prelude::*};

use super::initials;
use crate::{browser::media::use_local_media, ui::use_messages};

/// The own camera in a dark frame. `children` lie over its lower edge.
#[component]
pub fn SelfView(
    #[prop(into)] name: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let messages = use_messages();
    let media = use_local_media();
    let video = NodeRef::<html::Video>::new();
    Effect::new(move |_| {
        let stream = media.preview_stream();
        if let Some(video) = video.get() {
            video.set_src_object(stream.as_ref());
        }
    });

    view! {
        <div class="stage self-view">
            <video
                node_ref=video
                class="mirrored"
                aria-label=messages.lobby.self_view
                autoplay
                playsinline
                muted
                prop:muted=true
                hidden=move || !media.camera_on()
            ></video>
            <span class="initials" aria-hidden="true" hidden=move || media.camera_on()>
                {initials(&name)}
            </span>
            {children.map(|children| view! { <div class="stage-foot">{children()}</div> })}
        </div>
    }
    .into_any()
}
