//! The levels of everybody's voice during a visit: measures the own one, sends it and shows all.

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::{Rc, Weak},
};

use leptos::prelude::*;
use web_sys::MediaStreamTrack;

use super::driver::Driver;
use crate::{
    browser::{
        clock::{self, Interval},
        media::LevelProbe,
    },
    channel::PeerState,
    model::{ConnectionId, PeerId},
    protocol::{ClientMessage, ServerMessage},
    speaking::{Levels, PERIOD, Say, Voice},
};

/// What a visit knows of voices.
#[derive(Debug, Default)]
pub(super) struct Voices {
    levels: RefCell<Levels>,
    voice: RefCell<Voice>,
    /// The track that is measured, and what measures it, where there is sound at all.
    probe: RefCell<Option<(MediaStreamTrack, Option<LevelProbe>)>>,
    /// Connections whose unreliable channel is open.
    direct: RefCell<HashMap<ConnectionId, PeerId>>,
    ticks: RefCell<Option<Interval>>,
}

impl Voices {
    pub(super) fn open(&self, peer: PeerId, connection: ConnectionId) {
        self.direct.borrow_mut().insert(connection, peer);
    }

    pub(super) fn lose(&self, connection: ConnectionId) {
        self.direct.borrow_mut().remove(&connection);
    }

    /// Measures nothing any more.
    pub(super) fn stop(&self) {
        self.ticks.take();
        self.probe.take();
        self.direct.take();
    }

    fn reaches(&self, peer: PeerId) -> bool {
        self.direct.borrow().values().any(|direct| *direct == peer)
    }

    /// How loud `track` is, from 0 to 100.
    fn level(&self, track: Option<MediaStreamTrack>) -> u8 {
        let mut probe = self.probe.borrow_mut();
        let measured = probe.as_ref().map(|(measured, _)| measured);
        if measured != track.as_ref() {
            *probe = track.map(|track| {
                let started = LevelProbe::start(&track, PERIOD).ok();
                (track, started)
            });
        }
        let started = probe.as_ref().and_then(|(_, probe)| probe.as_ref());
        started.map_or(0, |probe| (probe.loudness() * 100.0) as u8)
    }
}

impl Driver {
    /// Measures and tells until the visit is over.
    pub(super) fn start_voices(self: &Rc<Self>) {
        let driver: Weak<Self> = Rc::downgrade(self);
        let ticks = Interval::new(PERIOD, move || {
            if let Some(driver) = driver.upgrade() {
                driver.measure_voice();
            }
        });
        self.voices.ticks.replace(Some(ticks));
    }

    fn measure_voice(&self) {
        let now = clock::now();
        let level = self.voices.level(self.devices.microphone_track_untracked());
        let media = self.media.get();
        let unheard = self.store.members.with_untracked(|members| {
            let mut present = members.iter().filter(|member| member.present);
            present.any(|member| !self.voices.reaches(member.peer))
        });
        let say = self
            .voices
            .voice
            .borrow_mut()
            .measure(now, level, media, unheard);
        for said in say {
            match said {
                Say::State(state) => {
                    for peer in self.peers.borrow().values() {
                        peer.send_state(&state);
                    }
                }
                Say::Speaking(speaking) => {
                    if !self.send(&ClientMessage::SetSpeaking { speaking }) {
                        self.voices.voice.borrow_mut().take_back();
                    }
                }
            }
        }
        self.show_levels(if media.microphone { level } else { 0 });
    }

    /// Shows everybody's level: all together, since every change draws the page anew.
    fn show_levels(&self, own: u8) {
        let mut levels = self.voices.levels.borrow().at(clock::now());
        let me = self
            .store
            .me
            .with_untracked(|me| me.as_ref().map(|me| me.peer));
        let shown = self.store.levels;
        levels.extend(me.map(|me| (me, own)));
        if shown.with_untracked(|shown| *shown != levels) {
            shown.set(levels);
        }
    }

    pub(super) fn hear_state(&self, peer: PeerId, connection: ConnectionId, state: &PeerState) {
        let now = clock::now();
        let news = self
            .voices
            .levels
            .borrow_mut()
            .hear(now, peer, connection, state);
        if let Some(media) = news {
            self.store.change(peer, |member| member.media = media);
        }
    }

    pub(super) fn follow_voices(&self, message: &ServerMessage) {
        let mut levels = self.voices.levels.borrow_mut();
        match message {
            ServerMessage::Welcome { members, .. } => {
                for member in members {
                    levels.set_media(member.peer, member.media);
                }
                self.voices.voice.borrow_mut().start_anew();
            }
            ServerMessage::PeerJoined { member } => levels.set_media(member.peer, member.media),
            ServerMessage::MediaChanged { peer, media } => levels.set_media(*peer, *media),
            ServerMessage::SpeakingChanged { peer, speaking } => {
                levels.hear_server(*peer, *speaking, self.voices.reaches(*peer));
            }
            ServerMessage::PeerAway { peer } => levels.hush(*peer),
            ServerMessage::PeerLeft { peer } => levels.forget(*peer),
            _ => {}
        }
    }
}
