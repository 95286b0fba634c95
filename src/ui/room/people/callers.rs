//! Who waits to be admitted: every interviewer sees them, whoever is in charge deals with them.

use leptos::prelude::*;

use crate::{
    model::PeerId,
    protocol::Caller,
    ui::{
        components::{Icon, IconName},
        room::{
            dealings::Dealings,
            menu::{Menu, MenuHandle, MenuItem},
            use_room,
        },
        use_messages,
    },
};

/// The queue, the longest wait first; nothing while nobody waits.
#[component]
pub fn Callers() -> impl IntoView {
    let room = use_room();
    let store = room.store;
    let messages = &use_messages().charge;
    let callers = Memo::new(move |_| store.waiting.get());
    let some = move || !callers.with(Vec::is_empty);
    let several = move || callers.with(Vec::len) > 1 && store.runs.get();
    view! {
        <Show when=some>
            <section class="room-callers" aria-label=messages.waiting_list>
                <div class="room-callers-head">
                    <h3>{messages.waiting_list}</h3>
                    <Show when=several>
                        <button
                            type="button"
                            class="button small"
                            data-action="admit-all"
                            on:click=move |_| room.admit_all()
                        >
                            {messages.admit_all}
                        </button>
                    </Show>
                </div>
                <ul role="list">
                    <For each=move || callers.get() key=|caller: &Caller| (caller.peer, caller.since.0) let:caller>
                        <CallerRow caller />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn CallerRow(caller: Caller) -> impl IntoView {
    let room = use_room();
    let store = room.store;
    let messages = &use_messages().charge;
    let Caller {
        peer,
        name,
        user_name,
        since,
    } = caller;
    let waits = Memo::new(move |_| {
        let now = store.now.get().0 + store.ahead.get();
        u64::try_from((now - since.0) / 60_000).unwrap_or(0)
    });
    let who = user_name.unwrap_or_else(|| messages.guest.to_owned());
    let admit_name = (messages.admit_person)(&name);
    let menu_name = name.clone();
    view! {
        <li class="room-caller" data-caller=peer.to_string()>
            <div class="room-person-text">
                <span class="room-person-name">{name}</span>
                <span class="muted small">
                    {who} " · " {move || (messages.waits_for)(waits.get())}
                </span>
            </div>
            <Show when=move || store.runs.get()>
                <button
                    type="button"
                    class="button primary"
                    data-action="admit"
                    aria-label=admit_name.clone()
                    on:click=move |_| room.admit(peer)
                >
                    {messages.admit}
                </button>
                <CallerMenu peer name=menu_name.clone() />
            </Show>
        </li>
    }
}

#[component]
fn CallerMenu(peer: PeerId, name: String) -> impl IntoView {
    let dealings = expect_context::<Dealings>();
    let messages = &use_messages().charge;
    let menu = MenuHandle::new();
    let label = (messages.actions_for)(&name);
    let hint = label.clone();
    let name = StoredValue::new(name);
    view! {
        <Menu
            menu
            id=format!("room-caller-{peer}")
            name="caller-menu"
            class="button quiet icon-only"
            label=label
            hint
            face=view! { <Icon name=IconName::More /> }.into_any()
        >
            <MenuItem
                menu
                name="write-to-caller"
                words=messages.write
                on_press=move || dealings.write(peer, name.get_value())
            />
            <MenuItem
                menu
                name="refuse"
                words=messages.refuse
                on_press=move || dealings.refuse(peer, name.get_value())
            />
            <MenuItem
                menu
                name="remove"
                words=messages.remove
                grave=true
                on_press=move || dealings.remove(peer, name.get_value())
            />
        </Menu>
    }
}
