//! How many frames of another page are taken: a token bucket for each channel; must not read a clock or
//! touch a channel.

#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::model::Timestamp;

/// How many frames may come at once, and after how long one more may.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    burst: u32,
    refill: Duration,
}

/// Text by the reliable channel, fifty a second. A new connection begins with a word for every file
/// that was given up, and there may be hundreds.
pub const TEXTS: Pace = Pace {
    burst: 400,
    refill: Duration::from_millis(20),
};
/// States by the unreliable channel, four times as many as a page sends while somebody speaks.
pub const STATES: Pace = Pace {
    burst: 40,
    refill: Duration::from_millis(50),
};

/// What one channel may still bring, kept as the moment when the bucket is full.
#[derive(Clone, Copy, Debug)]
pub struct Inflow {
    pace: Pace,
    full_at: Timestamp,
}

impl Inflow {
    /// A full bucket.
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            full_at: Timestamp::default(),
        }
    }

    /// Takes one frame, or says no.
    pub fn take(&mut self, now: Timestamp) -> bool {
        let Pace { burst, refill } = self.pace;
        let empty = now + refill * burst;
        // The upper bound keeps a clock that was set back from shutting the channel for as long.
        self.full_at = self.full_at.clamp(now, empty);
        let full_at = self.full_at + refill;
        let taken = full_at <= empty;
        if taken {
            self.full_at = full_at;
        }
        taken
    }
}
