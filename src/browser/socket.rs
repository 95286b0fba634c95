//! The way to the server that comes back by itself: one WebSocket at a time, tried again until it is
//! closed for good. Knows the protocol's frames and close codes, not what they mean for a room.

mod retry;
mod transport;

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    time::Duration,
};

use super::{clock::Timeout, listener::Listener};
use crate::{
    model::InterviewNumber,
    protocol::{ClientMessage, CloseCode, ServerMessage},
};
use transport::{Transport, TransportEvent};

/// The server says something every ten seconds; after this long without a word it is gone.
const LONGEST_SILENCE: Duration = Duration::from_secs(22);
/// How long opening may take before it is tried again.
const LONGEST_OPENING: Duration = Duration::from_secs(10);
/// How many openings must fail in a row before [`SocketEvent::KeepsFailing`].
const FAILURES_WORTH_ASKING: u32 = 3;

/// What happens to the way.
#[derive(Debug)]
pub enum SocketEvent {
    /// It is open; nothing was said yet.
    Opened,
    Message(ServerMessage),
    /// It was open and is gone; the next try is under way.
    Lost,
    /// Opening failed several times in a row; it goes on being tried.
    KeepsFailing,
    /// The server closed it for good.
    Closed(CloseCode),
}

/// Closes when it is dropped.
#[derive(Debug)]
pub struct Socket {
    shared: Rc<Shared>,
}

struct Shared {
    address: String,
    handle_event: Box<dyn Fn(SocketEvent)>,
    /// Never borrowed while `handle_event` runs.
    transport: RefCell<Option<Transport>>,
    opened: Cell<bool>,
    /// Failures since the server last said something.
    failures: Cell<u32>,
    /// Waiting for the next try; None while there is a transport.
    retry: RefCell<Option<Timeout>>,
    watchdog: RefCell<Option<Timeout>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Socket {
    /// Opens the way to the room of `number`.
    pub fn open(number: InterviewNumber, handle_event: impl Fn(SocketEvent) + 'static) -> Self {
        let shared = Rc::new(Shared {
            address: address(number),
            handle_event: Box::new(handle_event),
            transport: RefCell::default(),
            opened: Cell::new(false),
            failures: Cell::new(0),
            retry: RefCell::default(),
            watchdog: RefCell::default(),
            listeners: RefCell::default(),
        });
        shared.hurry_when_online();
        shared.connect();
        Self { shared }
    }

    /// Sends, or returns false when there is no open way.
    pub fn send(&self, message: &ClientMessage) -> bool {
        let Ok(text) = serde_json::to_string(message) else {
            return false;
        };
        let transport = self.shared.transport.borrow();
        transport
            .as_ref()
            .is_some_and(|transport| transport.send(&text))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.shared.stop();
    }
}

impl Shared {
    fn connect(self: &Rc<Self>) {
        self.retry.take();
        self.opened.set(false);
        let shared = Rc::downgrade(self);
        let opening = Transport::open(&self.address, move |event| {
            if let Some(shared) = shared.upgrade() {
                shared.handle_transport(event);
            }
        });
        match opening {
            Ok(transport) => {
                self.transport.replace(Some(transport));
                self.watch(LONGEST_OPENING);
            }
            Err(_) => self.come_back(),
        }
    }

    fn handle_transport(self: &Rc<Self>, event: TransportEvent) {
        match event {
            TransportEvent::Opened => {
                self.opened.set(true);
                self.watch(LONGEST_SILENCE);
                (self.handle_event)(SocketEvent::Opened);
            }
            TransportEvent::Text(text) => {
                self.failures.set(0);
                self.watch(LONGEST_SILENCE);
                match serde_json::from_str(&text) {
                    Ok(message) => (self.handle_event)(SocketEvent::Message(message)),
                    Err(error) => {
                        leptos::logging::warn!("a message of the server is unknown: {error}")
                    }
                }
            }
            TransportEvent::Closed { code } => match CloseCode::from_number(code) {
                Some(code) if !code.returns() => {
                    self.stop();
                    (self.handle_event)(SocketEvent::Closed(code));
                }
                _ => self.come_back(),
            },
        }
    }

    /// Drops what there is of a transport and tries again, the sooner the fewer tries failed.
    fn come_back(self: &Rc<Self>) {
        self.watchdog.take();
        self.transport.take();
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let wait = retry::wait(failures, js_sys::Math::random());
        let shared = Rc::downgrade(self);
        self.retry.replace(Some(Timeout::new(wait, move || {
            with(&shared, Self::connect)
        })));
        if self.opened.replace(false) {
            (self.handle_event)(SocketEvent::Lost);
        } else if self.failures.get().is_multiple_of(FAILURES_WORTH_ASKING) {
            (self.handle_event)(SocketEvent::KeepsFailing);
        }
    }

    fn watch(self: &Rc<Self>, patience: Duration) {
        let shared = Rc::downgrade(self);
        let timer = Timeout::new(patience, move || with(&shared, Self::come_back));
        self.watchdog.replace(Some(timer));
    }

    /// A browser that is online again, or a tab looked at again, need not wait for the next try.
    fn hurry_when_online(self: &Rc<Self>) {
        let Some(window) = web_sys::window() else {
            return;
        };
        let hurry = |shared: &Weak<Self>| {
            let shared = shared.clone();
            move |_| {
                with(&shared, |shared| {
                    if shared.retry.borrow().is_some() {
                        shared.connect();
                    }
                })
            }
        };
        let shared = Rc::downgrade(self);
        let mut listeners = vec![Listener::new(&window, "online", hurry(&shared))];
        if let Some(document) = window.document() {
            listeners.push(Listener::new(&document, "visibilitychange", hurry(&shared)));
        }
        self.listeners.replace(listeners);
    }

    fn stop(&self) {
        self.watchdog.take();
        self.retry.take();
        self.transport.take();
        self.listeners.take();
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

fn with(shared: &Weak<Shared>, act: impl FnOnce(&Rc<Shared>)) {
    if let Some(shared) = shared.upgrade() {
        act(&shared);
    }
}

fn address(number: InterviewNumber) -> String {
    let location = web_sys::window().map(|window| window.location());
    let protocol = location
        .as_ref()
        .and_then(|location| location.protocol().ok());
    let host = location
        .and_then(|location| location.host().ok())
        .unwrap_or_default();
    let scheme = if protocol.as_deref() == Some("https:") {
        "wss"
    } else {
        "ws"
    };
    format!("{scheme}://{host}/ws/{number}")
}
