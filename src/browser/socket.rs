//! The way to the server that comes back by itself: one way at a time, a WebSocket or plain HTTP, tried
//! again until it is closed for good. Carries out what `reconnection` decides; knows the protocol's
//! messages and close codes, not what they mean for a room.

mod base64;
mod line;
mod post;
mod signs;
mod way;
mod web_socket;

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use super::{
    clock::{self, Timeout},
    visit,
};
use crate::{
    model::InterviewNumber,
    protocol::{ClientMessage, CloseCode, ServerMessage, Transport},
    reconnection::{Input, Output, Reconnection},
};
use signs::{Sign, Signs};
use way::{Way, WayEvent};
pub use web_socket::Probe;

/// What happens to the way.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "handed on at once, never kept")]
pub enum SocketEvent {
    /// It is open; nothing was said yet.
    Opened,
    Message(ServerMessage),
    /// A frame about the document of an answer, as it came.
    Document(Vec<u8>),
    /// From now on the server is heard by this way.
    Works(Transport),
    /// It was open and is gone; the next try is under way.
    Lost,
    /// Opening failed several times in a row, or was refused; it goes on being tried.
    KeepsFailing,
    /// The browser has a network again, or another one.
    NetworkChanged,
    /// The browser has no network.
    Offline,
    /// The server closed it for good.
    Closed(CloseCode),
}

/// Closes when it is dropped.
#[derive(Debug)]
pub struct Socket {
    shared: Rc<Shared>,
}

struct Shared {
    number: InterviewNumber,
    handle_event: Box<dyn Fn(SocketEvent)>,
    /// Never borrowed while anything is called.
    reconnection: RefCell<Reconnection>,
    /// Never borrowed while `handle_event` runs.
    way: RefCell<Option<Way>>,
    probe: RefCell<Option<Probe>>,
    deadline: RefCell<Option<Timeout>>,
    signs: RefCell<Option<Signs>>,
    /// The page was left without its way.
    left: Cell<bool>,
    stopped: Cell<bool>,
}

impl Socket {
    /// Opens the way to the room of `number`.
    pub fn open(number: InterviewNumber, handle_event: impl Fn(SocketEvent) + 'static) -> Self {
        let remembered = visit::load(number).transport;
        let shared = Rc::new(Shared {
            number,
            handle_event: Box::new(handle_event),
            reconnection: RefCell::new(Reconnection::new(
                remembered.unwrap_or(Transport::WebSocket),
            )),
            way: RefCell::default(),
            probe: RefCell::default(),
            deadline: RefCell::default(),
            signs: RefCell::default(),
            left: Cell::new(false),
            stopped: Cell::new(false),
        });
        let weak = Rc::downgrade(&shared);
        let signs = Signs::watch(move |sign| with(&weak, |shared| shared.handle_sign(sign)));
        shared.signs.replace(Some(signs));
        shared.feed(Input::Begin);
        Self { shared }
    }

    /// Sends, or returns false when there is no open way.
    pub fn send(&self, message: &ClientMessage) -> bool {
        let Ok(text) = serde_json::to_string(message) else {
            return false;
        };
        let way = self.shared.way.borrow();
        way.as_ref().is_some_and(|way| way.send(&text))
    }

    /// Sends a frame about the document of an answer, or returns false when there is no open way.
    pub fn send_document(&self, bytes: &[u8]) -> bool {
        let way = self.shared.way.borrow();
        way.as_ref().is_some_and(|way| way.send_document(bytes))
    }

    /// False while the browser knows that it has no network.
    pub fn is_online(&self) -> bool {
        signs::is_online()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.shared.stop();
    }
}

impl Shared {
    fn feed(self: &Rc<Self>, input: Input) {
        if self.stopped.get() {
            return;
        }
        let chance = js_sys::Math::random();
        let outputs = self
            .reconnection
            .borrow_mut()
            .handle(clock::now(), chance, input);
        for output in outputs {
            self.carry_out(output);
        }
        self.wait_for_deadline();
    }

