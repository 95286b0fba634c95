//! The chat: what was said, with links to follow. Text is never markup.

use leptos::{ev, html, prelude::*};

use super::{
    links::{Piece, pieces},
    use_room, use_view_state,
};
use crate::{
    browser::{
        clock,
        room::{ChatMessage, ChatStore},
    },
    messages::clock as time_of_day,
    ui::use_messages,
};

/// What was said.
#[component]
pub fn Chat() -> impl IntoView {
    let chat = use_room().store.chat;
    let messages = &use_messages().room;
    let list = NodeRef::<html::Div>::new();
    follow(chat, list);
    let key = |said: &ChatMessage| (said.id, said.at);
    view! {
        <div class="room-said" node_ref=list tabindex="0" role="log" aria-live="polite">
            <ol role="list">
                <For each=move || chat.messages.get() key=key let:said>
                    <Said said />
                </For>
            </ol>
            <p class="muted small">{messages.chat_note}</p>
        </div>
    }
}

/// Keeps the newest message in view and notes what was in view.
fn follow(chat: ChatStore, list: NodeRef<html::Div>) {
    let view_state = use_view_state();
    let looked = RwSignal::new(0_u32);
    let listener = window_event_listener(ev::visibilitychange, move |_| {
        looked.update(|looks| *looks = looks.wrapping_add(1));
    });
    on_cleanup(move || listener.remove());
    Effect::new(move |_| {
        chat.messages.track();
        view_state.tab.track();
        view_state.side_open.track();
        view_state.side_in_front.track();
        looked.track();
        let Some(list) = list.get() else {
            return;
        };
        // Whether the list is in view is known only after the page has been laid out anew.
        request_animation_frame(move || {
            if list.client_height() > 0 && !document().hidden() {
                list.set_scroll_top(list.scroll_height());
                chat.mark_read();
            }
        });
    });
}

#[component]
fn Said(said: ChatMessage) -> impl IntoView {
    let time = time_of_day(clock::local_date_time(said.at));
    view! {
        <li class="room-message" data-message=said.id.to_string()>
            <p class="room-message-head">
                <strong>{said.name}</strong>
                " "
                <span class="muted">{time}</span>
            </p>
            <p class="room-message-text">{linked(&said.text)}</p>
        </li>
    }
}

fn linked(text: &str) -> Vec<AnyView> {
    let view = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned().into_any(),
        Piece::Link(address) => view! {
            <a href=address.to_owned() target="_blank" rel="noopener noreferrer nofollow ugc">
                {address.to_owned()}
            </a>
        }
        .into_any(),
    };
    pieces(text).into_iter().map(view).collect()
}
