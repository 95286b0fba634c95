//! ICE candidates of both sides and the description each belongs to; must not know when descriptions are made.

use std::collections::VecDeque;

use crate::protocol::IceCandidate;

/// As many candidates as are kept for a description that is not there yet.
pub(super) const MOST_WAITING: usize = 200;

/// The candidates of one connection.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// This side's, of the description sent last; sent again with it.
    local: VecDeque<IceCandidate>,
    /// This side's, found while a description is being made; they follow it.
    held: VecDeque<IceCandidate>,
    /// The other side's, for a description that is not there yet.
    waiting: VecDeque<IceCandidate>,
    /// The other side's description in force.
    remote: Option<String>,
    /// The other side's offer that lost a collision; its candidates are dropped.
    ignored: Option<String>,
}

impl Candidates {
    pub(super) fn has_remote_description(&self) -> bool {
        self.remote.is_some()
    }

    /// True when the description has other ICE credentials than the one in force.
    pub(super) fn is_restart(&self, sdp: &str) -> bool {
        self.remote
            .as_deref()
            .is_some_and(|remote| fragments(remote).next() != fragments(sdp).next())
    }

    /// Keeps a candidate of this side that was sent.
    pub(super) fn keep(&mut self, candidate: IceCandidate) {
        push_bounded(&mut self.local, candidate);
    }

    /// Holds a candidate of this side back until the description it belongs to is sent.
    pub(super) fn hold(&mut self, candidate: IceCandidate) {
        push_bounded(&mut self.held, candidate);
    }

    /// Begins a description of this side: those of older ones are forgotten, those held back are
    /// returned to be sent.
    pub(super) fn describe(&mut self, sdp: &str) -> Vec<IceCandidate> {
        let belongs = |candidate: &IceCandidate| {
            candidate
                .username_fragment
                .as_deref()
                .is_none_or(|fragment| has_fragment(sdp, fragment))
        };
        self.local.retain(belongs);
        let held: Vec<_> = self.held.drain(..).filter(belongs).collect();
        for candidate in &held {
            self.keep(candidate.clone());
        }
        held
    }

    /// All of this side's that belong to its latest description.
    pub(super) fn local(&self) -> impl Iterator<Item = &IceCandidate> {
        self.local.iter()
    }

    /// Puts the other side's description in force.
    pub(super) fn set_remote(&mut self, sdp: String) {
        self.remote = Some(sdp);
        self.ignored = None;
    }

    /// Drops the other side's offer with its candidates.
    pub(super) fn ignore(&mut self, sdp: String) {
        self.ignored = Some(sdp);
        let waiting = std::mem::take(&mut self.waiting);
        for candidate in waiting {
            self.receive(candidate);
        }
    }

    /// Takes a candidate of the other side.
    pub(super) fn receive(&mut self, candidate: IceCandidate) {
        if !self.is_ignored(&candidate) {
            push_bounded(&mut self.waiting, candidate);
        }
    }

    /// The other side's candidates for the description in force.
    pub(super) fn take_ready(&mut self) -> Vec<IceCandidate> {
        let Some(remote) = self.remote.as_deref() else {
            return Vec::new();
        };
        let (ready, waiting): (Vec<_>, Vec<_>) = self.waiting.drain(..).partition(|candidate| {
            candidate
                .username_fragment
                .as_deref()
                .is_none_or(|fragment| has_fragment(remote, fragment))
        });
        self.waiting = VecDeque::from(waiting);
        ready
    }

    /// A candidate without a fragment says nothing of its description: while an offer is ignored
    /// it is taken for that one's, as the W3C's example does.
    fn is_ignored(&self, candidate: &IceCandidate) -> bool {
        let Some(ignored) = self.ignored.as_deref() else {
            return false;
        };
        match candidate.username_fragment.as_deref() {
            None => true,
            Some(fragment) => {
                let in_force = self
                    .remote
                    .as_deref()
                    .is_some_and(|remote| has_fragment(remote, fragment));
                !in_force && has_fragment(ignored, fragment)
            }
        }
    }
}

fn push_bounded(queue: &mut VecDeque<IceCandidate>, candidate: IceCandidate) {
    if queue.len() >= MOST_WAITING {
        queue.pop_front();
    }
    queue.push_back(candidate);
}

fn has_fragment(sdp: &str, fragment: &str) -> bool {
    fragments(sdp).any(|found| found == fragment)
}

/// The ICE user name fragments of a description (RFC 8839 section 5.4).
fn fragments(sdp: &str) -> impl Iterator<Item = &str> {
    sdp.lines()
        .filter_map(|line| line.trim_end().strip_prefix("a=ice-ufrag:"))
}
