//! What the others are told of what this page shows of them: not every flicker. Tells nobody itself.

use std::{collections::BTreeMap, time::Duration};

use super::patience;
use crate::{
    model::{PeerId, Timestamp},
    uplink::Wanted,
};

/// What is said to each of the others, and what may be said soon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watching {
    said: BTreeMap<PeerId, Wanted>,
    /// What is seen instead, and since when.
    pending: BTreeMap<PeerId, (Wanted, Timestamp)>,
}

impl Watching {
    /// Takes what is seen at this moment. Answers what is to be said, when it changed, and after how
    /// long to look again, when something is pending.
    pub fn see(
        &mut self,
        now: Timestamp,
        seen: &BTreeMap<PeerId, Wanted>,
    ) -> (Option<BTreeMap<PeerId, Wanted>>, Option<Duration>) {
        let count = self.said.len();
        self.said.retain(|peer, _| seen.contains_key(peer));
        self.pending.retain(|peer, _| seen.contains_key(peer));
        let mut changed = self.said.len() != count;
        let mut again: Option<Duration> = None;
        for (peer, wanted) in seen {
            let before = self.said.get(peer).copied();
            if before == Some(*wanted) {
                self.pending.remove(peer);
                continue;
            }
            let same = self
                .pending
                .get(peer)
                .filter(|(pending, _)| pending == wanted);
            let since = same.map_or(now, |(_, since)| *since);
            let wait = settles_after(before.unwrap_or(Wanted::NOTHING), *wanted);
            let passed = now.since(since);
            if passed >= wait {
                self.said.insert(*peer, *wanted);
                self.pending.remove(peer);
                changed = true;
            } else {
                self.pending.insert(*peer, (*wanted, since));
                let left = wait - passed;
                again = Some(again.map_or(left, |soonest| soonest.min(left)));
            }
        }
        (changed.then(|| self.said.clone()), again)
    }
}

/// A screen that appears or goes is treated like a camera that does.
fn settles_after(before: Wanted, now: Wanted) -> Duration {
    use crate::channel::PictureSize::{Hidden, Large};
    let size = |shown: bool| if shown { Large } else { Hidden };
    let screen = patience(size(before.screen), size(now.screen));
    let camera = patience(before.camera, now.camera);
    match (before.screen != now.screen, before.camera != now.camera) {
        (true, true) => screen.min(camera),
        (true, false) => screen,
        _ => camera,
    }
}
