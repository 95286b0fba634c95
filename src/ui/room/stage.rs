//! Everybody's picture: in a grid that fits one to twenty, or one large and the others beside it. The
//! style sheet shapes it by their number.

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};

use super::{
    arrangement,
    screen_tile::{OwnScreenTile, ScreenTile},
    share_notice::ShareNotice,
    tile::{OwnTile, Tile},
    use_room, use_view_state,
};
use crate::{
    browser::{room::Phase, wake_lock::WakeLock},
    model::PeerId,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// The others in the order of their arrival, oneself, then what is shared. Tiles never move in the
/// page, so that no picture starts anew: the style sheet alone puts them elsewhere.
#[component]
pub fn Stage() -> impl IntoView {
    let room = use_room();
    let store = room.store;
    let view_state = use_view_state();
    let messages = use_messages();
    let peers = Memo::new(move |_| {
        store
            .members
            .with(|members| members.iter().map(|member| member.peer).collect::<Vec<_>>())
    });
    arrangement::arrange(room, view_state, peers);
    stay_awake();
    let sharing = Memo::new(move |_| room.media.screen_on());
    let count = move || {
        let shares = view_state.shares.with(Vec::len) + usize::from(sharing.get());
        peers.with(Vec::len) + 1 + shares
    };
    let arranged = move || {
        let large = view_state.main.get().is_some();
        if large { "main" } else { "grid" }
    };
    let alone =
        move || peers.with(Vec::is_empty) && store.phase.with(|phase| *phase == Phase::Live);
    view! {
        <ShareNotice />
        <section
            class="room-stage"
            aria-label=messages.room.video
            data-count=count
            data-arranged=arranged
            data-uplink=move || store.uplink.get()
        >
            <div class="room-tiles">
                <For each=move || peers.get() key=|peer: &PeerId| *peer let:peer>
                    <Tile peer />
                </For>
                <OwnTile />
                <For each=move || view_state.shares.get() key=|peer: &PeerId| *peer let:peer>
                    <ScreenTile peer />
                </For>
                <Show when=move || sharing.get()>
                    <OwnScreenTile />
                </Show>
            </div>
        </section>
        <p class="room-alone" role="status">
            {move || alone().then_some(messages.room.alone)}
        </p>
        <HearButton />
    }
}

/// Keeps the screen from going dark as long as the stage lives.
fn stay_awake() {
    let lock = StoredValue::new(SendOption::<WakeLock>::new_local(None));
    Effect::new(move |_| lock.set_value(SendOption::new_local(Some(WakeLock::hold()))));
    on_cleanup(move || {
        lock.try_update_value(|lock| *lock = SendOption::new_local(None));
    });
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
