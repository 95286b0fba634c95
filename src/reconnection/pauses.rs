//! How long to pause before trying again, as plain functions; must not know what is tried.

use std::time::Duration;

const FIRST_WAIT: u64 = 500;
const LONGEST_WAIT: u64 = 5_000;

/// The wait after `failures` failures in a row: none at first, then doubling up to five seconds.
pub(super) fn wait(failures: u32, chance: f64) -> Duration {
    if failures == 0 {
        return Duration::ZERO;
    }
    let doubled = FIRST_WAIT.saturating_mul(1 << (failures - 1).min(10));
    spread(Duration::from_millis(doubled.min(LONGEST_WAIT)), chance)
}

/// Takes away up to half, so that many clients do not come at once.
pub(super) fn spread(longest: Duration, chance: f64) -> Duration {
    longest.mul_f64(1.0 - chance.clamp(0.0, 1.0) / 2.0)
}

/// The pause before a request over plain HTTP is repeated after so many failures in a row; None when
/// its line is to be given up. All pauses together are shorter than a line outlives its client.
pub fn repeat_after(failures: u32) -> Option<Duration> {
    match failures {
        0 => Some(Duration::ZERO),
        1 => Some(Duration::from_millis(300)),
        2 => Some(Duration::from_millis(1_000)),
        3 => Some(Duration::from_millis(2_500)),
        _ => None,
    }
}
