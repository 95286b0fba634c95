//! How good a connection is, from two readings of its counters; reads none itself.

use crate::{
    model::{PeerId, Timestamp},
    protocol::{LinkReport, LinkState, Route},
};

/// A change is reported at most this often, in milliseconds.
const SOONEST_REPORT: u64 = 4_000;
/// Without a change a report is repeated this often, in milliseconds.
const LATEST_REPORT: u64 = 20_000;
/// As many links as the server takes.
const MOST_LINKS: usize = 20;
/// What every packet has around what the browser counts: IPv4 and UDP headers, in bytes.
const PACKET_HEADERS: u64 = 28;

/// What arrived on one of a connection's places since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Arrived {
    pub packets: u64,
    /// Browsers may take some back when they come late.
    pub lost: i64,
    pub frames: u64,
    /// Of the last frame, in lines.
    pub height: Option<u32>,
    /// In milliseconds.
    pub jitter: Option<u32>,
}

/// The counters of one connection at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reading {
    /// Monotonic, in milliseconds.
    pub at: i64,
    pub sound: Arrived,
    pub picture: Arrived,
    pub screen: Arrived,
    pub screen_sound: Arrived,
    pub route: Option<Route>,
    /// In milliseconds.
    pub round_trip: Option<u32>,
    /// Everything that left by the connection.
    pub sent_packets: u64,
    pub sent_bytes: u64,
}

/// What happened between two readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    pub picture: bool,
    pub screen: bool,
    pub sound: bool,
    pub route: Option<Route>,
    pub round_trip: Option<u32>,
    pub loss: Option<u8>,
    pub height: Option<u32>,
    pub jitter: Option<u32>,
    /// What left by the connection, headers of every layer included, in bit/s.
    pub uplink: u32,
}

impl Measured {
    /// Compares a reading with the one before; without one nothing has grown yet.
    pub fn between(before: Option<&Reading>, now: &Reading) -> Self {
        let Some(before) = before.filter(|before| before.at < now.at) else {
            return Self {
                route: now.route,
                round_trip: now.round_trip,
                ..Self::default()
            };
        };
        let picture = now.picture.frames > before.picture.frames;
        Self {
            picture,
            screen: now.screen.frames > before.screen.frames,
            sound: now.sound.packets > before.sound.packets,
            route: now.route,
            round_trip: now.round_trip,
            loss: loss(before, now),
            height: now.picture.height.filter(|_| picture),
            jitter: now.sound.jitter.max(now.picture.jitter),
            uplink: uplink(before, now),
        }
    }

    /// The same for the server and for interviewers.
    pub fn report(&self, peer: PeerId, link: LinkState) -> LinkReport {
        LinkReport {
            peer,
            link,
            route: self.route,
            picture: self.picture,
            sound: self.sound,
            round_trip: self.round_trip,
            loss: self.loss,
            height: self.height,
        }
    }
}

/// In percent of what was sent; None while nothing was.
fn loss(before: &Reading, now: &Reading) -> Option<u8> {
    let places: [fn(&Reading) -> Arrived; 4] = [
        |reading| reading.sound,
        |reading| reading.picture,
        |reading| reading.screen,
        |reading| reading.screen_sound,
    ];
    let (mut lost, mut came) = (0_u64, 0_u64);
    for place in places {
        let (before, now) = (place(before), place(now));
        lost += u64::try_from(now.lost - before.lost).unwrap_or(0);
        came += now.packets.saturating_sub(before.packets);
    }
    let percent = (lost * 100).checked_div(lost + came)?;
    u8::try_from(percent).ok()
}

fn uplink(before: &Reading, now: &Reading) -> u32 {
    let bytes = now.sent_bytes.saturating_sub(before.sent_bytes);
    let packets = now.sent_packets.saturating_sub(before.sent_packets);
    let bits = (bytes + packets * PACKET_HEADERS) * 8 * 1000;
    let rate = bits / u64::try_from(now.at - before.at).unwrap_or(1).max(1);
    u32::try_from(rate).unwrap_or(u32::MAX)
}

/// A connection in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    Good,
    Fair,
    Poor,
}

impl Grade {
    /// Of a connection as it was reported. `jitter` in milliseconds, where it is known.
    pub fn of(report: &LinkReport, jitter: Option<u32>) -> Self {
        if report.link != LinkState::Connected {
            return Self::Poor;
        }
        let worse = |value: Option<u32>, fair: u32, poor: u32| match value {
            Some(value) if value >= poor => Self::Poor,
            Some(value) if value >= fair => Self::Fair,
            _ => Self::Good,
        };
        worse(report.loss.map(u32::from), 3, 10)
            .max(worse(report.round_trip, 250, 600))
            .max(worse(jitter, 50, 150))
    }

    /// A stable name for tests and styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
        }
    }
}

/// What one person sees and hears of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    SeesAndHears,
    OnlyHears,
    OnlySees,
    Neither,
    Connecting,
    Reconnecting,
    Failed,
}

impl Sight {
    /// By what the one reported of the other.
    pub const fn of(report: &LinkReport) -> Self {
        match (report.link, report.picture, report.sound) {
            (LinkState::Connecting, ..) => Self::Connecting,
            (LinkState::Reconnecting, ..) => Self::Reconnecting,
            (LinkState::Failed, ..) => Self::Failed,
            (LinkState::Connected, true, true) => Self::SeesAndHears,
            (LinkState::Connected, false, true) => Self::OnlyHears,
            (LinkState::Connected, true, false) => Self::OnlySees,
            (LinkState::Connected, false, false) => Self::Neither,
        }
    }

    /// A stable name for tests and styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SeesAndHears => "both",
            Self::OnlyHears => "hears",
            Self::OnlySees => "sees",
            Self::Neither => "neither",
            Self::Connecting => "connecting",
            Self::Reconnecting => "reconnecting",
            Self::Failed => "failed",
        }
    }
}

/// Decides when the server is told how the connections are.
#[derive(Clone, Debug, Default)]
pub struct Reporter {
    last: Option<(Timestamp, Vec<LinkReport>)>,
}

impl Reporter {
    /// What is to be said now, if anything.
    pub fn due(&mut self, now: Timestamp, mut links: Vec<LinkReport>) -> Option<Vec<LinkReport>> {
        links.truncate(MOST_LINKS);
        let wait = match &self.last {
            None => 0,
            Some((_, said)) if differ(said, &links) => SOONEST_REPORT,
            Some(_) => LATEST_REPORT,
        };
        let passed = self.last.as_ref().map_or(wait, |(at, _)| {
            u64::try_from(now.since(*at).as_millis()).unwrap_or(u64::MAX)
        });
        if passed < wait || (links.is_empty() && self.last.is_none()) {
            return None;
        }
        self.last = Some((now, links.clone()));
        Some(links)
    }

    /// The server may have forgotten: the next report is due at once.
    pub fn forget(&mut self) {
        self.last = None;
    }
}

/// True when somebody would call it a change: numbers tremble all the time.
fn differ(said: &[LinkReport], links: &[LinkReport]) -> bool {
    let rough = |report: &LinkReport| {
        (
            report.peer,
            report.link,
            report.route,
            (report.picture, report.sound),
            report.height,
            Grade::of(report, None),
        )
    };
    said.len() != links.len() || said.iter().map(rough).ne(links.iter().map(rough))
}

#[cfg(test)]
mod tests;
