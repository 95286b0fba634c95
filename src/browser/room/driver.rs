//! One visit's machinery: the mesh, the socket and the peer connections, tied together. Holds no
//! borrow while it calls any of them.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::{Rc, Weak},
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};

use super::{
    files::Exchange,
    outgoing::Outgoing,
    phase::{Ending, Phase},
    quality::Measuring,
    store::RoomStore,
    trouble::Trouble,
    voices::Voices,
};
use crate::{
    api::join::{JoinPage, check_join},
    browser::{
        clock::{self, Interval, Timeout},
        media::LocalMedia,
        peer::{LocalTracks, Peer, PeerEvent},
        socket::{Socket, SocketEvent},
    },
    mesh::{self, Mesh},
    model::{ConnectionId, InterviewNumber, PageId, PeerId, Refusal},
    protocol::{self, AnswerKey, ClientMessage, CloseCode, IceServer, MediaState, ServerMessage},
};

/// How long a person who left waits for the server to close the socket.
const GOODBYE: Duration = Duration::from_secs(3);

/// One visit. Dropping it closes everything.
pub(super) struct Driver {
    pub(super) number: InterviewNumber,
    page: PageId,
    pub(super) store: RoomStore,
    pub(super) devices: LocalMedia,
    mesh: RefCell<Mesh>,
    socket: RefCell<Option<Socket>>,
    pub(super) peers: RefCell<HashMap<ConnectionId, Peer>>,
    ice_servers: RefCell<Vec<IceServer>>,
    pub(super) tracks: RefCell<LocalTracks>,
    pub(super) outgoing: Outgoing,
    pub(super) measuring: Measuring,
    pub(super) media: Cell<MediaState>,
    /// What the server was told last.
    told: Cell<MediaState>,
    pub(super) exchange: Rc<Exchange>,
    pub(super) voices: Voices,
    /// What the server was told that this page looks at; None while it knows nothing.
    pub(super) looked: Cell<Option<Option<AnswerKey>>>,
    deadline: RefCell<Option<Timeout>>,
    ticks: RefCell<Option<Interval>>,
    pub(super) over: Cell<bool>,
}

impl Driver {
    /// Begins a visit.
    pub(super) fn start(
        number: InterviewNumber,
        store: RoomStore,
        devices: LocalMedia,
    ) -> Rc<Self> {
        store.begin();
        let page = clock::new_page_id();
        let driver = Rc::new(Self {
            number,
            page,
            store,
            devices,
            mesh: RefCell::new(Mesh::new(page)),
            socket: RefCell::default(),
            peers: RefCell::default(),
            ice_servers: RefCell::default(),
            tracks: RefCell::default(),
            media: Cell::default(),
            told: Cell::default(),
            outgoing: Outgoing::default(),
            measuring: Measuring::default(),
            exchange: store.files.exchange(),
            voices: Voices::default(),
            looked: Cell::new(None),
            deadline: RefCell::default(),
            ticks: RefCell::default(),
            over: Cell::new(false),
        });
        let tick = Interval::new(Duration::from_secs(1), move || store.now.set(clock::now()));
        driver.ticks.replace(Some(tick));
        driver.measure_regularly();
        driver.start_voices();
        let weak = Rc::downgrade(&driver);
        let socket = Socket::open(number, move |event| {
            with(&weak, |driver| driver.handle_socket(event));
        });
        driver.socket.replace(Some(socket));
        driver
    }

    /// Sends `message`, or returns false when there is no way to the server now.
    pub(super) fn send(&self, message: &ClientMessage) -> bool {
        self.socket
            .borrow()
            .as_ref()
            .is_some_and(|socket| socket.send(message))
    }

    /// Sends a frame about the document of an answer, or returns false as above.
    pub(super) fn send_document(&self, bytes: &[u8]) -> bool {
        self.socket
            .borrow()
            .as_ref()
            .is_some_and(|socket| socket.send_document(bytes))
    }

    /// True while this page has a seat and a way to the server.
    pub(super) fn knows_seat(&self) -> bool {
        self.store
            .phase
            .with_untracked(|phase| *phase == Phase::Live)
    }

