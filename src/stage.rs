//! Which picture is the main one, who spoke last, and how large pictures are; draws nothing.

mod watching;

pub use watching::Watching;

use std::time::Duration;

use crate::{
    channel::PictureSize,
    model::{PeerId, Timestamp},
    speaking::SPEECH,
};

/// One picture of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Camera(PeerId),
    Screen(PeerId),
}

impl Subject {
    /// Whose picture it is.
    pub const fn peer(self) -> PeerId {
        match self {
            Self::Camera(peer) | Self::Screen(peer) => peer,
        }
    }
}

/// How pictures are arranged while nobody shares a screen and nothing is pinned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// All alike.
    #[default]
    Grid,
    /// Whoever speaks is large.
    Speaker,
}

/// What decides about the main picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub layout: Layout,
    /// What this person wants to see large.
    pub pinned: Option<Subject>,
    /// The share that this person put back among the others.
    pub aside: Option<PeerId>,
}

impl Choice {
    /// The main picture, if there is one: what is pinned, else the newest share, else who spoke last.
    /// `others` are the cameras of the others, `shares` the screens of the others, the newest last.
    pub fn main(
        &self,
        me: Option<PeerId>,
        others: &[PeerId],
        shares: &[PeerId],
        speaker: Option<PeerId>,
    ) -> Option<Subject> {
        let there = |subject: &Subject| match subject {
            Subject::Camera(peer) => me == Some(*peer) || others.contains(peer),
            Subject::Screen(peer) => shares.contains(peer),
        };
        let newest = shares.last().filter(|share| self.aside != Some(**share));
        let speaking = || {
            let speaker = speaker.filter(|peer| others.contains(peer));
            let shown = speaker.or_else(|| others.first().copied());
            shown.filter(|_| self.layout == Layout::Speaker)
        };
        self.pinned
            .filter(there)
            .or_else(|| newest.copied().map(Subject::Screen))
            .or_else(|| speaking().map(Subject::Camera))
    }

    /// The other arrangement: all alike when something is large, else something large.
    pub fn switched(&self, main: Option<Subject>, shares: &[PeerId]) -> Self {
        match main {
            Some(_) => Self {
                layout: Layout::Grid,
                pinned: None,
                aside: shares.last().copied(),
            },
            None => Self {
                layout: Layout::Speaker,
                pinned: None,
                aside: None,
            },
        }
    }

    /// Pins `subject`, or unpins it when it is pinned.
    pub fn pin(&self, subject: Subject) -> Self {
        let pinned = (self.pinned != Some(subject)).then_some(subject);
        Self {
            pinned,
            ..self.clone()
        }
    }
}

/// Who shares a screen now, the newest last: those of `before` keep their order.
pub fn order_shares(before: &[PeerId], sharing: &[PeerId]) -> Vec<PeerId> {
    let kept = before.iter().filter(|peer| sharing.contains(peer));
    let new = sharing.iter().filter(|peer| !before.contains(peer));
    kept.chain(new).copied().collect()
}

/// For how long somebody must be the loudest before they are shown in place of another, in ms.
const TAKES_OVER: u64 = 1_200;
/// A pause this long within a sentence changes nothing, in milliseconds.
const PAUSE: u64 = 1_000;

/// Follows who speaks, slowly enough for eyes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    shown: Option<PeerId>,
    rival: Option<Rival>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rival {
    peer: PeerId,
    since: Timestamp,
    heard: Timestamp,
}

impl Speaker {
    /// Takes the levels of this moment, from 0 to 100; answers who spoke last.
    pub fn hear(
        &mut self,
        now: Timestamp,
        levels: impl IntoIterator<Item = (PeerId, u8)>,
    ) -> Option<PeerId> {
        let loudest = levels
            .into_iter()
            .filter(|(_, level)| *level >= SPEECH)
            .max_by_key(|(peer, level)| (*level, *peer));
        match loudest {
            Some((peer, _)) if self.shown.is_none() || self.shown == Some(peer) => {
                self.shown = Some(peer);
                self.rival = None;
            }
            Some((peer, _)) => self.hear_rival(now, peer),
            None => {
                let silent = |rival: &Rival| milliseconds(now, rival.heard) >= PAUSE;
                self.rival = self.rival.filter(|rival| !silent(rival));
            }
        }
        self.shown
    }

    fn hear_rival(&mut self, now: Timestamp, peer: PeerId) {
        let same = |rival: &Rival| rival.peer == peer && milliseconds(now, rival.heard) < PAUSE;
        let since = self.rival.filter(same).map_or(now, |rival| rival.since);
        if milliseconds(now, since) >= TAKES_OVER {
            self.shown = Some(peer);
            self.rival = None;
        } else {
            let heard = now;
            self.rival = Some(Rival { peer, since, heard });
        }
    }
}

fn milliseconds(now: Timestamp, earlier: Timestamp) -> u64 {
    u64::try_from(now.since(earlier).as_millis()).unwrap_or(u64::MAX)
}

/// What a picture of that height is worth, in pixels of the screen; None when it is not to be seen.
pub const fn size_of(height: Option<u32>) -> PictureSize {
    match height {
        None => PictureSize::Hidden,
        Some(0..200) => PictureSize::Small,
        Some(200..400) => PictureSize::Medium,
        Some(_) => PictureSize::Large,
    }
}

/// How long a change of what is seen must last before the sender hears of it: what appears is wanted
/// at once, what is gone may be back in a moment.
pub fn patience(before: PictureSize, now: PictureSize) -> Duration {
    Duration::from_millis(match now {
        PictureSize::Hidden => 1_500,
        _ if before == PictureSize::Hidden => 50,
        _ if now > before => 250,
        _ => 1_000,
    })
}

#[cfg(test)]
mod tests;
