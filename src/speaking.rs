//! Who speaks, and how loudly, from what pages say directly and what the server passes on; must not
//! touch a clock, a channel or a microphone.

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use crate::{
    channel::PeerState,
    model::{ConnectionId, PeerId, Timestamp},
    protocol::MediaState,
};

/// How often the own level is to be looked at.
pub const PERIOD: Duration = Duration::from_millis(200);
/// A level of which nothing was heard for so long is silence, in milliseconds.
const LONGEST_SILENCE: i64 = 3_000;
/// The longest time between two states, in milliseconds.
const HEARTBEAT: i64 = 2_000;
/// From this level on, of 100, somebody counts as speaking, wherever that is shown or told.
pub const SPEECH: u8 = 15;
/// The own voice is told as ended below this level, lest it flicker,
const QUIET: u8 = 10;
/// after so long, in milliseconds.
const PAUSE: i64 = 800;
/// What is shown for somebody of whom only the server says that they speak.
const UNKNOWN_LEVEL: u8 = 50;

#[derive(Clone, Copy, Debug, Default)]
struct Heard {
    /// By which connection, and the count of the last state that came by it.
    last: Option<(ConnectionId, u32)>,
    /// The server's last word of what they send.
    known: Option<MediaState>,
    /// What the last state since then said.
    said: Option<MediaState>,
    level: u8,
    /// When the level was said directly; None when the server said it, who speaks of changes only.
    at: Option<Timestamp>,
}

impl Heard {
    /// What they send: a page may say sooner than the server that something is off, but what whoever
    /// is in charge switched off is on again only by the server's word.
    fn media(&self) -> Option<MediaState> {
        let known = self.known?;
        let said = self.said.unwrap_or(known);
        Some(MediaState {
            microphone: known.microphone && said.microphone,
            camera: known.camera && said.camera,
            screen: known.screen && said.screen,
        })
    }
}

/// How loud the others are.
#[derive(Debug, Default)]
pub struct Levels {
    peers: BTreeMap<PeerId, Heard>,
}

impl Levels {
    /// Takes a state that came directly. Answers what the other side sends if that is news: a state
    /// switches off and back, never on what is off by the server's word.
    pub fn hear(
        &mut self,
        now: Timestamp,
        peer: PeerId,
        connection: ConnectionId,
        state: &PeerState,
    ) -> Option<MediaState> {
        let heard = self.peers.entry(peer).or_default();
        let old = |(by, count)| by == connection && state.count <= count;
        if heard.last.is_some_and(old) {
            return None;
        }
        heard.last = Some((connection, state.count));
        let audible = state.media.microphone;
        heard.level = if audible { state.level.min(100) } else { 0 };
        heard.at = Some(now);
        let before = heard.media();
        heard.said = Some(state.media);
        heard.media().filter(|media| before != Some(*media))
    }

    /// Takes the server's word that somebody speaks or not; `direct` says that a channel from them is
    /// open, which knows better.
    pub fn hear_server(&mut self, peer: PeerId, speaking: bool, direct: bool) {
        if !direct {
            let heard = self.peers.entry(peer).or_default();
            heard.level = if speaking { UNKNOWN_LEVEL } else { 0 };
            heard.at = None;
        }
    }

    /// Takes the server's word about what somebody sends. What they said before is older.
    pub fn set_media(&mut self, peer: PeerId, media: MediaState) {
        let heard = self.peers.entry(peer).or_default();
        heard.known = Some(media);
        heard.said = None;
    }

    /// Somebody's socket is gone: nobody would say that they stopped speaking.
    pub fn hush(&mut self, peer: PeerId) {
        if let Some(heard) = self.peers.get_mut(&peer) {
            heard.level = 0;
        }
    }

    /// Forgets somebody who left.
    pub fn forget(&mut self, peer: PeerId) {
        self.peers.remove(&peer);
    }

    /// Everybody's level, from 0 to 100.
    pub fn at(&self, now: Timestamp) -> HashMap<PeerId, u8> {
        let level = |heard: &Heard| {
            let stale = heard.at.is_some_and(|at| now.0 - at.0 >= LONGEST_SILENCE);
            let muted = heard.media().is_some_and(|media| !media.microphone);
            if stale || muted { 0 } else { heard.level }
        };
        let levels = self.peers.iter();
        levels.map(|(peer, heard)| (*peer, level(heard))).collect()
    }
}

/// What is to be said of the own voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    /// To everybody, directly.
    State(PeerState),
    /// To the server.
    Speaking(bool),
}

/// This page's own voice.
#[derive(Debug, Default)]
pub struct Voice {
    count: u32,
    speaking: bool,
    /// The last moment at which it was not quiet.
    loud_at: Option<Timestamp>,
    sent: Option<(Timestamp, MediaState)>,
    /// What the server was told last.
    announced: bool,
}

impl Voice {
    /// Takes the level of this moment, from 0 to 100. `unheard` says that there is somebody whom no
    /// channel reaches, so that the server must pass it on.
    pub fn measure(
        &mut self,
        now: Timestamp,
        level: u8,
        media: MediaState,
        unheard: bool,
    ) -> Vec<Say> {
        let level = if media.microphone { level.min(100) } else { 0 };
        let before = self.speaking;
        self.listen(now, level, media);
        let mut say = Vec::new();
        let due = self
            .sent
            .is_none_or(|(at, said)| said != media || now.0 - at.0 >= HEARTBEAT || now.0 < at.0);
        if due || self.speaking || before {
            self.count = self.count.wrapping_add(1);
            self.sent = Some((now, media));
            let count = self.count;
            say.push(Say::State(PeerState {
                count,
                level,
                media,
            }));
        }
        let announce = self.speaking && unheard;
        if self.announced != announce {
            self.announced = announce;
            say.push(Say::Speaking(announce));
        }
        say
    }

    /// The server could not be told: it is tried again.
    pub fn take_back(&mut self) {
        self.announced = !self.announced;
    }

    /// The server has forgotten what it was told, as after a new socket.
    pub fn start_anew(&mut self) {
        self.announced = false;
    }

    fn listen(&mut self, now: Timestamp, level: u8, media: MediaState) {
        if level >= QUIET {
            self.loud_at = Some(now);
        }
        let paused = self.loud_at.is_none_or(|at| now.0 - at.0 >= PAUSE);
        self.speaking = media.microphone && (level >= SPEECH || (self.speaking && !paused));
    }
}
