//! The bar at the top: where one is, whether one is connected, how much time is left.

use leptos::prelude::*;

use super::{
    connection::Connection, extend::ExtendMenu, frame::Myself, lock::LockSign, time_left::TimeLeft,
    use_room,
};

/// Brand, title, number, lock, connection, time.
#[component]
pub fn TopBar() -> impl IntoView {
    let room = use_room();
    let number = expect_context::<Myself>().number.spaced();
    view! {
        <header class="room-top">
            <span class="room-brand">"Colloquy"</span>
            <h1 class="room-title">{move || room.store.title.get()}</h1>
            <span class="pill room-number">{number}</span>
            <LockSign />
            <Connection />
            <TimeLeft />
            <ExtendMenu />
        </header>
    }
}
