//! How long to wait before the next try; pure.

use std::time::Duration;

const FIRST_WAIT: u64 = 500;
const LONGEST_WAIT: u64 = 5_000;

/// The wait after `failures` failures in a row: none at first, then doubling up to five seconds.
/// `random` from 0 to 1 takes away up to half of it, so that many clients do not come at once.
pub(super) fn wait(failures: u32, random: f64) -> Duration {
    if failures == 0 {
        return Duration::ZERO;
    }
    let doubled = FIRST_WAIT.saturating_mul(1 << (failures - 1).min(10));
    let most = Duration::from_millis(doubled.min(LONGEST_WAIT));
    most.mul_f64(1.0 - random.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_try_is_at_once_and_none_waits_over_five_seconds() {
        let check = |failures, random, expected| {
            assert_eq!(
                wait(failures, random),
                Duration::from_millis(expected),
                "{failures}"
            );
        };
        check(0, 0.5, 0);
        check(1, 0.0, 500);
        check(1, 1.0, 250);
        check(3, 0.0, 2_000);
        check(5, 0.0, 5_000);
        check(u32::MAX, 0.0, 5_000);
        check(u32::MAX, 1.0, 2_500);
    }
}
