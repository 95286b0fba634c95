//! Reads the counters of all connections every two seconds, shows what they mean and tells the server.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};

use super::{driver::Driver, phase::Phase};
use crate::{
    browser::clock::{self, Interval},
    model::{ConnectionId, PeerId},
    protocol::{ClientMessage, LinkReport, LinkState},
    quality::{Measured, Reading, Reporter},
};

const PERIOD: Duration = Duration::from_secs(2);

/// What was read last, and what was said of it.
#[derive(Debug, Default)]
pub(super) struct Measuring {
    ticks: RefCell<Option<Interval>>,
    readings: RefCell<HashMap<ConnectionId, Reading>>,
    reporter: RefCell<Reporter>,
    busy: Cell<bool>,
}

impl Measuring {
    /// Reads no more.
    pub(super) fn stop(&self) {
        self.ticks.take();
    }

    /// The server welcomed this page: it may know nothing of its connections.
    pub(super) fn forget(&self) {
        self.reporter.borrow_mut().forget();
    }
}

impl Driver {
    /// Begins to read, until the visit is over.
    pub(super) fn measure_regularly(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let ticks = Interval::new(PERIOD, move || {
            if let Some(driver) = weak.upgrade()
                && !driver.measuring.busy.replace(true)
            {
                spawn_local(driver.measure());
            }
        });
        self.measuring.ticks.replace(Some(ticks));
    }

    async fn measure(self: Rc<Self>) {
        let mut measured = HashMap::new();
        let mut readings = HashMap::new();
        for (connection, peer) in self.outgoing.partners() {
            let reading = self.peers.borrow().get(&connection).map(|peer| peer.read());
            let Some(reading) = reading else {
                continue;
            };
            let Some(reading) = reading.await else {
                continue;
            };
            let before = self.measuring.readings.borrow().get(&connection).copied();
            measured.insert(peer, Measured::between(before.as_ref(), &reading));
            readings.insert(connection, reading);
        }
        self.measuring.busy.set(false);
        if self.over.get() {
            return;
        }
        self.measuring.readings.replace(readings);
        self.show_quality(measured);
    }

    fn show_quality(&self, measured: HashMap<PeerId, Measured>) {
        let store = self.store;
        let links = store.links.get_untracked();
        let reports: Vec<LinkReport> = store.members.with_untracked(|members| {
            let report = |peer: PeerId| {
                let measured = measured.get(&peer).copied().unwrap_or_default();
                let link = links.get(&peer).copied();
                measured.report(peer, link.unwrap_or(LinkState::Connecting))
            };
            members.iter().map(|member| report(member.peer)).collect()
        });
        let uplink = measured
            .values()
            .map(|measured| measured.uplink / 1000)
            .sum();
        store.uplink.set(uplink);
        let quality: HashMap<PeerId, LinkReport> = reports
            .iter()
            .map(|report| (report.peer, report.clone()))
            .collect();
        store.quality.set(quality);
        store.measured.set(measured);
        let live = store.phase.with_untracked(|phase| *phase == Phase::Live);
        if !live {
            return;
        }
        let due = self
            .measuring
            .reporter
            .borrow_mut()
            .due(clock::now(), reports);
        if let Some(links) = due {
            self.send(&ClientMessage::ReportLinks { links });
        }
    }
}
