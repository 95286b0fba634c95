//! The state of all connections in one sentence: the worst that is true.

use leptos::prelude::*;

use super::{link::Link, use_room};
use crate::{
    browser::room::{Phase, RoomStore},
    messages::RoomMessages,
    protocol::Transport,
    ui::use_messages,
};

/// A sentence and how grave it is: the class of its pill.
type Summary = (String, &'static str);

/// `Everyone connected directly`.
#[component]
pub fn Connection() -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().room;
    let summary = Memo::new(move |_| summary(store, messages));
    let class = move || format!("pill room-connection {}", summary.read().1);
    // Nobody wants to hear every second: the words alone are read out.
    let seconds = move || match store.phase.get() {
        Phase::Reconnecting { since } => Some(store.now.get().since(since).as_secs()),
        _ => None,
    };
    let over_http = Memo::new(move |_| {
        let live = store.phase.with(|phase| *phase == Phase::Live);
        live && store.transport.get() == Transport::Http
    });
    view! {
        <span
            class=class
            data-testid="connection"
            data-transport=move || if over_http.get() { "http" } else { "web_socket" }
        >
            <span class="room-connection-words" role="status">
                {move || summary.get().0}
                {move || over_http.get().then(|| format!(" · {}", messages.over_http))}
            </span>
            {move || {
                seconds()
                    .map(|seconds| {
                        view! { <span aria-hidden="true">{(messages.seconds)(seconds)}</span> }
                    })
            }}
        </span>
    }
}

fn summary(store: RoomStore, messages: &RoomMessages) -> Summary {
    match store.phase.get() {
        Phase::Connecting | Phase::Waiting { .. } | Phase::Over(_) => {
            (messages.connecting.into(), "")
        }
        Phase::Reconnecting { .. } => (messages.reconnecting.into(), "bad"),
        Phase::Live => links(store, messages),
    }
}

fn links(store: RoomStore, messages: &RoomMessages) -> Summary {
    let people = store.members.with(|members| {
        let named = members
            .iter()
            .map(|member| (member.peer, member.name.clone()));
        named.collect::<Vec<_>>()
    });
    if people.is_empty() {
        return (messages.nobody_else.into(), "");
    }
    let linked = |wanted: Link| {
        let named = people
            .iter()
            .filter(|(peer, _)| Link::of(store, *peer) == wanted);
        let names: Vec<&str> = named.map(|(_, name)| name.as_str()).collect();
        listed(&names, messages)
    };
    type Sentence = fn(&str) -> String;
    let worst_first: [(Link, Sentence, &'static str); 4] = [
        (Link::Failed, messages.failed_to, "bad"),
        (Link::Reconnecting, messages.interrupted_to, "warning"),
        (Link::Connecting, messages.connecting_to, "warning"),
        (Link::Away, messages.waiting_for, ""),
    ];
    worst_first
        .into_iter()
        .find_map(|(link, sentence, class)| Some((sentence(&linked(link)?), class)))
        .unwrap_or_else(|| (messages.all_connected.into(), "accent"))
}

/// The names as one phrase; None for nobody.
fn listed(names: &[&str], messages: &RoomMessages) -> Option<String> {
    match names {
        [] => None,
        [one] => Some((*one).to_owned()),
        [first, second] => Some((messages.both)(first, second)),
        [first, others @ ..] => Some((messages.and_more)(first, others.len())),
    }
}
