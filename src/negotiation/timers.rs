//! The waits of one connection and how long they are; must not know what follows from them.

use std::time::Duration;

use crate::model::Timestamp;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    /// The answer to the outstanding offer.
    Answer,
    /// The connection, once descriptions are settled; the impolite side's patience.
    Connect,
    /// The same for the polite side, which lets the other begin.
    ConnectPolite,
    /// A disconnected transport's coming back by itself.
    Recover,
    /// The pause after a failed command.
    Retry,
    /// The command under way.
    Command,
    /// A replacement of this connection by the caller, after the restarts were in vain.
    Replacement,
    /// The same from a callee that has never been connected: the caller may restart first.
    FirstReplacement,
}

impl Timer {
    const COUNT: usize = 6;

    const fn wait(self) -> Duration {
        Duration::from_secs(match self {
            Self::Answer => 8,
            Self::Connect => 12,
            Self::ConnectPolite => 15,
            Self::Recover => 3,
            Self::Retry => 1,
            Self::Command => 20,
            Self::Replacement => 15,
            Self::FirstReplacement => 80,
        })
    }

    /// Timers that differ in their length only share a slot.
    const fn slot(self) -> usize {
        match self {
            Self::Answer => 0,
            Self::Connect | Self::ConnectPolite => 1,
            Self::Recover => 2,
            Self::Retry => 3,
            Self::Command => 4,
            Self::Replacement | Self::FirstReplacement => 5,
        }
    }
}

/// The timers of one connection.
#[derive(Debug, Default)]
pub(super) struct Timers([Option<Timestamp>; Timer::COUNT]);

impl Timers {
    /// Starts the wait anew.
    pub(super) fn set(&mut self, timer: Timer, now: Timestamp) {
        self.0[timer.slot()] = Some(now + timer.wait());
    }

    /// Starts the wait unless it is on already.
    pub(super) fn set_if_clear(&mut self, timer: Timer, now: Timestamp) {
        if !self.is_set(timer) {
            self.set(timer, now);
        }
    }

    pub(super) fn clear(&mut self, timer: Timer) {
        self.0[timer.slot()] = None;
    }

    pub(super) fn is_set(&self, timer: Timer) -> bool {
        self.0[timer.slot()].is_some()
    }

    /// True, once, when the wait is over.
    pub(super) fn take_due(&mut self, timer: Timer, now: Timestamp) -> bool {
        self.0[timer.slot()].take_if(|at| *at <= now).is_some()
    }

    pub(super) fn next(&self) -> Option<Timestamp> {
        self.0.iter().flatten().min().copied()
    }
}
