//! The chat as one page has it: what was said, what was in view, what is on its way. Must not store or
//! send anything.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    model::{PeerId, Timestamp},
    protocol,
};

/// So many messages are kept, the newest: whoever talks for hours must not fill the page's memory.
const MOST_KEPT: usize = 1_000;

/// Where a message stands. A restarted server counts anew, but its clock goes on.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Place {
    pub at: Timestamp,
    pub id: u64,
}

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Counts within one life of the room.
    pub id: u64,
    pub at: Timestamp,
    pub name: String,
    pub text: String,
    /// True when this page's person said it.
    pub own: bool,
}

impl Said {
    /// As `me` reads it.
    pub fn new(message: &protocol::ChatMessage, me: Option<PeerId>) -> Self {
        Self {
            id: message.id,
            at: message.at,
            name: message.name.clone(),
            text: message.text.clone(),
            own: me == Some(message.from),
        }
    }

    fn place(&self) -> Place {
        let Self { at, id, .. } = *self;
        Place { at, id }
    }
}

/// Something sent that the server has not confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Pending {
    text: String,
    /// Only what stands behind this place can be it.
    after: Place,
}

/// What of a conversation outlives a reload of the page; the server knows the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    read: Place,
    pending: Vec<Pending>,
}

/// One visit's chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// By place, each place once.
    said: Vec<Said>,
    kept: Kept,
}

impl Conversation {
    /// Everything said, in order.
    pub fn said(&self) -> &[Said] {
        &self.said
    }

    /// What should outlive a reload.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Goes on where the page before the reload was.
    pub fn restore(&mut self, kept: Kept) {
        self.kept.read = self.kept.read.max(kept.read);
        self.kept.pending.splice(0..0, kept.pending);
    }

    /// How many messages of others were not in view yet.
    pub fn unread(&self) -> usize {
        let unread = |said: &&Said| !said.own && said.place() > self.kept.read;
        self.said.iter().filter(unread).count()
    }

    /// True when something is newly in view: everything said so far was.
    pub fn mark_read(&mut self) -> bool {
        let last = self.said.last().map(Said::place);
        let newer = last.filter(|last| *last > self.kept.read);
        if let Some(last) = newer {
            self.kept.read = last;
        }
        newer.is_some()
    }

    /// Notes that `text` is on its way.
    pub fn send(&mut self, text: String) {
        let after = self.said.last().map(Said::place).unwrap_or_default();
        self.kept.pending.push(Pending { text, after });
    }

    /// Takes what the server said somebody said. The server answers in order: what was sent before an
    /// own message is not on its way any more either. The oldest give way to the newest.
    pub fn add(&mut self, said: Said) {
        let place = said.place();
        let Err(index) = self.said.binary_search_by_key(&place, Said::place) else {
            return;
        };
        if said.own {
            let same = |sent: &Pending| sent.after < place && sent.text.trim() == said.text.trim();
            if let Some(found) = self.kept.pending.iter().position(same) {
                self.kept.pending.drain(..=found);
            }
        }
        self.said.insert(index, said);
        let surplus = self.said.len().saturating_sub(MOST_KEPT);
        self.said.drain(..surplus);
    }

    /// Takes what the server remembers, after a way that may have lost something. What was on its way
    /// and is not among it did not arrive: it is returned.
    pub fn merge(&mut self, backlog: impl IntoIterator<Item = Said>) -> Vec<String> {
        for said in backlog {
            self.add(said);
        }
        let lost = std::mem::take(&mut self.kept.pending);
        lost.into_iter().map(|sent| sent.text).collect()
    }

    /// What was refused: the server answers in order, so it is the oldest on its way.
    pub fn refuse(&mut self) -> Option<String> {
        let pending = &mut self.kept.pending;
        (!pending.is_empty()).then(|| pending.remove(0).text)
    }
}

/// The draft with what came back before what is written there.
pub fn with_returned(draft: &str, returned: Vec<String>) -> String {
    let written = (!draft.is_empty()).then(|| draft.to_owned());
    let parts: Vec<_> = returned.into_iter().chain(written).collect();
    parts.join("\n")
}
