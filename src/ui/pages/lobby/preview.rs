//! The person's own picture with its switches, and what is wrong with the devices. Sends nothing.

use leptos::prelude::*;

use super::switches::MediaSwitches;
use crate::{
    browser::media::{MediaWish, use_local_media},
    messages::MediaKinds,
    ui::{
        components::{MediaNotices, MicrophoneLevel, SelfView},
        use_messages,
    },
};

/// Opens the devices once the page is alive, which it tells by `alive`, and closes them with itself
/// unless `joined` says that the room takes them over.
#[component]
pub fn Preview(name: String, alive: RwSignal<bool>, joined: StoredValue<bool>) -> impl IntoView {
    let media = use_local_media();
    Effect::new(move |_| {
        alive.set(true);
        media.start(MediaWish::remembered());
    });
    on_cleanup(move || {
        // The devices stay open for the room, and for nothing else.
        if alive.try_get_untracked() == Some(true) && joined.try_get_value() != Some(true) {
            media.stop();
        }
    });
    view! {
        <div class="lobby-view">
            <SelfView name>
                <MicrophoneLevel />
            </SelfView>
            <Opening alive />
            <MediaSwitches alive />
            <MediaNotices />
        </div>
    }
    .into_any()
}

/// What lies over the preview before there is anything to see.
#[component]
fn Opening(alive: RwSignal<bool>) -> impl IntoView {
    let texts = &use_messages().lobby;
    let media = use_local_media();
    let kinds = move || match (media.camera_asked(), media.microphone_asked()) {
        (true, true) => Some(MediaKinds::Both),
        (true, false) => Some(MediaKinds::Camera),
        (false, true) => Some(MediaKinds::Microphone),
        (false, false) => None,
    };
    let text = move || match (alive.get(), kinds()) {
        (false, _) => texts.needs_script,
        (true, Some(kinds)) => (texts.opening)(kinds),
        (true, None) => "",
    };
    view! {
        <p class="lobby-opening" role="status" class:shown=move || !text().is_empty()>
            {text}
        </p>
    }
    .into_any()
}
