//! How a page stays in touch with the server: when to try, by which way, and when to look whether the
//! better way works again. Must not open anything, read a clock or draw a number.
//!
//! A WebSocket is the better way and plain HTTP the one that nearly every network lets through. HTTP is
//! tried when WebSockets failed twice in a row or for five seconds, and counts as working only once the
//! server was heard over it: without any network both fail in turn, and the first to work is taken.

mod pauses;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use pauses::repeat_after;

use crate::{model::Timestamp, protocol::Transport};
use pauses::{spread, wait};

/// The server says something every ten seconds; after this long without a word it is gone.
const LONGEST_SILENCE: Duration = Duration::from_secs(22);
/// The same when there is reason to doubt: one word of the server is overdue.
const DOUBTED_SILENCE: Duration = Duration::from_secs(12);
/// How long WebSockets are tried before HTTP is.
const SOCKET_PATIENCE: Duration = Duration::from_secs(5);
/// So many WebSockets in a row must fail before HTTP is tried.
const SOCKET_TRIES: u32 = 2;
/// How long a try by HTTP may take, and the first word over a way that opened.
const ANSWER_PATIENCE: Duration = Duration::from_secs(10);
/// A way that was lost sooner is not tried again without a pause.
const SHORT_LIFE: Duration = Duration::from_secs(5);
/// A WebSocket that lived so long is to be relied on.
const LONG_LIFE: Duration = Duration::from_secs(60);
/// After so many failed tries, and every time as many more, it is worth asking why.
const FAILURES_WORTH_ASKING: u32 = 3;

const FIRST_PROBE: Duration = Duration::from_secs(10);
const LONGEST_PROBE: Duration = Duration::from_secs(300);
/// The first probe in a network that is new, or in which WebSockets were to be relied on.
const EARLY_PROBE: Duration = Duration::from_secs(1);
const PROBE_PATIENCE: Duration = Duration::from_secs(5);

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The page wants to be in touch.
    Begin,
    /// The way being tried is open; nothing was heard yet.
    Opened,
    /// The server said something.
    Heard,
    /// The way is gone, or could not be opened.
    Failed,
    /// The page may have slept: it is shown again, or its clock jumped.
    Doubted,
    /// Another network, or the network again.
    NetworkChanged,
    /// Whether a WebSocket works.
    Probed { works: bool },
    /// The time of `next_deadline` has come.
    Deadline,
}

/// What is to be done, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Drop the way there is, if any.
    Close,
    /// Begin to open this one.
    Open(Transport),
    /// Say that it was open and is gone.
    Lost,
    /// Say that it does not open; it goes on being tried.
    KeepsFailing,
    /// Say by which way the server is heard from now on, and remember it for the visit.
    Works(Transport),
    /// Find out whether a WebSocket works.
    Probe,
    /// Forget the probe under way.
    EndProbe,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    Waiting {
        until: Timestamp,
        way: Transport,
    },
    Opening {
        until: Timestamp,
        way: Transport,
    },
    Open {
        since: Timestamp,
        heard: Timestamp,
        silence: Duration,
        way: Transport,
    },
}

#[derive(Clone, Copy, Debug)]
enum Probing {
    Idle,
    Due(Timestamp),
    Running { until: Timestamp },
}

/// One page's way to the server.
#[derive(Debug)]
pub struct Reconnection {
    stage: Option<Stage>,
    /// The way that worked last.
    preferred: Transport,
    /// Tries in a row by WebSocket that failed.
    socket_failures: u32,
    /// When the first of the WebSockets being tried was; None since HTTP was tried.
    socket_since: Option<Timestamp>,
    /// Tries in a row that failed.
    failures: u32,
    probing: Probing,
    probe_pause: Duration,
}

impl Reconnection {
    /// A page that has done nothing yet; `preferred` is what the visit remembers.
    pub fn new(preferred: Transport) -> Self {
        Self {
            stage: None,
            preferred,
            socket_failures: 0,
            socket_since: None,
            failures: 0,
            probing: Probing::Idle,
            probe_pause: FIRST_PROBE,
        }
    }

