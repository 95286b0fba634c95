//! One person in the list: name, role, and what they send, as words and signs.

use leptos::prelude::*;

use super::person_menu::PersonMenu;
use crate::{
    model::PeerId,
    ui::{
        components::{Icon, IconName},
        room::{
            caption::{is_speech, level_of},
            link::Link,
            use_room,
        },
        use_messages,
    },
};

/// One row.
#[component]
pub fn Person(peer: PeerId) -> impl IntoView {
    let room = use_room();
    let store = room.store;
    let messages = use_messages();
    let member = Memo::new(move |_| {
        let everyone = store.everyone();
        everyone.into_iter().find(|member| member.peer == peer)
    });
    let mine = Memo::new(move |_| store.is_me(peer));
    let name = move || {
        let name = member.read().as_ref().map(|member| member.name.clone());
        let name = name.unwrap_or_default();
        if mine.get() {
            (messages.room.own_name)(&name)
        } else {
            name
        }
    };
    let role = Memo::new(move |_| member.read().as_ref().map(|member| member.role));
    let below = move || {
        let role = role.get().map(messages.common.role).unwrap_or_default();
        if mine.get() {
            role.to_owned()
        } else {
            format!("{role} · {}", Link::of(store, peer).words(&messages.room))
        }
    };
    let in_charge = move || store.in_charge.get() == Some(peer);
    let menu = move || store.role.get().may_see_details();
    view! {
        <li
            class="room-person"
            data-person=peer.to_string()
            data-role=move || role.get().map(|role| format!("{role:?}"))
        >
            <div class="room-person-text">
                <span class="room-person-name">{name}</span>
                <span class="muted small">{below}</span>
                <Show when=in_charge>
                    <span class="pill accent room-in-charge" data-in-charge="">
                        {messages.charge.in_charge}
                    </span>
                </Show>
            </div>
            <Signs peer />
            <Show when=menu>
                <PersonMenu peer />
            </Show>
        </li>
    }
}

/// Hand, screen, microphone and camera.
#[component]
fn Signs(peer: PeerId) -> impl IntoView {
    let room = use_room();
    let store = room.store;
    let messages = use_messages();
    let media = Memo::new(move |_| {
        if store.is_me(peer) {
            return room.media_state();
        }
        store
            .member(peer)
            .map(|member| member.media)
            .unwrap_or_default()
    });
    let place = Memo::new(move |_| store.hand_place(peer));
    let speaks = is_speech(level_of(move || Some(peer), media.into()));
    let sign = |icon: IconName, words: String| {
        let title = words.clone();
        view! {
            <span class="room-sign" title=title>
                <Icon name=icon />
                <span class="visually-hidden">{words}</span>
            </span>
        }
    };
    let microphone = move || match media.get().microphone {
        true if speaks.get() => sign(IconName::Microphone, messages.media.speaking.into()),
        true => sign(IconName::Microphone, messages.room.microphone_on.into()),
        false => sign(IconName::MicrophoneOff, messages.room.microphone_off.into()),
    };
    let camera = move || match media.get().camera {
        true => sign(IconName::Camera, messages.room.camera_on.into()),
        false => sign(IconName::CameraOff, messages.room.camera_off.into()),
    };
    let hand = move || {
        let words = messages.charge.hand_place;
        place.get().map(|place| sign(IconName::Hand, words(place)))
    };
    let screen = move || {
        let shared = media.get().screen;
        shared.then(|| sign(IconName::Screen, messages.charge.sharing.into()))
    };
    view! {
        <span
            class="room-person-signs"
            class:room-person-speaks=move || speaks.get()
            data-microphone=move || media.get().microphone.to_string()>
            {hand}
            {screen}
            {microphone}
            {camera}
        </span>
    }
}