    /// Takes what this page sends from now on.
    pub(super) fn set_media(self: &Rc<Self>, tracks: LocalTracks, media: MediaState) {
        if *self.tracks.borrow() != tracks {
            self.tracks.replace(tracks);
            self.replan();
        }
        if self.media.replace(media) != media && self.store.phase.with_untracked(Phase::is_known) {
            self.tell_media(media);
        }
    }

    fn tell_media(&self, media: MediaState) {
        if self.send(&ClientMessage::SetMedia { media }) {
            self.told.set(media);
        }
    }

    /// Gives the seat back and ends the visit.
    pub(super) fn leave(&self) {
        let told = self.send(&ClientMessage::Leave {});
        let socket = self.socket.take();
        self.finish(Ending::Left);
        if told {
            // The server closes this socket when it has freed the seat; ours would be a mere loss of
            // the network if it came first.
            set_timeout(move || drop(socket), GOODBYE);
        }
    }

    /// Ends the visit: releases the devices, closes everything, says why.
    pub(super) fn finish(&self, ending: Ending) {
        if self.over.replace(true) {
            return;
        }
        self.close();
        self.devices.stop();
        self.store.phase.set(Phase::Over(ending));
    }

    /// Closes everything and says nothing.
    pub(super) fn close(&self) {
        self.over.set(true);
        self.deadline.take();
        self.ticks.take();
        self.measuring.stop();
        self.voices.stop();
        self.put_answers_down();
        self.exchange.end();
        drop(self.socket.take());
        drop(self.peers.take());
    }

    fn handle_socket(self: &Rc<Self>, event: SocketEvent) {
        if self.over.get() {
            return;
        }
        match event {
            SocketEvent::Opened => {
                let media = self.media.get();
                let join = ClientMessage::Join {
                    version: protocol::VERSION,
                    page: self.page,
                    media,
                };
                if self.send(&join) {
                    self.told.set(media);
                }
            }
            SocketEvent::Message(message) => self.handle_message(message),
            SocketEvent::Document(bytes) => self.store.answers.board().receive(&bytes),
            SocketEvent::Lost => {
                if self.store.phase.with_untracked(Phase::is_known) {
                    self.store.phase.set(Phase::Reconnecting {
                        since: clock::now(),
                    });
                }
                self.put_answers_down();
                self.feed(mesh::Input::SocketLost);
            }
            SocketEvent::Works(transport) => self.store.transport.set(transport),
            SocketEvent::NetworkChanged => {
                self.store.trouble.set(None);
                self.feed(mesh::Input::NetworkChanged);
            }
            SocketEvent::Offline => self.store.trouble.set(Some(Trouble::NoNetwork)),
            SocketEvent::KeepsFailing => self.ask_why(None),
            SocketEvent::Closed(code) => self.handle_closed(code),
        }
    }

    fn handle_message(self: &Rc<Self>, message: ServerMessage) {
        match &message {
            ServerMessage::Welcome { ice_servers, .. } => {
                self.ice_servers.replace(ice_servers.clone());
                self.measuring.forget();
                // Not whatever differs from the own seat: what was switched off meanwhile by whoever
                // is in charge is off there already, and is heard of in a moment.
                if self.told.get() != self.media.get() {
                    self.tell_media(self.media.get());
                }
            }
            ServerMessage::Ended { reason } => return self.finish(Ending::Ended(reason.clone())),
            ServerMessage::Refused { by, reason } => {
                let (by, reason) = (by.clone(), reason.clone());
                return self.finish(Ending::Refused { by, reason });
            }
            ServerMessage::Muted { .. } => self.devices.mute(),
            ServerMessage::ShareStopped { .. } => self.devices.stop_screen(),
            _ => {}
        }
        self.store.apply(&message);
        if matches!(message, ServerMessage::Welcome { .. }) {
            self.take_up_answers();
        }
        self.follow(&message);
        self.feed(mesh::Input::Server(message));
    }

    fn handle_closed(self: &Rc<Self>, code: CloseCode) {
        match Ending::from_code(code) {
            Some(ending) => self.finish(ending),
            None => self.ask_why(Some(Ending::NotAdmitted)),
        }
    }

