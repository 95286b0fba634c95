//! Everybody's picture in a grid that fits one to twenty; the style sheet shapes it by their number.

use leptos::prelude::*;

use super::{
    tile::{OwnTile, Tile},
    use_room, use_view_state,
};
use crate::{
    browser::room::Phase,
    model::PeerId,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// The others in the order of their arrival, then oneself.
#[component]
pub fn Stage() -> impl IntoView {
    let store = use_room().store;
    let messages = use_messages();
    let peers = Memo::new(move |_| {
        store
            .members
            .with(|members| members.iter().map(|member| member.peer).collect::<Vec<_>>())
    });
    let count = move || peers.with(Vec::len) + 1;
    let alone =
        move || peers.with(Vec::is_empty) && store.phase.with(|phase| *phase == Phase::Live);
    view! {
        <section class="room-stage" aria-label=messages.room.video data-count=count>
            <For each=move || peers.get() key=|peer: &PeerId| *peer let:peer>
                <Tile peer />
            </For>
            <OwnTile />
        </section>
        <p class="room-alone" role="status">
            {move || alone().then_some(messages.room.alone)}
        </p>
        <HearButton />
    }
}

/// Stands over the stage while the browser holds the sound back.
#[component]
fn HearButton() -> impl IntoView {
    let view_state = use_view_state();
    let messages = use_messages();
    let hear = move |_| {
        view_state.sound_blocked.set(false);
        view_state.hear.update(|wishes| *wishes += 1);
    };
    view! {
        <Show when=move || view_state.sound_blocked.get()>
            <button type="button" class="button primary room-hear" on:click=hear>
                <Icon name=IconName::Speaker />
                {messages.room.click_to_hear}
            </button>
        </Show>
    }
}
