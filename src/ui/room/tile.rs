//! One person's picture, or initials, with name, role, microphone and connection in words.

use leptos::{html, prelude::*};

use super::{
    arrangement,
    caption::{Caption, LevelBar, is_speech, level_of},
    frame::Myself,
    link::Link,
    picture,
    pin_button::PinButton,
    quality_sign::QualitySign,
    signs::TileSigns,
    silent_video::SilentVideo,
    use_room, use_view_state,
};
use crate::{
    browser::room::RoomStore,
    model::PeerId,
    protocol::MediaState,
    stage::Subject,
    ui::{components::initials, use_messages},
};

/// How many calm colours the style sheet has.
const TONES: i64 = 6;
/// So many readings in a row without a new frame are a picture that stands still.
const STILL_READINGS: u8 = 2;

/// Somebody else.
#[component]
pub fn Tile(peer: PeerId) -> impl IntoView {
    let store = use_room().store;
    let view_state = use_view_state();
    let messages = use_messages();
    let subject = Subject::Camera(peer);
    let member = Memo::new(move |_| store.member(peer));
    let name = Memo::new(move |_| {
        let name = member.read().as_ref().map(|member| member.name.clone());
        name.unwrap_or_default()
    });
    let role = move || member.read().as_ref().map(|member| member.role);
    let media = Memo::new(move |_| member.read().as_ref().map(|m| m.media).unwrap_or_default());
    let link = Memo::new(move |_| Link::of(store, peer));
    let still = stands_still(store, peer, media, link);
    let words = move || match link.get() {
        Link::Connected if still.get() => Some(messages.media.picture_paused),
        Link::Connected => None,
        link => Some(link.words(&messages.room)),
    };
    let main = Memo::new(move |_| view_state.main.get() == Some(subject));
    let level = level_of(move || Some(peer), media.into());
    let speaking = is_speech(level);
    let element = NodeRef::<html::Article>::new();
    arrangement::note_in_view(element, subject, view_state);
    let video = NodeRef::<html::Video>::new();
    picture::show_remote(video, subject, store);
    let audio = NodeRef::<html::Audio>::new();
    let audible = Signal::derive(move || media.get().microphone);
    picture::hear_remote(audio, subject, audible, store, view_state);
    view! {
        <article
            class="room-tile"
            node_ref=element
            aria-label=move || name.get()
            data-peer=peer.to_string()
            data-link=move || link.get().name()
            data-camera=move || on_or_off(media.get().camera)
            data-place=move || main.get().then_some("main")
            data-speaking=move || speaking.get().then_some("")
            data-tone=(peer.0.rem_euclid(TONES)).to_string()
        >
            <SilentVideo element=video />
            <audio node_ref=audio autoplay></audio>
            <span class="room-initials" aria-hidden="true">
                {move || initials(&name.read())}
            </span>
            <TileSigns peer=Signal::derive(move || Some(peer)) />
            <div class="room-tools">
                <QualitySign peer />
                <PinButton subject=Signal::derive(move || Some(subject)) name />
            </div>
            <LevelBar level />
            <Caption name role media=media.into() speaking words=Signal::derive(words) />
        </article>
    }
}

/// True when one sees a picture that does not move although it should: connected, the camera on, the
/// tile on screen, and yet no new frame for some time.
fn stands_still(
    store: RoomStore,
    peer: PeerId,
    media: Memo<MediaState>,
    link: Memo<Link>,
) -> Memo<bool> {
    let view_state = use_view_state();
    let expected = Memo::new(move |_| {
        let seen = view_state
            .seen
            .with(|seen| seen.contains_key(&Subject::Camera(peer)));
        seen && media.get().camera && link.get() == Link::Connected
    });
    let readings = RwSignal::new(0_u8);
    Effect::new(move |_| {
        let flows = store
            .measured
            .with(|measured| measured.get(&peer).map(|measured| measured.picture));
        let still = match (expected.get(), flows) {
            (true, Some(false)) => readings.get_untracked().saturating_add(1),
            _ => 0,
        };
        readings.set(still);
    });
    Memo::new(move |_| readings.get() >= STILL_READINGS)
}

/// Oneself: mirrored, and never heard.
#[component]
pub fn OwnTile() -> impl IntoView {
    let room = use_room();
    let view_state = use_view_state();
    let myself = expect_context::<Myself>();
    let own_name = (use_messages().room.own_name)(&myself.name);
    let role = room.store.role;
    let media = Memo::new(move |_| room.media_state());
    let me = Memo::new(move |_| room.store.me.with(|me| me.as_ref().map(|me| me.peer)));
    let subject = Signal::derive(move || me.get().map(Subject::Camera));
    let main = move || subject.get().is_some() && view_state.main.get() == subject.get();
    let level = level_of(move || me.get(), media.into());
    let speaking = is_speech(level);
    let video = NodeRef::<html::Video>::new();
    picture::show_own(video, move || room.media.preview_stream());
    let name = StoredValue::new(own_name.clone());
    view! {
        <article
            class="room-tile room-own"
            aria-label=own_name
            data-peer=move || me.get().map(|peer| peer.to_string())
            data-me=""
            data-camera=move || on_or_off(media.get().camera)
            data-place=move || main().then_some("main")
            data-speaking=move || speaking.get().then_some("")
            data-tone=move || me.get().map_or(0, |peer| peer.0.rem_euclid(TONES)).to_string()
        >
            <SilentVideo element=video mirrored=true />
            <span class="room-initials" aria-hidden="true">
                {initials(&myself.name)}
            </span>
            <TileSigns peer=me />
            <div class="room-tools">
                <PinButton subject name=Signal::derive(move || name.get_value()) />
            </div>
            <LevelBar level />
            <Caption
                name=Signal::derive(move || name.get_value())
                role=move || Some(role.get())
                media=media.into()
                speaking
                words=Signal::derive(|| None)
            />
        </article>
    }
}

const fn on_or_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