    /// Asks the server why this person may not be here; `otherwise` ends the visit when it does not
    /// say, and without `otherwise` the visit goes on and the person is told.
    fn ask_why(self: &Rc<Self>, otherwise: Option<Ending>) {
        let weak = Rc::downgrade(self);
        let number = self.number.to_string();
        spawn_local(async move {
            let answer = check_join(number, String::new()).await;
            let answered = answer.is_ok();
            let ending = match answer {
                Ok(JoinPage::Refused {
                    refusal: Refusal::TooManyTries { .. },
                    ..
                }) => otherwise,
                Ok(JoinPage::Refused { refusal, .. }) => Some(Ending::ShutOut(refusal)),
                _ => otherwise,
            };
            with(&weak, |driver| match ending {
                Some(ending) => driver.finish(ending),
                None => driver.show_trouble(answered),
            });
        });
    }

    /// Says why there is no way to the server, as far as it is known. The next welcome takes it back.
    fn show_trouble(&self, answered: bool) {
        let online = self.socket.borrow().as_ref().is_some_and(Socket::is_online);
        let trouble = match (online, answered) {
            (_, true) => Trouble::Blocked,
            (true, false) => Trouble::NoAnswer,
            (false, false) => Trouble::NoNetwork,
        };
        if !self.over.get() {
            self.store.trouble.set(Some(trouble));
        }
    }

    fn feed(self: &Rc<Self>, input: mesh::Input) {
        if self.over.get() {
            return;
        }
        let outputs = self.mesh.borrow_mut().handle(clock::now(), input);
        for output in outputs {
            self.carry_out(output);
        }
        self.wait_for_deadline();
    }

    fn carry_out(self: &Rc<Self>, output: mesh::Output) {
        match output {
            mesh::Output::Send(message) => {
                self.send(&message);
            }
            mesh::Output::Open {
                peer,
                connection,
                caller,
            } => self.open(peer, connection, caller),
            mesh::Output::Close { connection } => {
                let closed = self.peers.borrow_mut().remove(&connection);
                drop(closed);
                self.forget_connection(connection);
                self.lose_channels(connection);
                self.store.streams.update(|streams| {
                    streams.retain(|_, stream| stream.connection != connection);
                });
            }
            mesh::Output::Command {
                connection,
                command,
            } => {
                if let Some(peer) = self.peers.borrow().get(&connection) {
                    peer.carry_out(command);
                }
            }
            mesh::Output::LinkChanged { peer, link } => {
                self.store.links.update(|links| {
                    links.insert(peer, link);
                });
            }
        }
    }

    fn open(self: &Rc<Self>, peer: PeerId, connection: ConnectionId, caller: bool) {
        let weak = Rc::downgrade(self);
        let ice_servers = self.ice_servers.borrow().clone();
        let opened = Peer::open(&ice_servers, caller, move |event| {
            with(&weak, |driver| driver.handle_peer(peer, connection, event));
        });
        match opened {
            Ok(opened) => {
                self.peers.borrow_mut().insert(connection, opened);
                self.note_connection(connection, peer);
            }
            Err(error) => leptos::logging::warn!("no connection could be made: {error:?}"),
        }
    }

    fn handle_peer(self: &Rc<Self>, peer: PeerId, connection: ConnectionId, event: PeerEvent) {
        match event {
            PeerEvent::Negotiation(input) => self.feed(mesh::Input::Event { connection, input }),
            PeerEvent::Received(kind, stream) => self.store.receive(peer, connection, kind, stream),
            event => self.handle_channel(peer, connection, event),
        }
    }

    fn wait_for_deadline(self: &Rc<Self>) {
        let deadline = self.mesh.borrow().next_deadline();
        let timeout = deadline.map(|deadline| {
            let weak = Rc::downgrade(self);
            Timeout::new(deadline.since(clock::now()), move || {
                with(&weak, |driver| driver.feed(mesh::Input::Deadline));
            })
        });
        self.deadline.replace(timeout);
    }
}

impl std::fmt::Debug for Driver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Driver")
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

fn with(driver: &Weak<Driver>, act: impl FnOnce(&Rc<Driver>)) {
    if let Some(driver) = driver.upgrade() {
        act(&driver);
    }
}
