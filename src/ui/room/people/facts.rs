//! What interviewers may know of one person: account, since when, and by which way they are reached.

use leptos::prelude::*;

use crate::{
    browser::{clock, room::RoomStore},
    messages::clock as time_of_day,
    model::PeerId,
    protocol::{Route, Transport},
    ui::{room::use_room, use_messages},
};

/// A list of facts; what is not known yet is left out.
#[component]
pub fn Facts(peer: PeerId) -> impl IntoView {
    let store = use_room().store;
    let messages = use_messages();
    let texts = &messages.charge;
    let details = Memo::new(move |_| store.details.with(|details| details.get(&peer).cloned()));
    let row = |term: &'static str, fact: String| {
        view! {
            <div class="room-fact">
                <dt>{term}</dt>
                <dd>{fact}</dd>
            </div>
        }
    };
    let known = move || {
        let details = details.get()?;
        let account = details.user_name.unwrap_or_else(|| texts.guest.to_owned());
        let way = match details.transport {
            Transport::WebSocket => texts.by_web_socket,
            Transport::Http => texts.by_http,
        };
        let since = time_of_day(clock::local_date_time(details.arrived_at));
        Some(view! {
            {row(texts.account, account)}
            {row(texts.here_since, since)}
            {row(texts.messages_by, way.to_owned())}
        })
    };
    let route = move || {
        let words = match relayed(store, peer) {
            None => texts.route_unknown.to_owned(),
            Some(names) if names.is_empty() => texts.route_direct.to_owned(),
            Some(names) => (texts.route_relayed)(&(messages.common.list)(&names)),
        };
        row(texts.route, words)
    };
    view! {
        <dl class="room-facts" aria-label=texts.details>
            {known}
            {route}
        </dl>
    }
}

/// Those whom `peer` reaches through a relay only; None before any route is known. Reactive.
fn relayed(store: RoomStore, peer: PeerId) -> Option<Vec<String>> {
    let links = store.reports.with(|reports| reports.get(&peer).cloned())?;
    let known: Vec<_> = links
        .into_iter()
        .filter_map(|link| Some((link.peer, link.route?)))
        .collect();
    if known.is_empty() {
        return None;
    }
    let everyone = store.everyone();
    let name = |peer: PeerId| {
        let member = everyone.iter().find(|member| member.peer == peer)?;
        Some(member.name.clone())
    };
    let relayed = known
        .into_iter()
        .filter(|(_, route)| *route == Route::Relayed);
    Some(relayed.filter_map(|(peer, _)| name(peer)).collect())
}
