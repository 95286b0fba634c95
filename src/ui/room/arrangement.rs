//! Follows who shares, who speaks and what is on screen, and so decides what is large and what the
//! others are asked to send. The decisions themselves are made in the core.

use std::collections::BTreeMap;

use leptos::{html, prelude::*, reactive::send_wrapper_ext::SendOption};

use super::view_state::ViewState;
use crate::{
    browser::{
        clock::{self, Timeout},
        in_view::InView,
        room::RoomClient,
    },
    model::PeerId,
    stage::{Speaker, Subject, Watching, order_shares, size_of},
    uplink::Wanted,
};

/// A height for where the browser cannot tell: one of a few tiles.
const SOME_HEIGHT: u32 = 300;

/// Keeps `view_state.shares`, `view_state.main` and what is asked of the others up to date. `peers` are
/// the others in the order of their arrival.
pub(super) fn arrange(room: RoomClient, view_state: ViewState, peers: Memo<Vec<PeerId>>) {
    let store = room.store;
    Effect::new(move |_| {
        let sharing: Vec<PeerId> = store.members.with(|members| {
            let sharing = members.iter().filter(|member| member.media.screen);
            sharing.map(|member| member.peer).collect()
        });
        let before = view_state.shares.get_untracked();
        let shares = order_shares(&before, &sharing);
        if shares != before {
            view_state.shares.set(shares);
        }
    });
    let speaker = follow_speaker(room, peers);
    Effect::new(move |_| {
        let me = store.me.with(|me| me.as_ref().map(|me| me.peer));
        let choice = view_state.choice.get();
        let main = choice.main(me, &peers.read(), &view_state.shares.read(), speaker.get());
        if view_state.main.get_untracked() != main {
            view_state.main.set(main);
        }
    });
    follow_seen(room, view_state, peers);
    room.follow_watching();
}

/// Who of the others spoke last. The clock of the room is followed as well: what nobody says changes
/// no level.
fn follow_speaker(room: RoomClient, peers: Memo<Vec<PeerId>>) -> RwSignal<Option<PeerId>> {
    let store = room.store;
    let followed = StoredValue::new(Speaker::default());
    let shown = RwSignal::new(None);
    Effect::new(move |_| {
        store.now.track();
        let levels: Vec<(PeerId, u8)> = store.levels.with(|levels| {
            let peers = peers.read();
            let others = levels.iter().filter(|(peer, _)| peers.contains(peer));
            others.map(|(peer, level)| (*peer, *level)).collect()
        });
        let speaker = followed
            .try_update_value(|speaker| speaker.hear(clock::now(), levels))
            .flatten();
        if shown.get_untracked() != speaker {
            shown.set(speaker);
        }
    });
    shown
}

/// Passes on what is on screen, once it has settled.
fn follow_seen(room: RoomClient, view_state: ViewState, peers: Memo<Vec<PeerId>>) {
    let watching = StoredValue::new(Watching::default());
    let timer = StoredValue::new(SendOption::<Timeout>::new_local(None));
    let again = RwSignal::new(());
    Effect::new(move |_| {
        again.track();
        let seen: BTreeMap<PeerId, Wanted> = view_state.seen.with(|seen| {
            let wanted = |peer: PeerId| Wanted {
                camera: size_of(seen.get(&Subject::Camera(peer)).copied()),
                screen: seen.contains_key(&Subject::Screen(peer)),
            };
            peers
                .read()
                .iter()
                .map(|peer| (*peer, wanted(*peer)))
                .collect()
        });
        let looked = watching.try_update_value(|watching| watching.see(clock::now(), &seen));
        let Some((changed, look_again)) = looked else {
            return;
        };
        if let Some(changed) = changed {
            room.store.watching.set(changed.into_iter().collect());
        }
        let next = look_again.map(|delay| {
            Timeout::new(delay, move || {
                again.try_set(());
            })
        });
        timer.set_value(SendOption::new_local(next));
    });
}

/// Notes whether and how tall the tile of `subject` is on screen, as long as the tile lives.
pub(super) fn note_in_view(
    element: NodeRef<html::Article>,
    subject: Subject,
    view_state: ViewState,
) {
    let guard = StoredValue::new(SendOption::<InView>::new_local(None));
    let note = move |height: Option<u32>| {
        view_state.seen.try_update(|seen| match height {
            Some(height) => seen.insert(subject, height),
            None => seen.remove(&subject),
        });
    };
    Effect::new(move |_| {
        let Some(element) = element.get() else {
            return;
        };
        let looking = InView::watch(&element, note);
        if looking.is_none() {
            note(Some(SOME_HEIGHT));
        }
        guard.set_value(SendOption::new_local(looking));
    });
    Effect::new(move |_| {
        view_state.side_in_front.track();
        view_state.work_wanted.track();
        // What is covered is known only after the page has been laid out anew.
        request_animation_frame(move || {
            guard.try_with_value(|guard| {
                if let Some(guard) = guard.as_ref() {
                    guard.look();
                }
            });
        });
    });
    on_cleanup(move || note(None));
}
