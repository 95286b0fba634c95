//! Who asks for the word, in the order of asking.

use leptos::prelude::*;

use crate::{
    protocol::Member,
    ui::{
        components::{Icon, IconName},
        room::use_room,
        use_messages,
    },
};

/// The raised hands; nothing while all are down.
#[component]
pub fn Hands() -> impl IntoView {
    let room = use_room();
    let store = room.store;
    let messages = &use_messages().charge;
    let hands = Memo::new(move |_| store.hands());
    let row = move |member: Member| {
        let peer = member.peer;
        let may_lower = move || store.runs.get() || store.is_me(peer);
        view! {
            <li class="room-hand" data-raised=peer.to_string()>
                <Icon name=IconName::Hand />
                <span class="room-person-name">{member.name}</span>
                <Show when=may_lower>
                    <button
                        type="button"
                        class="button quiet small"
                        data-action="lower-hand"
                        on:click=move |_| room.lower_hand(peer)
                    >
                        {messages.lower_hand}
                    </button>
                </Show>
            </li>
        }
    };
    view! {
        <Show when=move || !hands.with(Vec::is_empty)>
            <section class="room-hands" aria-label=messages.hands>
                <h3>{messages.hands}</h3>
                <ol role="list">{move || hands.get().into_iter().map(row).collect_view()}</ol>
            </section>
        </Show>
    }
}
