//! A shared screen: somebody's, with its sound, or one's own in words. Never mirrored.

use leptos::{html, prelude::*};

use super::{
    arrangement, picture, pin_button::PinButton, silent_video::SilentVideo, use_room,
    use_view_state,
};
use crate::{
    model::PeerId,
    stage::Subject,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// The screen that somebody else shares.
#[component]
pub fn ScreenTile(peer: PeerId) -> impl IntoView {
    let store = use_room().store;
    let view_state = use_view_state();
    let messages = &use_messages().media;
    let subject = Subject::Screen(peer);
    let name = Memo::new(move |_| {
        let name = store.member(peer).map(|member| member.name);
        (messages.screen_of)(&name.unwrap_or_default())
    });
    let on = Memo::new(move |_| store.member(peer).is_some_and(|member| member.media.screen));
    let main = Memo::new(move |_| view_state.main.get() == Some(subject));
    let element = NodeRef::<html::Article>::new();
    arrangement::note_in_view(element, subject, view_state);
    let video = NodeRef::<html::Video>::new();
    picture::show_remote(video, subject, store);
    let audio = NodeRef::<html::Audio>::new();
    picture::hear_remote(audio, subject, on.into(), store, view_state);
    view! {
        <article
            class="room-tile room-screen"
            node_ref=element
            aria-label=move || name.get()
            data-screen=peer.to_string()
            data-place=move || main.get().then_some("main")
        >
            <p class="room-screen-words">{messages.screen_coming}</p>
            <SilentVideo element=video />
            <audio node_ref=audio autoplay></audio>
            <div class="room-tools">
                <PinButton subject=Signal::derive(move || Some(subject)) name />
            </div>
            <div class="room-caption">
                <span class="room-label">
                    <Icon name=IconName::Screen />
                    <span class="room-name">{move || name.get()}</span>
                </span>
            </div>
        </article>
    }
}

/// What the person shares themselves.
#[component]
pub fn OwnScreenTile() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().media;
    let video = NodeRef::<html::Video>::new();
    picture::show_own(video, move || room.media.screen_preview());
    let left_out = move || {
        let left_out = room.store.screen_sound_left_out.get();
        left_out.then(|| view! { <span class="small">{messages.share_sound_left_out}</span> })
    };
    view! {
        <article
            class="room-tile room-screen"
            aria-label=messages.you_share
            data-own-screen=""
        >
            <p class="room-screen-words" role="status">
                <Icon name=IconName::Screen />
                <span>{messages.you_share}</span>
                {left_out}
            </p>
            <SilentVideo element=video />
        </article>
    }
}