    fn carry_out(self: &Rc<Self>, output: Output) {
        match output {
            Output::Close => drop(self.way.take()),
            Output::Open(transport) => self.open(transport),
            Output::Lost => self.tell(SocketEvent::Lost),
            Output::KeepsFailing => self.tell(SocketEvent::KeepsFailing),
            Output::Works(transport) => {
                visit::change(self.number, |visit| visit.transport = Some(transport));
                self.tell(SocketEvent::Works(transport));
            }
            Output::Probe => self.probe(),
            Output::EndProbe => drop(self.probe.take()),
        }
    }

    fn open(self: &Rc<Self>, transport: Transport) {
        if self.stopped.get() {
            return;
        }
        let shared = Rc::downgrade(self);
        let opening = Way::open(transport, self.number, move |event| {
            with(&shared, |shared| shared.handle_way(event));
        });
        match opening {
            Ok(way) => {
                self.way.replace(Some(way));
            }
            // The reconnection is at work now and must not be entered a second time.
            Err(_) => self.later(|shared| shared.feed(Input::Failed)),
        }
    }

    fn probe(self: &Rc<Self>) {
        let shared = Rc::downgrade(self);
        let probe = Probe::start(move |works| {
            with(&shared, |shared| {
                shared.probe.take();
                shared.feed(Input::Probed { works });
            });
        });
        match probe {
            Some(probe) => {
                self.probe.replace(Some(probe));
            }
            None => self.later(|shared| shared.feed(Input::Probed { works: false })),
        }
    }

    fn handle_way(self: &Rc<Self>, event: WayEvent) {
        match event {
            WayEvent::Opened => {
                self.feed(Input::Opened);
                self.tell(SocketEvent::Opened);
            }
            WayEvent::Alive => self.feed(Input::Heard),
            WayEvent::Said(said) => {
                self.feed(Input::Heard);
                match said {
                    Ok(message) => self.tell(SocketEvent::Message(message)),
                    Err(error) => {
                        leptos::logging::warn!("a message of the server is unknown: {error}");
                    }
                }
            }
            WayEvent::Document(bytes) => {
                self.feed(Input::Heard);
                self.tell(SocketEvent::Document(bytes));
            }
            WayEvent::Refused => {
                self.tell(SocketEvent::KeepsFailing);
                self.feed(Input::Failed);
            }
            WayEvent::Closed { code } => match code.and_then(CloseCode::from_number) {
                Some(code) if !code.returns() => {
                    self.stop();
                    (self.handle_event)(SocketEvent::Closed(code));
                }
                _ => self.feed(Input::Failed),
            },
        }
    }

    fn handle_sign(self: &Rc<Self>, sign: Sign) {
        match sign {
            Sign::Doubted => self.feed(Input::Doubted),
            Sign::Shown => {
                let left = self.left.replace(false);
                self.feed(if left { Input::Failed } else { Input::Doubted });
            }
            Sign::NetworkChanged => {
                self.feed(Input::NetworkChanged);
                self.tell(SocketEvent::NetworkChanged);
            }
            Sign::Offline => self.tell(SocketEvent::Offline),
            // A WebSocket ends with its page, a line must be signed out. The browser may keep the page
            // as it is and show it again.
            Sign::Leaving => {
                if let Some(way) = self.way.take() {
                    self.left.set(true);
                    drop(way);
                }
            }
        }
    }

    fn tell(&self, event: SocketEvent) {
        if !self.stopped.get() {
            (self.handle_event)(event);
        }
    }

    fn wait_for_deadline(self: &Rc<Self>) {
        let deadline = self.reconnection.borrow().next_deadline();
        let timeout = deadline.filter(|_| !self.stopped.get()).map(|deadline| {
            let shared = Rc::downgrade(self);
            Timeout::new(deadline.since(clock::now()), move || {
                with(&shared, |shared| shared.feed(Input::Deadline));
            })
        });
        self.deadline.replace(timeout);
    }

    fn later(self: &Rc<Self>, act: impl FnOnce(&Rc<Self>) + 'static) {
        let shared = Rc::downgrade(self);
        leptos::prelude::queue_microtask(move || with(&shared, act));
    }

    fn stop(&self) {
        self.stopped.set(true);
        self.deadline.take();
        self.signs.take();
        self.probe.take();
        self.way.take();
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

fn with(shared: &Weak<Shared>, act: impl FnOnce(&Rc<Shared>)) {
    if let Some(shared) = shared.upgrade() {
        act(&shared);
    }
}
