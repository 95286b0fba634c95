//! What the room's page shows, as signals; changed by facts from the server, never by wishes.

use std::collections::HashMap;

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};
use web_sys::MediaStream;

use super::{chat::ChatStore, files::FileStore, phase::Phase, trouble::Trouble};
use crate::{
    browser::{clock, peer::TrackKind},
    model::{ConnectionId, PeerId, Timestamp},
    negotiation::LinkState,
    protocol::{LinkReport, Member, RejectCode, ServerMessage, Transport},
    quality::Measured,
    uplink::Wanted,
};

/// Media that came by a connection, each kind apart, so that none waits for another.
#[derive(Clone, Debug)]
pub struct RemoteStream {
    pub connection: ConnectionId,
    pub picture: SendOption<MediaStream>,
    pub sound: SendOption<MediaStream>,
    pub screen: SendOption<MediaStream>,
    pub screen_sound: SendOption<MediaStream>,
}

impl RemoteStream {
    fn new(connection: ConnectionId) -> Self {
        Self {
            connection,
            picture: SendOption::new_local(None),
            sound: SendOption::new_local(None),
            screen: SendOption::new_local(None),
            screen_sound: SendOption::new_local(None),
        }
    }

    fn take(&mut self, kind: TrackKind, stream: MediaStream) {
        let place = match kind {
            TrackKind::Microphone => &mut self.sound,
            TrackKind::Camera => &mut self.picture,
            TrackKind::Screen => &mut self.screen,
            TrackKind::ScreenSound => &mut self.screen_sound,
        };
        *place = SendOption::new_local(Some(stream));
    }
}

/// What the page shows. The page reads; only the room's driver writes, the chat's draft apart.
#[derive(Clone, Copy, Debug)]
pub struct RoomStore {
    pub phase: RwSignal<Phase>,
    pub title: RwSignal<String>,
    pub me: RwSignal<Option<Member>>,
    /// Everyone else, in the order of their arrival.
    pub members: RwSignal<Vec<Member>>,
    pub links: RwSignal<HashMap<PeerId, LinkState>>,
    pub streams: RwSignal<HashMap<PeerId, RemoteStream>>,
    /// How loud everybody is, oneself included, from 0 to 100.
    pub levels: RwSignal<HashMap<PeerId, u8>>,
    pub files: FileStore,
    pub chat: ChatStore,
    /// This machine's clock, every second.
    pub now: RwSignal<Timestamp>,
    /// What the server's clock is ahead of this machine's, in milliseconds.
    pub ahead: RwSignal<i64>,
    pub ends_at: RwSignal<Option<Timestamp>>,
    /// The last refusal of something this page asked for, in words.
    pub rejected: RwSignal<Option<String>>,
    /// What is known of why there is no way to the server. Means nothing while live.
    pub trouble: RwSignal<Option<Trouble>>,
    /// By which way the server was heard last.
    pub transport: RwSignal<Transport>,
    /// What the others last said of their connections; interviewers only.
    pub reports: RwSignal<HashMap<PeerId, Vec<LinkReport>>>,
    /// How well this page sees and hears the others.
    pub quality: RwSignal<HashMap<PeerId, LinkReport>>,
    /// What lies behind [`Self::quality`], and screens.
    pub measured: RwSignal<HashMap<PeerId, Measured>>,
    /// What this page sends to everybody together, in kbit/s over the last two seconds.
    pub uplink: RwSignal<u32>,
    /// What this page wants to see of the others. Written by the page.
    pub watching: RwSignal<HashMap<PeerId, Wanted>>,
    /// True while too many watch this page's screen for its sound to be sent.
    pub screen_sound_left_out: RwSignal<bool>,
}

impl RoomStore {
    /// An empty room.
    pub fn new(title: String) -> Self {
        Self {
            phase: RwSignal::new(Phase::Connecting),
            title: RwSignal::new(title),
            me: RwSignal::new(None),
            members: RwSignal::new(Vec::new()),
            links: RwSignal::new(HashMap::new()),
            streams: RwSignal::new(HashMap::new()),
            levels: RwSignal::new(HashMap::new()),
            files: FileStore::new(),
            chat: ChatStore::new(),
            now: RwSignal::new(Timestamp(0)),
            ahead: RwSignal::new(0),
            ends_at: RwSignal::new(None),
            rejected: RwSignal::new(None),
            trouble: RwSignal::new(None),
            transport: RwSignal::new(Transport::WebSocket),
            reports: RwSignal::new(HashMap::new()),
            quality: RwSignal::new(HashMap::new()),
            measured: RwSignal::new(HashMap::new()),
            uplink: RwSignal::new(0),
            watching: RwSignal::new(HashMap::new()),
            screen_sound_left_out: RwSignal::new(false),
        }
    }

    /// The member of that seat as it stands. Reactive.
    pub fn member(self, peer: PeerId) -> Option<Member> {
        self.members
            .with(|members| members.iter().find(|member| member.peer == peer).cloned())
    }

