//! How much one person may write: a token bucket; must not read a clock.

use std::time::Duration;

use crate::model::Timestamp;

/// How many messages may come at once.
pub(super) const BURST: u32 = 10;
/// After how long one more may come: two a second.
pub(super) const REFILL: Duration = Duration::from_millis(500);

/// A bucket of [`BURST`] tokens that gains one every [`REFILL`]; kept as the moment when it is
/// full.
#[derive(Debug, Default)]
pub(super) struct Allowance {
    full_at: Timestamp,
}

impl Allowance {
    /// Takes one token, or says no and takes none.
    pub fn take(&mut self, now: Timestamp) -> bool {
        let empty = now + REFILL * BURST;
        // The upper bound keeps a clock that was set back from silencing people for as long.
        self.full_at = self.full_at.clamp(now, empty);
        let full_at = self.full_at + REFILL;
        let granted = full_at <= empty;
        if granted {
            self.full_at = full_at;
        }
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(allowance: &mut Allowance, at: i64, tries: u32) -> usize {
        let now = Timestamp(at);
        (0..tries).filter(|_| allowance.take(now)).count()
    }

    #[test]
    fn ten_at_once_then_two_a_second() {
        let mut allowance = Allowance::default();
        assert_eq!(granted(&mut allowance, 1_000_000, 15), 10);
        assert_eq!(granted(&mut allowance, 1_000_499, 5), 0);
        assert_eq!(granted(&mut allowance, 1_000_500, 5), 1);
        assert_eq!(granted(&mut allowance, 1_001_500, 5), 2);
        assert_eq!(granted(&mut allowance, 1_006_000, 15), 9);
        assert_eq!(granted(&mut allowance, 9_000_000, 15), 10);
    }

    #[test]
    fn a_clock_set_back_silences_nobody_for_long() {
        let mut allowance = Allowance::default();
        assert_eq!(granted(&mut allowance, 9_000_000, 15), 10);
        assert_eq!(granted(&mut allowance, 1_000_000, 1), 0);
        assert_eq!(granted(&mut allowance, 1_000_500, 1), 1);
    }
}
