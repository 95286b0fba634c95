//! How fast one browser may send, by whichever way; must not read a clock.

use std::time::Instant;

/// Bursts of [`Pace::BURST`] frames, [`Pace::PER_SECOND`] in the long run; every [`Pace::FRAME`] bytes
/// count as one frame more. A newcomer to a full room sends about twenty answers and a few hundred
/// candidates at once.
pub(super) struct Pace {
    left: f64,
    at: Instant,
}

impl Pace {
    const BURST: f64 = 1000.0;
    const PER_SECOND: f64 = 50.0;
    const FRAME: f64 = 4096.0;

    pub fn new(now: Instant) -> Self {
        Self {
            left: Self::BURST,
            at: now,
        }
    }

    /// Counts one frame; false when it is one too many.
    pub fn allows(&mut self, now: Instant, bytes: usize) -> bool {
        let cost = 1.0 + bytes as f64 / Self::FRAME;
        let gained = now.duration_since(self.at).as_secs_f64() * Self::PER_SECOND;
        self.left = (self.left + gained).min(Self::BURST) - cost;
        self.at = now;
        self.left >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn pace_allows_a_burst_and_then_a_steady_rate() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let burst = (0..2000).filter(|_| pace.allows(start, 0)).count();
        assert_eq!(burst, 1000);
        let mut pace = Pace::new(start);
        let large = (0..2000).filter(|_| pace.allows(start, 36_864)).count();
        assert_eq!(large, 100);
        let mut pace = Pace::new(start);
        let steady = (1..=2000u64)
            .filter(|frame| pace.allows(start + Duration::from_millis(frame * 25), 0))
            .count();
        assert_eq!(steady, 2000);
    }
}