    /// How long the interview still lasts by the server's clock, in milliseconds. Reactive.
    pub fn left(self) -> Option<i64> {
        let ends_at = self.ends_at.get()?;
        Some((ends_at.0 - self.now.get().0 - self.ahead.get()).max(0))
    }

    /// Forgets the people and connections of the visit before; what was written stays.
    pub(super) fn begin(self) {
        self.phase.set(Phase::Connecting);
        self.members.update(Vec::clear);
        self.links.update(HashMap::clear);
        self.streams.update(HashMap::clear);
        self.levels.update(HashMap::clear);
        self.rejected.set(None);
        self.trouble.set(None);
        self.now.set(clock::now());
    }

    /// Takes what came from `peer` by `connection`, in place of what came by another one.
    pub(super) fn receive(
        self,
        peer: PeerId,
        connection: ConnectionId,
        kind: TrackKind,
        stream: MediaStream,
    ) {
        self.streams.update(|streams| {
            let remote = streams
                .entry(peer)
                .or_insert_with(|| RemoteStream::new(connection));
            if remote.connection != connection {
                *remote = RemoteStream::new(connection);
            }
            remote.take(kind, stream);
        });
    }

    /// Shows what the server says.
    pub(super) fn apply(self, message: &ServerMessage) {
        match message {
            ServerMessage::Welcome {
                title,
                you,
                members,
                chat,
                now,
                ends_at,
                ..
            } => {
                self.title.set(title.clone());
                self.me.set(Some(you.clone()));
                self.members.set(members.clone());
                self.set_clock(*now, *ends_at);
                self.chat.merge(chat, you.peer);
                self.trouble.set(None);
                self.phase.set(Phase::Live);
            }
            ServerMessage::PeerJoined { member } => self.seat(member),
            ServerMessage::PeerAway { peer } => self.change(*peer, |member| member.present = false),
            ServerMessage::PeerLeft { peer } => self.forget(*peer),
            ServerMessage::MediaChanged { peer, media } => {
                self.change(*peer, |member| member.media = *media);
            }
            ServerMessage::ChatSent { message } => {
                let me = self.me.with_untracked(|me| me.as_ref().map(|me| me.peer));
                self.chat.add(message, me);
            }
            ServerMessage::Clock { now, ends_at } => self.set_clock(*now, *ends_at),
            ServerMessage::Rejected { code, text } => {
                // Signals cross with people leaving: that concerns nobody in front of a screen.
                if !matches!(code, RejectCode::UnknownPeer | RejectCode::AlreadyJoined) {
                    self.rejected.set(Some(text.clone()));
                }
                self.chat.handle_rejected(*code);
            }
            ServerMessage::LinksReported { peer, links } => {
                self.reports.update(|reports| {
                    reports.insert(*peer, links.clone());
                });
            }
            ServerMessage::Waiting { .. }
            | ServerMessage::SentToWaiting { .. }
            | ServerMessage::Refused { .. }
            | ServerMessage::SpeakingChanged { .. }
            | ServerMessage::HandChanged { .. }
            | ServerMessage::Reacted { .. }
            | ServerMessage::RoleChanged { .. }
            | ServerMessage::ChargeChanged { .. }
            | ServerMessage::LockChanged { .. }
            | ServerMessage::Muted { .. }
            | ServerMessage::ShareStopped { .. }
            | ServerMessage::Overview { .. }
            | ServerMessage::Knocked { .. }
            | ServerMessage::KnockEnded { .. }
            | ServerMessage::DetailsKnown { .. }
            | ServerMessage::Offer { .. }
            | ServerMessage::Answer { .. }
            | ServerMessage::Candidate { .. }
            | ServerMessage::Ended { .. } => {}
        }
    }

    fn seat(self, member: &Member) {
        let mine = self.me.with_untracked(|me| me.as_ref().map(|me| me.peer));
        if mine == Some(member.peer) {
            return;
        }
        self.members.update(|members| {
            match members.iter_mut().find(|seated| seated.peer == member.peer) {
                Some(seated) => *seated = member.clone(),
                None => members.push(member.clone()),
            }
        });
    }

    fn change(self, peer: PeerId, change: impl FnOnce(&mut Member)) {
        self.members.update(|members| {
            if let Some(member) = members.iter_mut().find(|member| member.peer == peer) {
                change(member);
            }
        });
    }

    fn forget(self, peer: PeerId) {
        self.members
            .update(|members| members.retain(|member| member.peer != peer));
        self.links.update(|links| {
            links.remove(&peer);
        });
        self.streams.update(|streams| {
            streams.remove(&peer);
        });
    }

    fn set_clock(self, server: Timestamp, ends_at: Timestamp) {
        let here = clock::now();
        self.now.set(here);
        self.ahead.set(server.0 - here.0);
        self.ends_at.set(Some(ends_at));
    }
}
