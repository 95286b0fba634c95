//! What the room's page shows, as signals; changed by facts from the server, never by wishes.

mod charge;
mod overview;
mod roster;
mod signs;
mod waiting;

use std::collections::HashMap;

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};
use web_sys::MediaStream;

use super::{chat::ChatStore, files::FileStore, phase::Phase, trouble::Trouble};
use crate::{
    browser::{clock, peer::TrackKind},
    model::{ConnectionId, PeerId, Role, Timestamp},
    negotiation::LinkState,
    protocol::{Caller, Details, LinkReport, Member, RejectCode, ServerMessage, Transport},
    quality::Measured,
    uplink::Wanted,
};
pub use charge::Notice;
pub use signs::ShownReaction;
pub use waiting::Word;

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
    /// This person's role; it may change at any moment.
    pub role: RwSignal<Role>,
    /// Who runs the interview now.
    pub in_charge: RwSignal<Option<PeerId>>,
    /// True while this person runs the interview.
    pub runs: Memo<bool>,
    /// Everybody new waits until admitted.
    pub locked: RwSignal<bool>,
    /// True from being told to wait until the seat is taken, a lost way to the server included.
    pub waits: RwSignal<bool>,
    /// What was said to this person while waiting.
    pub words: RwSignal<Vec<Word>>,
    /// For interviewers: who waits, the longest first.
    pub waiting: RwSignal<Vec<Caller>>,
    /// For interviewers: more about each seat.
    pub details: RwSignal<HashMap<PeerId, Details>>,
    /// For interviewers: how well each member says they see and hear the others.
    pub reports: RwSignal<HashMap<PeerId, Vec<LinkReport>>>,
    /// Signs that are shown for a moment.
    pub reactions: RwSignal<HashMap<PeerId, ShownReaction>>,
    /// What happened to this person, until they have read it.
    pub notices: RwSignal<Vec<Notice>>,
    /// The main interviewer as last seen: the name outlives the seat.
    host: StoredValue<Option<String>>,
}

impl RoomStore {
    /// An empty room, for somebody in that role.
    pub fn new(title: String, role: Role) -> Self {
        let me = RwSignal::new(None::<Member>);
        let in_charge = RwSignal::new(None);
        let runs = Memo::new(move |_| {
            let peer = me.with(|me| me.as_ref().map(|me| me.peer));
            peer.is_some() && in_charge.get() == peer
        });
        Self {
            phase: RwSignal::new(Phase::Connecting),
            title: RwSignal::new(title),
            me,
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
            quality: RwSignal::new(HashMap::new()),
            measured: RwSignal::new(HashMap::new()),
            uplink: RwSignal::new(0),
            watching: RwSignal::new(HashMap::new()),
            screen_sound_left_out: RwSignal::new(false),
            role: RwSignal::new(role),
            in_charge,
            runs,
            locked: RwSignal::new(false),
            waits: RwSignal::new(false),
            words: RwSignal::new(Vec::new()),
            waiting: RwSignal::new(Vec::new()),
            details: RwSignal::new(HashMap::new()),
            reports: RwSignal::new(HashMap::new()),
            reactions: RwSignal::new(HashMap::new()),
            notices: RwSignal::new(Vec::new()),
            host: StoredValue::new(None),
        }
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
        self.begin_waiting();
        self.in_charge.set(None);
        self.forget_overview();
        self.reactions.update(HashMap::clear);
        self.notices.update(Vec::clear);
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
            ServerMessage::Welcome { .. } => self.welcome(message),
            ServerMessage::Waiting { .. } | ServerMessage::SentToWaiting { .. } => {
                self.apply_to_waiting(message);
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
            ServerMessage::Clock { now, ends_at } => {
                self.notice_end(*ends_at);
                self.set_clock(*now, *ends_at);
            }
            ServerMessage::Rejected { code, about, text } => {
                // Signals cross with people leaving: that concerns nobody in front of a screen.
                if !matches!(code, RejectCode::UnknownPeer | RejectCode::AlreadyJoined) {
                    self.rejected.set(Some(text.clone()));
                }
                self.chat.handle_rejected(about);
            }
            ServerMessage::HandChanged { peer, raised_at } => {
                self.change(*peer, |member| member.hand = *raised_at);
            }
            ServerMessage::Reacted { peer, reaction } => self.show(*peer, *reaction),
            ServerMessage::RoleChanged { .. }
            | ServerMessage::ChargeChanged { .. }
            | ServerMessage::LockChanged { .. }
            | ServerMessage::Muted { .. }
            | ServerMessage::ShareStopped { .. } => self.apply_charge(message),
            ServerMessage::Overview { .. }
            | ServerMessage::Knocked { .. }
            | ServerMessage::KnockEnded { .. }
            | ServerMessage::DetailsKnown { .. }
            | ServerMessage::LinksReported { .. } => self.apply_overview(message),
            ServerMessage::QuestionShown { .. }
            | ServerMessage::QuestionHidden { .. }
            | ServerMessage::QuestionsPrepared { .. }
            | ServerMessage::LookChanged { .. }
            | ServerMessage::RunReported { .. } => {}
            ServerMessage::Refused { .. }
            | ServerMessage::SpeakingChanged { .. }
            | ServerMessage::Offer { .. }
            | ServerMessage::Answer { .. }
            | ServerMessage::Candidate { .. }
            | ServerMessage::Ended { .. } => {}
        }
    }

    /// Takes the snapshot: nothing of what was known before counts beside it.
    fn welcome(self, message: &ServerMessage) {
        let ServerMessage::Welcome {
            title,
            you,
            members,
            in_charge,
            locked,
            chat,
            now,
            ends_at,
            ..
        } = message
        else {
            return;
        };
        self.title.set(title.clone());
        self.me.set(Some(you.clone()));
        self.members.set(members.clone());
        self.remember_host();
        self.take_role(you.role);
        self.locked.set(*locked);
        self.put_in_charge(*in_charge);
        self.set_clock(*now, *ends_at);
        self.chat.merge(chat, you.peer);
        self.trouble.set(None);
        self.waits.set(false);
        self.phase.set(Phase::Live);
    }

    fn set_clock(self, server: Timestamp, ends_at: Timestamp) {
        let here = clock::now();
        self.now.set(here);
        self.ahead.set(server.0 - here.0);
        self.ends_at.set(Some(ends_at));
    }
}
