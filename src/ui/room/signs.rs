//! A raised hand and a reaction over a tile, and the words for those who hear instead of see.

use leptos::prelude::*;

use super::{reactions::icon_of, use_room};
use crate::{
    browser::room::RoomStore,
    model::PeerId,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// A raised hand and a reaction over a tile.
#[component]
pub fn TileSigns(#[prop(into)] peer: Signal<Option<PeerId>>) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().charge;
    let place = Memo::new(move |_| store.hand_place(peer.get()?));
    let reaction = Memo::new(move |_| store.reaction(peer.get()?));
    let hand = move |place: usize| {
        let words = (messages.hand_place)(place);
        let title = words.clone();
        view! {
            <span class="room-tile-hand" data-hand=place title=title>
                <Icon name=IconName::Hand />
                <span aria-hidden="true">{place}</span>
                <span class="visually-hidden">{words}</span>
            </span>
        }
    };
    view! {
        <div class="room-signs">
            {move || place.get().map(hand)}
            {move || {
                reaction
                    .get()
                    .map(|reaction| {
                        view! {
                            <span class="room-tile-reaction" data-shows=format!("{reaction:?}")>
                                <Icon name=icon_of(reaction) />
                                {(messages.reaction)(reaction)}
                            </span>
                        }
                    })
            }}
        </div>
    }
}

/// Says aloud, to screen readers only, whose hand goes up and who reacts how.
#[component]
pub fn SpokenSigns() -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().charge;
    let words = RwSignal::new(String::new());
    Effect::new(move |before: Option<Vec<PeerId>>| {
        let hands = store.hands();
        let mine = store.me.get_untracked().map(|me| me.peer);
        let raised: Vec<PeerId> = hands.iter().map(|member| member.peer).collect();
        let before = before.unwrap_or_else(|| raised.clone());
        let new = hands
            .iter()
            .find(|member| !before.contains(&member.peer) && mine != Some(member.peer));
        if let Some(member) = new {
            words.set((messages.raised_a_hand)(&member.name));
        }
        raised
    });
    Effect::new(move |before: Option<i64>| {
        let newest = store.reactions.with(|reactions| {
            let newest = reactions.iter().max_by_key(|(_, shown)| shown.since)?;
            Some((*newest.0, *newest.1))
        });
        let Some((peer, shown)) = newest else {
            return before.unwrap_or(0);
        };
        if before.is_none_or(|before| shown.since.0 > before)
            && let Some(name) = untrack(|| name_of(store, peer))
        {
            words.set((messages.reacted)(&name, shown.reaction));
        }
        shown.since.0
    });
    view! {
        <p class="visually-hidden" role="status" data-spoken="">
            {move || words.get()}
        </p>
    }
}

fn name_of(store: RoomStore, peer: PeerId) -> Option<String> {
    let members = store.everyone();
    let member = members.into_iter().find(|member| member.peer == peer)?;
    Some(member.name)
}
