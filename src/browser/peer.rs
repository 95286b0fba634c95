//! One RTCPeerConnection: carries out the commands of the mesh one after another and tells what
//! happens. Decides nothing about negotiation.

pub(super) mod candidate;
mod channels;
mod commands;
mod senders;
mod stats;
mod tracks;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::{Rc, Weak},
};

use leptos::task::spawn_local;
use senders::Senders;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    MediaStream, RtcPeerConnection, RtcPeerConnectionIceEvent, RtcPeerConnectionState,
    RtcSessionDescriptionInit, RtcTrackEvent,
};

pub use channels::Channel;
pub use tracks::{LocalTracks, TrackKind};

use super::listener::Listener;
use crate::{
    channel::{FileId, PeerMessage, PeerState},
    negotiation::{Command, Input, TransportState},
    protocol::IceServer,
    uplink::Share,
};

/// What a connection tells.
#[derive(Debug)]
pub enum PeerEvent {
    /// For the mesh.
    Negotiation(Input),
    /// Something that the other side sends, or will send, each kind in a stream of its own: an element
    /// plays no sound before it has a picture to show.
    Received(TrackKind, MediaStream),
    /// The reliable channel is open.
    ChannelOpened,
    /// The reliable channel is gone, while the connection may go on.
    ChannelClosed,
    /// The other side said something by the reliable channel.
    Told(PeerMessage),
    /// A part of a file came.
    Chunk(FileId, Vec<u8>),
    /// Little is left waiting in the reliable channel.
    Drained,
    /// The unreliable channel is open.
    StateOpened,
    /// The unreliable channel is gone.
    StateClosed,
    /// How the other side says it stands.
    State(PeerState),
}

/// Closed and silent once it is dropped.
#[derive(Debug)]
pub struct Peer {
    shared: Rc<Shared>,
}

struct Shared {
    connection: RtcPeerConnection,
    handle_event: Box<dyn Fn(PeerEvent)>,
    channels: channels::Channels,
    senders: Senders,
    /// This side's latest offer, while it is not in force yet.
    offered: RefCell<Option<RtcSessionDescriptionInit>>,
    /// Commands not begun yet. Only [`Peer::work`] takes from it, so they run in order.
    waiting: RefCell<VecDeque<Command>>,
    working: Cell<bool>,
    closed: Cell<bool>,
    listeners: RefCell<Vec<Listener>>,
}

impl Peer {
    /// Makes a connection. The caller brings a place for each kind of track; the callee takes those that
    /// the offer makes. Nothing is sent before [`Self::send`].
    ///
    /// # Errors
    /// What the browser says when it cannot make one.
    pub fn open(
        ice_servers: &[IceServer],
        caller: bool,
        handle_event: impl Fn(PeerEvent) + 'static,
    ) -> Result<Self, JsValue> {
        let configuration = candidate::configuration(ice_servers);
        let connection = RtcPeerConnection::new_with_configuration(&configuration)?;
        let shared = Rc::new(Shared {
            channels: channels::Channels::open(&connection),
            connection,
            handle_event: Box::new(handle_event),
            senders: Senders::new()?,
            offered: RefCell::default(),
            waiting: RefCell::default(),
            working: Cell::new(false),
            closed: Cell::new(false),
            listeners: RefCell::default(),
        });
        shared.listen();
        shared.listen_to_channels();
        if caller {
            senders::add(&shared.connection, &shared.senders);
        }
        Ok(Self { shared })
    }

    /// Carries out `command` after those given before; its outcome comes as an event.
    pub fn carry_out(&self, command: Command) {
        self.shared.waiting.borrow_mut().push_back(command);
        if !self.shared.working.replace(true) {
            spawn_local(Self::work(self.shared.clone()));
        }
    }

    /// Sends these tracks within these limits from now on; the other side need not be asked.
    pub fn send(&self, tracks: LocalTracks, share: Share) {
        senders::send(&self.shared, tracks, share);
    }

    /// Looks again at what the tracks give, such as a camera that films smaller than before.
    pub fn renew(&self) {
        senders::renew(&self.shared);
    }

    async fn work(shared: Rc<Shared>) {
        while !shared.closed.get() {
            let Some(command) = shared.waiting.borrow_mut().pop_front() else {
                break;
            };
            let outcome = commands::carry_out(&shared, command).await;
            // Negotiation may have made places, or limits anew.
            if outcome.is_some() {
                senders::renew(&shared);
            }
            if let Some(input) = outcome.filter(|_| !shared.closed.get()) {
                (shared.handle_event)(PeerEvent::Negotiation(input));
            }
        }
        shared.working.set(false);
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.shared.closed.set(true);
        self.shared.listeners.take();
        self.shared.connection.close();
    }
}

impl Shared {
    fn listen(self: &Rc<Self>) {
        let on = |event: &'static str, act: fn(&Self, &web_sys::Event)| {
            let shared: Weak<Self> = Rc::downgrade(self);
            Listener::new(&self.connection, event, move |event| {
                if let Some(shared) = shared.upgrade() {
                    act(&shared, &event);
                }
            })
        };
        self.listeners.replace(vec![
            on("icecandidate", Self::handle_candidate),
            on("connectionstatechange", Self::handle_state),
            on("track", Self::handle_track),
        ]);
    }

    fn handle_candidate(&self, event: &web_sys::Event) {
        let event = event.dyn_ref::<RtcPeerConnectionIceEvent>();
        if let Some(candidate) = event.and_then(RtcPeerConnectionIceEvent::candidate) {
            let candidate = candidate::read(&candidate);
            (self.handle_event)(PeerEvent::Negotiation(Input::LocalCandidate(candidate)));
        }
    }

    fn handle_state(&self, _: &web_sys::Event) {
        let state = match self.connection.connection_state() {
            RtcPeerConnectionState::Connecting => TransportState::Connecting,
            RtcPeerConnectionState::Connected => TransportState::Connected,
            RtcPeerConnectionState::Disconnected => TransportState::Disconnected,
            RtcPeerConnectionState::Failed => TransportState::Failed,
            RtcPeerConnectionState::Closed => TransportState::Closed,
            _ => TransportState::New,
        };
        (self.handle_event)(PeerEvent::Negotiation(Input::Transport(state)));
    }

    fn handle_track(&self, event: &web_sys::Event) {
        let Some(event) = event.dyn_ref::<RtcTrackEvent>() else {
            return;
        };
        let place = event.transceiver();
        let kind = senders::places(&self.connection).find(|(_, known)| *known == place);
        if let Some(((kind, _), stream)) = kind.zip(MediaStream::new().ok()) {
            stream.add_track(&event.track());
            (self.handle_event)(PeerEvent::Received(kind, stream));
        }
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("closed", &self.closed)
            .finish_non_exhaustive()
    }
}
