//! What the room's page shows, as signals; changed by facts from the server, never by wishes.

use std::collections::HashMap;

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};
use web_sys::MediaStream;

use super::{chat::ChatStore, files::FileStore, phase::Phase};
use crate::{
    browser::clock,
    model::{ConnectionId, PeerId, Timestamp},
    negotiation::LinkState,
    protocol::{Member, RejectCode, ServerMessage},
};

/// Media that came by a connection, picture and sound apart, so that neither waits for the other.
#[derive(Clone, Debug)]
pub struct RemoteStream {
    pub connection: ConnectionId,
    pub picture: SendOption<MediaStream>,
    pub sound: SendOption<MediaStream>,
}

impl RemoteStream {
    fn new(connection: ConnectionId) -> Self {
        Self {
            connection,
            picture: SendOption::new_local(None),
            sound: SendOption::new_local(None),
        }
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
    /// True when no socket opens although nothing is known against this person.
    pub unreachable: RwSignal<bool>,
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
            unreachable: RwSignal::new(false),
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

    /// Forgets the people and connections of the visit before; what was written stays, what was on
    /// its way comes back into the draft.
    pub(super) fn begin(self) {
        self.phase.set(Phase::Connecting);
        self.members.update(Vec::clear);
        self.links.update(HashMap::clear);
        self.streams.update(HashMap::clear);
        self.levels.update(HashMap::clear);
        self.rejected.set(None);
        self.unreachable.set(false);
        self.chat.take_back();
        self.now.set(clock::now());
    }

    /// Takes what came from `peer` by `connection`, in place of what came by another one.
    pub(super) fn receive(
        self,
        peer: PeerId,
        connection: ConnectionId,
        change: impl FnOnce(&mut RemoteStream),
    ) {
        self.streams.update(|streams| {
            let remote = streams
                .entry(peer)
                .or_insert_with(|| RemoteStream::new(connection));
            if remote.connection != connection {
                *remote = RemoteStream::new(connection);
            }
            change(remote);
        });
    }

    /// Shows what the server says.
    pub(super) fn apply(self, message: &ServerMessage) {
        match message {
            ServerMessage::Welcome {
                title,
                you,
                members,
                now,
                ends_at,
                ..
            } => {
                self.title.set(title.clone());
                self.me.set(Some(you.clone()));
                self.members.set(members.clone());
                self.set_clock(*now, *ends_at);
                self.unreachable.set(false);
                self.phase.set(Phase::Live);
            }
            ServerMessage::PeerJoined { member } => self.seat(member),
            ServerMessage::PeerAway { peer } => self.change(*peer, |member| member.present = false),
            ServerMessage::PeerLeft { peer } => self.forget(*peer),
            ServerMessage::MediaChanged { peer, media } => {
                self.change(*peer, |member| member.media = *media);
            }
            ServerMessage::ChatSent { .. } => {
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
            | ServerMessage::LinksReported { .. }
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
