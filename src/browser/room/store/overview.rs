//! What interviewers see besides the roster: who waits, details, reports. Empty for everybody else.

use std::collections::HashMap;

use leptos::prelude::*;

use super::RoomStore;
use crate::{
    model::PeerId,
    protocol::{Caller, ServerMessage},
};

impl RoomStore {
    pub(super) fn apply_overview(self, message: &ServerMessage) {
        match message {
            ServerMessage::Overview { overview } => {
                self.waiting.set(overview.waiting.clone());
                let details = overview.details.iter().cloned();
                self.details
                    .set(details.map(|details| (details.peer, details)).collect());
                let looking = overview
                    .looking
                    .iter()
                    .filter_map(|it| Some((it.peer, it.at?)));
                self.answers.looking.set(looking.collect());
                let links = overview.links.iter().cloned();
                self.reports
                    .set(links.map(|links| (links.peer, links.links)).collect());
            }
            ServerMessage::Knocked { caller } => self
                .waiting
                .update(|waiting| take_caller(waiting, caller.clone())),
            ServerMessage::KnockEnded { peer } => self
                .waiting
                .update(|waiting| waiting.retain(|caller| caller.peer != *peer)),
            ServerMessage::DetailsKnown { details } => self.details.update(|known| {
                known.insert(details.peer, details.clone());
            }),
            ServerMessage::LinksReported { peer, links } => self.reports.update(|reports| {
                reports.insert(*peer, links.clone());
            }),
            _ => {}
        }
    }

    pub(super) fn forget_overview(self) {
        self.waiting.update(Vec::clear);
        self.details.update(HashMap::clear);
        self.reports.update(HashMap::clear);
        self.answers.forget_overview();
    }

    pub(super) fn forget_details(self, peer: PeerId) {
        self.details.update(|details| {
            details.remove(&peer);
        });
        self.reports.update(|reports| {
            reports.remove(&peer);
        });
        self.answers.forget(peer);
    }
}

/// Puts somebody into the queue by how long they wait; who is in it already is only brought up to date.
fn take_caller(waiting: &mut Vec<Caller>, caller: Caller) {
    waiting.retain(|known| known.peer != caller.peer);
    waiting.push(caller);
    waiting.sort_by_key(|caller| (caller.since, caller.peer));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;

    fn caller(peer: i64, since: i64) -> Caller {
        Caller {
            peer: PeerId(peer),
            name: format!("caller {peer}"),
            user_name: None,
            since: Timestamp(since),
        }
    }

    #[test]
    fn the_longest_wait_stands_first_and_nobody_twice() {
        let mut waiting = Vec::new();
        for (peer, since) in [(3, 30), (1, 10), (2, 10), (3, 20)] {
            take_caller(&mut waiting, caller(peer, since));
        }
        let order: Vec<_> = waiting
            .iter()
            .map(|caller| (caller.peer.0, caller.since.0))
            .collect();
        assert_eq!(order, [(1, 10), (2, 10), (3, 20)]);
    }
}
