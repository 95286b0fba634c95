//! One person's picture, or initials, with name, role, microphone and connection in words.

use leptos::{html, prelude::*};

use super::{frame::Myself, link::Link, picture, signs::TileSigns, use_room, use_view_state};
use crate::{
    model::{PeerId, Role},
    protocol::MediaState,
    ui::{
        components::{Icon, IconName, initials},
        use_messages,
    },
};

/// How many calm colours the style sheet has.
const TONES: i64 = 6;

/// Somebody else.
#[component]
pub fn Tile(peer: PeerId) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().room;
    let member = Memo::new(move |_| store.member(peer));
    let name = Memo::new(move |_| {
        member
            .read()
            .as_ref()
            .map(|m| m.name.clone())
            .unwrap_or_default()
    });
    let role = move || member.read().as_ref().map(|member| member.role);
    let media = Memo::new(move |_| member.read().as_ref().map(|m| m.media).unwrap_or_default());
    let link = Memo::new(move |_| Link::of(store, peer));
    let words = move || match link.get() {
        Link::Connected => None,
        link => Some(link.words(messages)),
    };
    let video = NodeRef::<html::Video>::new();
    picture::show_remote(video, peer, store);
    let audio = NodeRef::<html::Audio>::new();
    picture::hear_remote(audio, peer, store, use_view_state());
    view! {
        <article
            class="room-tile"
            aria-label=move || name.get()
            data-peer=peer.to_string()
            data-link=move || link.get().name()
            data-camera=move || on_or_off(media.get().camera)
            data-tone=(peer.0.rem_euclid(TONES)).to_string()
        >
            <video
                node_ref=video
                autoplay
                playsinline
                muted
                prop:muted=true
                aria-hidden="true"
            ></video>
            <audio node_ref=audio autoplay></audio>
            <span class="room-initials" aria-hidden="true">
                {move || initials(&name.read())}
            </span>
            <TileSigns peer=Some(peer) />
            <Caption name role media=media.into() words=Signal::derive(words) />
        </article>
    }
}

/// Oneself: mirrored, and never heard.
#[component]
pub fn OwnTile() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().room;
    let myself = expect_context::<Myself>();
    let own_name = (messages.own_name)(&myself.name);
    let role = room.store.role;
    let media = Memo::new(move |_| room.media_state());
    let me = move || room.store.me.with(|me| me.as_ref().map(|me| me.peer));
    let video = NodeRef::<html::Video>::new();
    picture::show_own(video, room.media);
    let caption_name = own_name.clone();
    view! {
        <article
            class="room-tile room-own"
            aria-label=own_name
            data-peer=move || me().map(|peer| peer.to_string())
            data-me=""
            data-camera=move || on_or_off(media.get().camera)
            data-tone=move || me().map_or(0, |peer| peer.0.rem_euclid(TONES)).to_string()
        >
            <video
                node_ref=video
                class="room-mirrored"
                autoplay
                playsinline
                muted
                prop:muted=true
                aria-hidden="true"
            ></video>
            <span class="room-initials" aria-hidden="true">
                {initials(&myself.name)}
            </span>
            <TileSigns peer=Signal::derive(me) />
            <Caption
                name=Signal::derive(move || caption_name.clone())
                role=move || Some(role.get())
                media=media.into()
                words=Signal::derive(|| None)
            />
        </article>
    }
}

#[component]
fn Caption(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] role: Signal<Option<Role>>,
    media: Signal<MediaState>,
    words: Signal<Option<&'static str>>,
) -> impl IntoView {
    let messages = &use_messages().room;
    let role_name = use_messages().common.role;
    let muted = move || !media.get().microphone;
    view! {
        <div class="room-caption">
            <span class="room-label">
                <Show when=muted>
                    <span class="room-muted" data-muted="">
                        <Icon name=IconName::MicrophoneOff />
                        <span class="visually-hidden">{messages.microphone_off} ". "</span>
                    </span>
                </Show>
                <span class="room-name">{move || name.get()}</span>
            </span>
            <span class="room-label room-role">{move || role.get().map(role_name)}</span>
            {move || words.get().map(|words| view! { <span class="room-label">{words}</span> })}
        </div>
    }
}

const fn on_or_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