    /// Takes one input and says what to do about it. `chance`, from 0 to 1, spreads the tries of many
    /// pages.
    pub fn handle(&mut self, now: Timestamp, chance: f64, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        match input {
            Input::Begin => {
                if self.stage.is_none() {
                    self.open(now, self.preferred, &mut out);
                }
            }
            Input::Opened => self.handle_opened(now),
            Input::Heard => self.handle_heard(now, chance, &mut out),
            Input::Failed => self.fail(now, chance, &mut out),
            Input::Doubted => self.handle_doubted(now, chance, &mut out),
            Input::NetworkChanged => self.handle_network_changed(now, &mut out),
            Input::Probed { works } => self.handle_probed(now, chance, works, &mut out),
            Input::Deadline => self.handle_deadline(now, chance, &mut out),
        }
        out
    }

    /// When [`Input::Deadline`] is due.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let probe = match self.probing {
            Probing::Idle => None,
            Probing::Due(at) | Probing::Running { until: at } => Some(at),
        };
        self.stage
            .map(Stage::deadline)
            .into_iter()
            .chain(probe)
            .min()
    }

    fn open(&mut self, now: Timestamp, way: Transport, out: &mut Vec<Output>) {
        let until = match way {
            Transport::WebSocket => {
                let row = *self.socket_since.get_or_insert(now) + SOCKET_PATIENCE;
                if row > now {
                    row
                } else {
                    now + SOCKET_PATIENCE
                }
            }
            Transport::Http => {
                self.socket_since = None;
                now + ANSWER_PATIENCE
            }
        };
        self.stage = Some(Stage::Opening { until, way });
        out.push(Output::Open(way));
    }

    fn handle_opened(&mut self, now: Timestamp) {
        if let Some(Stage::Opening { until, .. }) = &mut self.stage {
            *until = now + ANSWER_PATIENCE;
        }
    }

    fn handle_heard(&mut self, now: Timestamp, chance: f64, out: &mut Vec<Output>) {
        match &mut self.stage {
            Some(Stage::Open { heard, silence, .. }) => {
                *heard = now;
                *silence = LONGEST_SILENCE;
            }
            Some(Stage::Opening { way, .. }) => {
                let way = *way;
                self.stage = Some(Stage::Open {
                    since: now,
                    heard: now,
                    silence: LONGEST_SILENCE,
                    way,
                });
                self.preferred = way;
                self.failures = 0;
                self.socket_since = None;
                if way == Transport::WebSocket {
                    self.socket_failures = 0;
                } else {
                    self.plan_probe(now, chance);
                }
                out.push(Output::Works(way));
            }
            Some(Stage::Waiting { .. }) | None => {}
        }
    }

    /// The way is gone: what comes next, and when.
    fn fail(&mut self, now: Timestamp, chance: f64, out: &mut Vec<Output>) {
        match self.stage {
            Some(Stage::Opening { way, .. }) => {
                out.push(Output::Close);
                self.fail_opening(now, chance, way, out);
            }
            Some(Stage::Open { since, way, .. }) => {
                let life = now.since(since);
                self.leave_open(out);
                if way == Transport::WebSocket && life >= LONG_LIFE {
                    self.probe_pause = EARLY_PROBE;
                }
                if life < SHORT_LIFE {
                    self.wait(now + wait(1, chance), way);
                } else {
                    self.open(now, way, out);
                }
            }
            Some(Stage::Waiting { .. }) | None => {}
        }
    }

    fn fail_opening(&mut self, now: Timestamp, chance: f64, way: Transport, out: &mut Vec<Output>) {
        self.failures = self.failures.saturating_add(1);
        if self.failures.is_multiple_of(FAILURES_WORTH_ASKING) {
            out.push(Output::KeepsFailing);
        }
        let later = now + wait(self.failures, chance);
        if way == Transport::Http {
            self.wait(later, Transport::WebSocket);
            return;
        }
        self.socket_failures = self.socket_failures.saturating_add(1);
        let long = self
            .socket_since
            .is_some_and(|since| now.since(since) >= SOCKET_PATIENCE);
        let enough = self.socket_failures >= SOCKET_TRIES || long;
        if enough || self.preferred == Transport::Http {
            self.open(now, Transport::Http, out);
        } else {
            self.wait(later, Transport::WebSocket);
        }
    }

    fn wait(&mut self, until: Timestamp, way: Transport) {
        self.stage = Some(Stage::Waiting { until, way });
    }

    fn leave_open(&mut self, out: &mut Vec<Output>) {
        self.end_probe(out);
        out.extend([Output::Close, Output::Lost]);
    }

    fn handle_doubted(&mut self, now: Timestamp, chance: f64, out: &mut Vec<Output>) {
        match &mut self.stage {
            Some(Stage::Open { heard, silence, .. }) => {
                *silence = (*silence).min(DOUBTED_SILENCE);
                if now.since(*heard) >= *silence {
                    self.fail(now, chance, out);
                }
            }
            Some(Stage::Opening { until, .. }) if *until <= now => self.fail(now, chance, out),
            Some(Stage::Waiting { way, .. }) => {
                let way = *way;
                self.open(now, way, out);
            }
            Some(Stage::Opening { .. }) | None => {}
        }
    }

    /// What is open may hang on addresses that are gone. What failed before says nothing any more.
    fn handle_network_changed(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        let way = match self.stage {
            None => return,
            Some(Stage::Open { way, .. }) => {
                self.leave_open(out);
                way
            }
            Some(Stage::Opening { .. }) => {
                out.push(Output::Close);
                self.preferred
            }
            Some(Stage::Waiting { .. }) => self.preferred,
        };
        self.failures = 0;
        self.socket_failures = 0;
        self.socket_since = None;
        self.probe_pause = EARLY_PROBE;
        self.open(now, way, out);
    }

    fn handle_deadline(&mut self, now: Timestamp, chance: f64, out: &mut Vec<Output>) {
        match self.probing {
            Probing::Due(at) if at <= now => {
                let until = now + PROBE_PATIENCE;
                self.probing = Probing::Running { until };
                out.push(Output::Probe);
            }
            Probing::Running { until } if until <= now => {
                out.push(Output::EndProbe);
                self.handle_probed(now, chance, false, out);
            }
            Probing::Idle | Probing::Due(_) | Probing::Running { .. } => {}
        }
        let Some(stage) = self.stage.filter(|stage| stage.deadline() <= now) else {
            return;
        };
        match stage {
            Stage::Waiting { way, .. } => self.open(now, way, out),
            Stage::Opening { .. } | Stage::Open { .. } => self.fail(now, chance, out),
        }
    }

    /// After each probe the pause grows, whatever came of it: a WebSocket that opens and does not last
    /// must not be changed to again and again.
    fn plan_probe(&mut self, now: Timestamp, chance: f64) {
        self.probing = Probing::Due(now + spread(self.probe_pause, chance));
        self.probe_pause = (self.probe_pause * 2).clamp(FIRST_PROBE, LONGEST_PROBE);
    }

    fn end_probe(&mut self, out: &mut Vec<Output>) {
        if let Probing::Running { .. } = std::mem::replace(&mut self.probing, Probing::Idle) {
            out.push(Output::EndProbe);
        }
    }

    fn handle_probed(&mut self, now: Timestamp, chance: f64, works: bool, out: &mut Vec<Output>) {
        if !matches!(self.probing, Probing::Running { .. }) {
            return;
        }
        self.probing = Probing::Idle;
        if works {
            self.leave_open(out);
            self.socket_failures = 0;
            self.open(now, Transport::WebSocket, out);
        } else {
            self.plan_probe(now, chance);
        }
    }
}

impl Stage {
    fn deadline(self) -> Timestamp {
        match self {
            Self::Waiting { until, .. } | Self::Opening { until, .. } => until,
            Self::Open { heard, silence, .. } => heard + silence,
        }
    }
}
