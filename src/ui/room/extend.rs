//! More time: beside the time left, and offered in words when little of it is left.

use leptos::prelude::*;

use super::{
    menu::{Menu, MenuHandle, MenuItem},
    use_room,
};
use crate::{
    protocol::EXTENSIONS,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// From here on more time is offered, in milliseconds.
const SOON: i64 = 5 * 60_000;

/// `More time`, for whoever is in charge.
#[component]
pub fn ExtendMenu() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().charge;
    let item = move |menu: MenuHandle, minutes: u32| {
        let words = (messages.extend_by)(minutes);
        view! { <MenuItem menu name="extend-by" words on_press=move || room.extend(minutes) /> }
    };
    view! {
        <Show when=move || room.store.runs.get()>
            {
                let menu = MenuHandle::new();
                let face = view! {
                    <Icon name=IconName::Plus />
                    <span class="room-top-words">{messages.extend}</span>
                };
                view! {
                    <Menu
                        menu
                        id="room-extend"
                        name="extend"
                        class="button small room-extend"
                        label=Signal::derive(move || messages.extend.to_owned())
                        hint=Signal::derive(move || messages.extend.to_owned())
                        face=face.into_any()
                    >
                        {EXTENSIONS.map(|minutes| item(menu, minutes)).collect_view()}
                    </Menu>
                }
            }
        </Show>
    }
}

/// Offers more time to whoever is in charge when the end is near, once.
#[component]
pub fn EndNear() -> impl IntoView {
    let room = use_room();
    let messages = use_messages();
    let near = Memo::new(move |_| {
        let left = room.store.left();
        room.store.runs.get() && left.is_some_and(|left| left > 0 && left < SOON)
    });
    let put_off = RwSignal::new(false);
    Effect::new(move |_| {
        if !near.get() {
            put_off.set(false);
        }
    });
    let offered = move || near.get() && !put_off.get();
    let button = move |minutes: u32| {
        view! {
            <button type="button" class="button" on:click=move |_| room.extend(minutes)>
                {(messages.charge.extend_by)(minutes)}
            </button>
        }
    };
    view! {
        <div class="room-card" data-end-near="" class:room-card-empty=move || !offered()>
            <p class="room-card-words" role="status">
                {move || offered().then_some(messages.charge.ends_soon)}
            </p>
            <Show when=offered>
                <div class="room-card-actions">
                    {EXTENSIONS.map(button).collect_view()}
                    <button
                        type="button"
                        class="button quiet icon-only"
                        aria-label=messages.common.close
                        on:click=move |_| put_off.set(true)
                    >
                        <Icon name=IconName::Close />
                    </button>
                </div>
            </Show>
        </div>
    }
}
