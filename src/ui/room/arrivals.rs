//! Tells whoever is in charge that somebody wants to come in: calmly, over the video, and by a soft sound.

use std::time::Duration;

use leptos::prelude::*;

use super::{use_room, use_view_state, view_state::Tab};
use crate::{
    browser::{chime, clock},
    model::{PeerId, Timestamp},
    protocol::Caller,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// So long no second sound follows: people who knock and leave again must not ring without end.
const REST: Duration = Duration::from_secs(10);

/// Stands over the video while somebody waits whom the person has not put off.
#[component]
pub fn Arrivals() -> impl IntoView {
    let room = use_room();
    let messages = use_messages();
    let texts = &messages.charge;
    let put_off = RwSignal::new(Vec::<PeerId>::new());
    sound_on_arrival();
    let callers = Memo::new(move |_| {
        let mut callers = room.store.waiting.get();
        let put_off = put_off.get();
        callers.retain(|caller| !put_off.contains(&caller.peer));
        if room.store.runs.get() {
            callers
        } else {
            Vec::new()
        }
    });
    let words = move |callers: &[Caller]| match callers {
        [] => None,
        [one] => Some((texts.wants_in)(&one.name)),
        several => Some((texts.want_in)(several.len())),
    };
    let admit = move |_| {
        callers.with_untracked(|callers| match callers.as_slice() {
            [one] => room.admit(one.peer),
            _ => room.admit_all(),
        });
    };
    let several = Memo::new(move |_| callers.with(Vec::len) > 1);
    let put_off_all = move |_| {
        let peers = callers
            .with_untracked(|callers| callers.iter().map(|caller| caller.peer).collect::<Vec<_>>());
        put_off.update(|put_off| put_off.extend(peers));
    };
    view! {
        <div
            class="room-card"
            data-arrivals=""
            class:room-card-empty=move || callers.with(Vec::is_empty)
        >
            <p class="room-card-words" role="status">
                {move || callers.with(|callers| words(callers))}
            </p>
            <Show when=move || !callers.with(Vec::is_empty)>
                <div class="room-card-actions">
                    <button
                        type="button"
                        class="button primary"
                        data-action="admit-arrival"
                        on:click=admit
                    >
                        {move || if several.get() { texts.admit_all } else { texts.admit }}
                    </button>
                    <SeeWho />
                    <button
                        type="button"
                        class="button quiet icon-only"
                        aria-label=messages.common.close
                        on:click=put_off_all
                    >
                        <Icon name=IconName::Close />
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// Brings the list of those who wait to the front.
#[component]
fn SeeWho() -> impl IntoView {
    let view_state = use_view_state();
    let see = move |_| {
        view_state.tab.set(Tab::People);
        view_state.side_open.set(true);
        view_state.side_in_front.set(true);
    };
    view! {
        <button type="button" class="button" data-action="see-who" on:click=see>
            {use_messages().charge.see_who}
        </button>
    }
}

/// For each arrival, and once for those who wait when one takes charge; whoever comes soon after the
/// last sound is shown without one.
fn sound_on_arrival() {
    let store = use_room().store;
    let sounded = StoredValue::new(None::<Timestamp>);
    Effect::new(move |before: Option<Vec<PeerId>>| {
        let waiting = store
            .waiting
            .with(|waiting| waiting.iter().map(|caller| caller.peer).collect::<Vec<_>>());
        if !store.runs.get() {
            return Vec::new();
        }
        let before = before.unwrap_or_default();
        if waiting.iter().any(|peer| !before.contains(peer)) {
            let now = clock::now();
            let rests = |at: Timestamp| (at..at + REST).contains(&now);
            if !sounded.get_value().is_some_and(rests) {
                sounded.set_value(Some(now));
                chime::play();
            }
        }
        waiting
    });
}
