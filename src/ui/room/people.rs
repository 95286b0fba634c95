//! Who is in the room, as what, and how well one is connected to them.

use leptos::prelude::*;

use super::{frame::Myself, link::Link, sight::SightTable, use_room};
use crate::{
    model::{PeerId, Role},
    protocol::MediaState,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Oneself first, then the others in the order of their arrival.
#[component]
pub fn People() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().room;
    let myself = expect_context::<Myself>();
    let own_name = (messages.own_name)(&myself.name);
    let media = Memo::new(move |_| room.media_state());
    let peers = Memo::new(move |_| {
        room.store
            .members
            .with(|members| members.iter().map(|m| m.peer).collect::<Vec<_>>())
    });
    view! {
        <ul class="room-people" role="list">
            <Person name=own_name role=myself.role media=media.into() words=Signal::derive(|| None) />
            <For each=move || peers.get() key=|peer: &PeerId| *peer let:peer>
                <Other peer />
            </For>
        </ul>
        {myself.role.may_run_the_interview().then(|| view! { <SightTable /> })}
    }
}

#[component]
fn Other(peer: PeerId) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().room;
    let member = Memo::new(move |_| store.member(peer));
    let media = Memo::new(move |_| member.read().as_ref().map(|m| m.media).unwrap_or_default());
    let words = Memo::new(move |_| Some(Link::of(store, peer).words(messages)));
    move || {
        let name_and_role = member.with(|member| {
            member
                .as_ref()
                .map(|member| (member.name.clone(), member.role))
        });
        name_and_role.map(|(name, role)| {
            view! { <Person name role media=media.into() words=words.into() /> }
        })
    }
}

#[component]
fn Person(
    name: String,
    role: Role,
    media: Signal<MediaState>,
    words: Signal<Option<&'static str>>,
) -> impl IntoView {
    let messages = &use_messages().room;
    let role_name = use_messages().common.role;
    let microphone = move || {
        let on = media.get().microphone;
        let icon = if on {
            IconName::Microphone
        } else {
            IconName::MicrophoneOff
        };
        (
            icon,
            if on {
                messages.microphone_on
            } else {
                messages.microphone_off
            },
        )
    };
    let camera = move || {
        let on = media.get().camera;
        let icon = if on {
            IconName::Camera
        } else {
            IconName::CameraOff
        };
        (
            icon,
            if on {
                messages.camera_on
            } else {
                messages.camera_off
            },
        )
    };
    let sign = |(icon, words): (IconName, &'static str)| {
        view! {
            <span class="room-sign" title=words>
                <Icon name=icon />
                <span class="visually-hidden">{words}</span>
            </span>
        }
    };
    view! {
        <li class="room-person">
            <div class="room-person-text">
                <span class="room-person-name">{name}</span>
                <span class="muted small">
                    {role_name(role)}
                    {move || words.get().map(|words| format!(" · {words}"))}
                </span>
            </div>
            {move || sign(microphone())}
            {move || sign(camera())}
        </li>
    }
}
