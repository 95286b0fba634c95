//! Carries out what `transfer` decides: reads files, sends and collects their pieces. Holds no borrow
//! while it calls anything else.

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::{Rc, Weak},
};

use leptos::task::spawn_local;
use web_sys::File;

use super::{
    FileStore,
    disk::{self, Sink, Source},
};
use crate::{
    browser::peer::Channel,
    model::{ConnectionId, PeerId},
    transfer::{Input, Output, TransferId, Transfers},
};

/// What the page holds of a file.
#[derive(Debug)]
enum Held {
    Source(Source),
    Sink(Sink),
    /// Received, at this address.
    Whole(String),
}

/// The reliable channel that is used of those to one peer.
#[derive(Debug)]
struct Way {
    connection: ConnectionId,
    channel: Channel,
}

/// All handing over of one page.
#[derive(Debug)]
pub(in crate::browser::room) struct Exchange {
    store: FileStore,
    this: Weak<Self>,
    machine: RefCell<Transfers>,
    held: RefCell<HashMap<TransferId, Held>>,
    ways: RefCell<HashMap<PeerId, Way>>,
    names: RefCell<HashMap<PeerId, String>>,
}

impl Exchange {
    pub fn new(store: FileStore) -> Rc<Self> {
        Rc::new_cyclic(|this| Self {
            store,
            this: this.clone(),
            machine: RefCell::new(Transfers::new()),
            held: RefCell::default(),
            ways: RefCell::default(),
            names: RefCell::default(),
        })
    }

    /// Offers `file` to `peer`, who is called `name`.
    pub fn offer(&self, peer: PeerId, name: String, file: File) {
        self.name(peer, name);
        let (name, size) = (file.name(), disk::size_of(&file));
        let (id, outputs) = self.machine.borrow_mut().offer(peer, &name, size);
        let source = Held::Source(Source::new(file));
        self.held.borrow_mut().insert(id, source);
        self.carry_out(outputs);
    }

    /// Notes what somebody is called.
    pub fn name(&self, peer: PeerId, name: String) {
        self.names.borrow_mut().insert(peer, name);
    }

    /// A channel to `peer` is open: it is used from now on.
    pub fn open(&self, peer: PeerId, connection: ConnectionId, channel: Channel) {
        let way = Way {
            connection,
            channel,
        };
        self.ways.borrow_mut().insert(peer, way);
        self.feed(Input::Opened { peer });
    }

    /// That connection or its channel is gone.
    pub fn lose(&self, connection: ConnectionId) {
        let lost = self.peer_of(connection);
        if let Some(peer) = lost {
            self.ways.borrow_mut().remove(&peer);
            self.feed(Input::Lost { peer });
        }
    }

    /// True for the connection that is used; what comes by others is old.
    pub fn uses(&self, connection: ConnectionId) -> bool {
        self.peer_of(connection).is_some()
    }

    fn peer_of(&self, connection: ConnectionId) -> Option<PeerId> {
        let ways = self.ways.borrow();
        let mut ways = ways.iter();
        let way = ways.find(|(_, way)| way.connection == connection);
        way.map(|(peer, _)| *peer)
    }

    /// Little is left waiting in the channel to `peer`.
    pub fn drain(&self, peer: PeerId) {
        let buffered = self.buffered(peer);
        self.feed(Input::Drained { peer, buffered });
    }

    fn buffered(&self, peer: PeerId) -> u32 {
        let ways = self.ways.borrow();
        ways.get(&peer).map_or(0, |way| way.channel.buffered())
    }

    /// The visit is over.
    pub fn end(&self) {
        self.ways.borrow_mut().clear();
        self.feed(Input::Over);
    }

    /// Takes one input and does what follows from it.
    pub fn feed(&self, input: Input) {
        let outputs = self.machine.borrow_mut().handle(input);
        self.carry_out(outputs);
    }

    fn carry_out(&self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Tell { peer, message } => {
                    // What cannot be said is made good when the channel is open again.
                    self.with_channel(peer, |channel| channel.tell(&message));
                }
                Output::Send { peer, file, bytes } => {
                    self.with_channel(peer, |channel| channel.send_chunk(file, &bytes));
                }
                Output::Read {
                    id,
                    number,
                    from,
                    length,
                } => self.read(id, number, from, length),
                Output::Keep { id, bytes } => self.keep(id, &bytes),
                Output::Check { id, sha256 } => self.check(id, &sha256),
                Output::Release { id } => self.release(id),
                Output::NoRoom { id } => self.store.change(id, |file| file.no_room = true),
                Output::Changed(transfer) => {
                    let peer = transfer.peer;
                    let name = || self.names.borrow().get(&peer).cloned().unwrap_or_default();
                    self.store.show(transfer, name);
                }
                Output::Removed { id } => self.store.remove(id),
            }
        }
    }

    fn with_channel(&self, peer: PeerId, act: impl FnOnce(&Channel) -> bool) -> bool {
        let channel = self.ways.borrow().get(&peer).map(|way| way.channel.clone());
        channel.is_some_and(|channel| act(&channel))
    }

    fn read(&self, id: TransferId, number: u32, from: u64, length: u64) {
        let file = match self.held.borrow().get(&id) {
            Some(Held::Source(source)) => Some(source.file.clone()),
            _ => None,
        };
        let this = self.this.clone();
        spawn_local(async move {
            let bytes = match file {
                Some(file) => disk::read(file, from, length).await.ok(),
                None => None,
            };
            if let Some(exchange) = this.upgrade() {
                exchange.take_piece(id, number, from, bytes);
            }
        });
    }

    fn take_piece(&self, id: TransferId, number: u32, from: u64, bytes: Option<Vec<u8>>) {
        let noted = bytes.and_then(|bytes| match self.held.borrow_mut().get_mut(&id) {
            Some(Held::Source(source)) => {
                let sha256 = source.note(from, &bytes);
                Some((bytes, sha256))
            }
            _ => None,
        });
        let peer = self.machine.borrow().peer_of(id);
        let buffered = peer.map_or(0, |peer| self.buffered(peer));
        self.feed(match noted {
            Some((bytes, sha256)) => Input::Read {
                id,
                number,
                bytes,
                sha256,
                buffered,
            },
            None => Input::ReadFailed { id, number },
        });
    }

    fn keep(&self, id: TransferId, bytes: &[u8]) {
        let mut held = self.held.borrow_mut();
        let sink = held
            .entry(id)
            .or_insert_with(|| Held::Sink(Sink::default()));
        let kept = match sink {
            Held::Sink(sink) => sink.keep(bytes).is_ok(),
            _ => false,
        };
        drop(held);
        if !kept {
            // The browser has no memory left.
            self.feed(Input::Cancel { id });
        }
    }

    fn check(&self, id: TransferId, sha256: &str) {
        let sink = match self.held.borrow_mut().remove(&id) {
            Some(Held::Sink(sink)) => sink,
            // Nothing came of an empty file.
            _ => Sink::default(),
        };
        let address = sink.finish(sha256);
        let intact = address.is_some();
        if let Some(address) = &address {
            let whole = Held::Whole(address.clone());
            self.held.borrow_mut().insert(id, whole);
        }
        self.feed(Input::Checked { id, intact });
        self.store.change(id, |file| file.address = address);
    }

    fn release(&self, id: TransferId) {
        if let Some(Held::Whole(address)) = self.held.borrow_mut().remove(&id) {
            disk::forget(&address);
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        for held in self.held.get_mut().values() {
            if let Held::Whole(address) = held {
                disk::forget(address);
            }
        }
    }
}
