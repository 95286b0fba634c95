//! What this page sends on each connection: the plan of the uplink, made anew whenever somebody comes,
//! goes or wants to see something else, and what this page wants to see itself.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap},
    rc::Rc,
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};

use super::driver::Driver;
use crate::{
    browser::{clock::Timeout, peer::Peer},
    channel::{PeerMessage, PictureSize},
    model::{ConnectionId, PeerId},
    uplink::{self, Sending, Share, Wanted},
};

/// So long others wait with what else they want to see, after one whose wish was followed.
const REST: Duration = Duration::from_millis(500);

/// The connections as the plan sees them.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    /// Whom a connection leads to.
    partners: RefCell<HashMap<ConnectionId, PeerId>>,
    /// What the other side of a connection wants to see of this page.
    wanted: RefCell<BTreeMap<ConnectionId, Wanted>>,
    /// What this page said that it wants to see.
    told: RefCell<HashMap<ConnectionId, Wanted>>,
    /// True while the camera is being reshaped.
    shaping: Cell<bool>,
    /// There since the plan last followed a wish, until it may follow the next.
    rest: RefCell<Option<Timeout>>,
    /// True when a wish came meanwhile.
    behind: Cell<bool>,
}

impl Outgoing {
    /// Every connection with the peer that it leads to.
    pub(super) fn partners(&self) -> Vec<(ConnectionId, PeerId)> {
        let partners = self.partners.borrow();
        partners
            .iter()
            .map(|(connection, peer)| (*connection, *peer))
            .collect()
    }
}

impl Driver {
    pub(super) fn note_connection(self: &Rc<Self>, connection: ConnectionId, peer: PeerId) {
        self.outgoing.partners.borrow_mut().insert(connection, peer);
        self.outgoing
            .wanted
            .borrow_mut()
            .insert(connection, Wanted::default());
        self.replan();
    }

    pub(super) fn forget_connection(self: &Rc<Self>, connection: ConnectionId) {
        self.outgoing.partners.borrow_mut().remove(&connection);
        self.outgoing.wanted.borrow_mut().remove(&connection);
        self.outgoing.told.borrow_mut().remove(&connection);
        self.replan();
    }

    /// Sends from now on, or in a moment, what the other side of `connection` wants to see.
    pub(super) fn handle_watch(
        self: &Rc<Self>,
        connection: ConnectionId,
        camera: PictureSize,
        screen: bool,
    ) {
        let wanted = Wanted { camera, screen };
        let changed = match self.outgoing.wanted.borrow_mut().get_mut(&connection) {
            Some(before) if *before != wanted => {
                *before = wanted;
                true
            }
            _ => false,
        };
        if changed {
            self.follow_wishes();
        }
    }

    /// Plans for what others want to see, at most once in [`REST`]: however fast they change their
    /// minds, the last wish is followed.
    fn follow_wishes(self: &Rc<Self>) {
        if self.outgoing.rest.borrow().is_some() {
            self.outgoing.behind.set(true);
            return;
        }
        let weak = Rc::downgrade(self);
        let rest = Timeout::new(REST, move || {
            if let Some(driver) = weak.upgrade().filter(|driver| !driver.over.get()) {
                driver.outgoing.rest.take();
                if driver.outgoing.behind.take() {
                    driver.follow_wishes();
                }
            }
        });
        self.outgoing.rest.replace(Some(rest));
        self.replan();
    }

    /// Says what this page wants to see of the other side of `connection`, unless it was said. To be
    /// called as soon as its channel is open.
    pub(super) fn tell_watch(&self, connection: ConnectionId) {
        let peer = self.outgoing.partners.borrow().get(&connection).copied();
        let watching = peer.and_then(|peer| {
            let watching = self.store.watching;
            watching.with_untracked(|watching| watching.get(&peer).copied())
        });
        let Some(wanted) = watching else {
            return;
        };
        if self.outgoing.told.borrow().get(&connection) == Some(&wanted) {
            return;
        }
        let message = PeerMessage::Watch {
            camera: wanted.camera,
            screen: wanted.screen,
        };
        let told = self
            .peers
            .borrow()
            .get(&connection)
            .is_some_and(|peer| peer.tell(&message));
        if told {
            self.outgoing.told.borrow_mut().insert(connection, wanted);
        }
    }

    /// Says it to everyone who does not know yet.
    pub(super) fn tell_everyone_what_is_watched(&self) {
        for (connection, _) in self.outgoing.partners() {
            self.tell_watch(connection);
        }
    }

    /// Shares the uplink out anew.
    pub(super) fn replan(self: &Rc<Self>) {
        let tracks = self.tracks.borrow().clone();
        let sending = Sending {
            microphone: tracks.microphone.is_some(),
            camera: tracks.camera.is_some(),
            screen: tracks.screen.is_some(),
            screen_sound: tracks.screen_sound.is_some(),
        };
        let (connections, wanted): (Vec<_>, Vec<_>) = {
            let wanted = self.outgoing.wanted.borrow();
            wanted
                .iter()
                .map(|(connection, wanted)| (*connection, *wanted))
                .unzip()
        };
        let plan = uplink::plan(sending, &wanted);
        let left_out = self.store.screen_sound_left_out;
        if left_out.get_untracked() != plan.screen_sound_left_out {
            left_out.set(plan.screen_sound_left_out);
        }
        let shares: HashMap<ConnectionId, Share> =
            connections.into_iter().zip(plan.shares).collect();
        for (connection, peer) in self.peers.borrow().iter() {
            if let Some(share) = shares.get(connection) {
                peer.send(tracks.clone(), *share);
            }
        }
        self.devices.film(plan.capture);
        self.shape_camera();
    }

    /// Lets the camera film what the plan says. What is scaled down is measured by what it films, so
    /// the senders look again when it does.
    fn shape_camera(self: &Rc<Self>) {
        if self.outgoing.shaping.replace(true) {
            return;
        }
        let weak = Rc::downgrade(self);
        let devices = self.devices;
        spawn_local(async move {
            let changed = devices.shape_camera().await;
            if let Some(driver) = weak.upgrade() {
                driver.outgoing.shaping.set(false);
                if changed {
                    driver.peers.borrow().values().for_each(Peer::renew);
                }
            }
        });
    }
}
