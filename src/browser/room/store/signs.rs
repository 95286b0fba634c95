//! Raised hands in their order, and reactions for the moment that they are shown.

use std::time::Duration;

use leptos::prelude::*;

use super::RoomStore;
use crate::{
    browser::clock,
    model::{PeerId, Timestamp},
    protocol::{Member, Reaction},
};

/// How long a reaction is shown.
const SHOWN_FOR: Duration = Duration::from_secs(6);

/// A reaction while it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownReaction {
    pub reaction: Reaction,
    /// When it was shown, by this machine's clock.
    pub since: Timestamp,
}

impl RoomStore {
    /// Who raised a hand, the first one first. Reactive.
    pub fn hands(self) -> Vec<Member> {
        in_order(self.everyone())
    }

    /// At which place in that order the hand of `peer` stands, from 1. Reactive.
    pub fn hand_place(self, peer: PeerId) -> Option<usize> {
        let hands = self.hands();
        let place = hands.iter().position(|member| member.peer == peer)?;
        Some(place + 1)
    }

    /// What `peer` shows now. Reactive.
    pub fn reaction(self, peer: PeerId) -> Option<Reaction> {
        let shown = self
            .reactions
            .with(|reactions| reactions.get(&peer).copied())?;
        (self.now.get().since(shown.since) < SHOWN_FOR).then_some(shown.reaction)
    }

    pub(super) fn show(self, peer: PeerId, reaction: Reaction) {
        let since = clock::now();
        self.reactions.update(|reactions| {
            reactions.insert(peer, ShownReaction { reaction, since });
        });
    }
}

fn in_order(mut members: Vec<Member>) -> Vec<Member> {
    members.retain(|member| member.hand.is_some());
    members.sort_by_key(|member| (member.hand, member.peer));
    members
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        model::{PageId, Role},
        protocol::MediaState,
    };

    #[test]
    fn hands_stand_in_the_order_in_which_they_were_raised() {
        let member = |peer, hand: Option<i64>| Member {
            peer: PeerId(peer),
            name: String::new(),
            role: Role::Interviewee,
            page: PageId(Uuid::nil()),
            media: MediaState::default(),
            hand: hand.map(Timestamp),
            present: true,
        };
        let hands = in_order(vec![
            member(1, Some(30)),
            member(2, None),
            member(3, Some(10)),
            member(4, Some(10)),
        ]);
        let order: Vec<_> = hands.iter().map(|member| member.peer.0).collect();
        assert_eq!(order, [3, 4, 1]);
    }
}
