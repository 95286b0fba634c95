//! One RTCPeerConnection: carries out the commands of the mesh one after another and tells what
//! happens. Decides nothing about negotiation.

mod candidate;
mod channels;
mod commands;
mod senders;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::{Rc, Weak},
};

use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    MediaStream, MediaStreamTrack, RtcPeerConnection, RtcPeerConnectionIceEvent,
    RtcPeerConnectionState, RtcTrackEvent,
};

pub use channels::Channel;

use super::listener::Listener;
use crate::{
    channel::{FileId, PeerMessage, PeerState},
    negotiation::{Command, Input, TransportState},
    protocol::IceServer,
};

/// What this page sends to everybody: a track or nothing of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocalTracks {
    pub audio: Option<MediaStreamTrack>,
    pub video: Option<MediaStreamTrack>,
}

/// What a connection tells.
#[derive(Debug)]
pub enum PeerEvent {
    /// For the mesh.
    Negotiation(Input),
    /// What the other side shows.
    Picture(MediaStream),
    /// What the other side says.
    Sound(MediaStream),
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
    /// One stream for both tracks keeps sound and picture together at the other side.
    outgoing: MediaStream,
    /// Apart from the sound: an element plays nothing before it has a picture to show.
    picture: MediaStream,
    sound: MediaStream,
    tracks: RefCell<LocalTracks>,
    /// Commands not begun yet. Only [`Peer::work`] takes from it, so they run in order.
    waiting: RefCell<VecDeque<Command>>,
    working: Cell<bool>,
    closed: Cell<bool>,
    listeners: RefCell<Vec<Listener>>,
}

impl Peer {
    /// Makes a connection. The caller brings a place for sound and one for the picture; the callee
    /// takes those that the offer makes.
    ///
    /// # Errors
    /// What the browser says when it cannot make one.
    pub fn open(
        ice_servers: &[IceServer],
        caller: bool,
        tracks: LocalTracks,
        handle_event: impl Fn(PeerEvent) + 'static,
    ) -> Result<Self, JsValue> {
        let configuration = candidate::configuration(ice_servers);
        let connection = RtcPeerConnection::new_with_configuration(&configuration)?;
        let shared = Rc::new(Shared {
            channels: channels::Channels::open(&connection),
            connection,
            handle_event: Box::new(handle_event),
            outgoing: MediaStream::new()?,
            picture: MediaStream::new()?,
            sound: MediaStream::new()?,
            tracks: RefCell::new(tracks),
            waiting: RefCell::default(),
            working: Cell::new(false),
            closed: Cell::new(false),
            listeners: RefCell::default(),
        });
        shared.listen();
        shared.listen_to_channels();
        if caller {
            let tracks = shared.tracks.borrow().clone();
            senders::add(&shared.connection, &shared.outgoing, &tracks);
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

    /// Sends other tracks from now on; the other side need not be asked.
    pub fn set_tracks(&self, tracks: LocalTracks) {
        self.shared.tracks.replace(tracks);
        let shared = self.shared.clone();
        spawn_local(async move {
            senders::replace(&shared.connection, &shared.tracks).await;
        });
    }

    async fn work(shared: Rc<Shared>) {
        while !shared.closed.get() {
            let Some(command) = shared.waiting.borrow_mut().pop_front() else {
                break;
            };
            let outcome = commands::carry_out(&shared, command).await;
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
        let track = event.track();
        if track.kind() == "audio" {
            self.sound.add_track(&track);
            (self.handle_event)(PeerEvent::Sound(self.sound.clone()));
        } else {
            self.picture.add_track(&track);
            (self.handle_event)(PeerEvent::Picture(self.picture.clone()));
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
