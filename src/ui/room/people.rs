//! Who is in the room and who wants to be: what each sends, who asks for the word, and for whoever is in
//! charge what can be done about it.

mod callers;
mod facts;
mod hands;
mod person;
mod person_menu;

use leptos::prelude::*;

use self::{callers::Callers, hands::Hands, person::Person};
use super::{lock::LockSwitch, sight::SightTable, use_room};
use crate::{model::PeerId, ui::use_messages};

/// Those who wait first, then oneself, then the others in the order of their arrival.
#[component]
pub fn People() -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().media;
    let peers = Memo::new(move |_| {
        let everyone = store.everyone();
        everyone
            .iter()
            .map(|member| member.peer)
            .collect::<Vec<_>>()
    });
    view! {
        <div class="room-people">
            <Callers />
            <LockSwitch />
            <Hands />
            <ul role="list">
                <For each=move || peers.get() key=|peer: &PeerId| *peer let:peer>
                    <Person peer />
                </For>
            </ul>
            <Show when=move || store.role.get().is_interviewer()>
                <details class="unfold room-sight-unfold">
                    <summary id="room-sight-title">{messages.sight}</summary>
                    <SightTable />
                </details>
            </Show>
        </div>
    }
}
