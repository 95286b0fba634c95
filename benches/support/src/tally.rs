//! What a crowd said and heard. Split in parts, so that many members can count at once.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const PARTS: usize = 16;

/// Counts of all members of one crowd.
#[derive(Debug)]
pub struct Tally {
    started: Instant,
    /// Only texts that were sent at or after this are timed.
    timed_from: AtomicU64,
    parts: [Mutex<Counts>; PARTS],
}

/// What was counted.
#[derive(Debug, Default)]
pub struct Counts {
    pub sent: u64,
    pub received: u64,
    /// From saying to hearing, in microseconds.
    pub delays: Vec<u32>,
    /// How often somebody was told that somebody else is gone, and when last.
    pub gone: u64,
    pub last_gone: Option<Instant>,
    /// Sockets that ended by themselves.
    pub lost: u64,
    pub refused: u64,
}

impl Tally {
    /// Of a crowd that came at that moment.
    pub fn since(started: Instant) -> Self {
        Self {
            started,
            timed_from: AtomicU64::new(u64::MAX),
            parts: Default::default(),
        }
    }

    /// Nanoseconds since the crowd came.
    pub fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Counts something of the member of that index.
    pub fn count(&self, member: usize, add: impl FnOnce(&mut Counts)) {
        add(&mut locked(&self.parts[member % PARTS]));
    }

    /// Counts a text that was heard.
    pub fn hear(&self, member: usize, sent_at: u64) {
        let delay = self.now().saturating_sub(sent_at) / 1000;
        let timed = sent_at >= self.timed_from.load(Ordering::Relaxed);
        self.count(member, |counts| {
            counts.received += 1;
            if timed {
                counts.delays.push(u32::try_from(delay).unwrap_or(u32::MAX));
            }
        });
    }

    /// Times what is said from now on, or nothing any more.
    pub fn time(&self, on: bool) {
        let from = if on { self.now() } else { u64::MAX };
        self.timed_from.store(from, Ordering::Relaxed);
    }

    /// Everything counted since the last time.
    pub fn take(&self) -> Counts {
        let mut sum = Counts::default();
        for part in &self.parts {
            let counts = std::mem::take(&mut *locked(part));
            sum.sent += counts.sent;
            sum.received += counts.received;
            sum.gone += counts.gone;
            sum.lost += counts.lost;
            sum.refused += counts.refused;
            sum.last_gone = sum.last_gone.max(counts.last_gone);
            sum.delays.extend(counts.delays);
        }
        sum
    }
}

/// The delay that `share` of all did not exceed, in milliseconds.
pub fn quantile(delays: &mut [u32], share: f64) -> f64 {
    if delays.is_empty() {
        return f64::NAN;
    }
    let place = (((delays.len() - 1) as f64) * share).round() as usize;
    let (_, delay, _) = delays.select_nth_unstable(place);
    Duration::from_micros((*delay).into()).as_secs_f64() * 1000.0
}

fn locked(part: &Mutex<Counts>) -> MutexGuard<'_, Counts> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_all_delays() {
        let mut delays: Vec<u32> = (1..=101).map(|delay| delay * 1000).rev().collect();
        assert!((quantile(&mut delays, 0.5) - 51.0).abs() < 1e-9);
        assert!((quantile(&mut delays, 0.99) - 100.0).abs() < 1e-9);
        assert!(quantile(&mut [], 0.5).is_nan());
    }

    #[test]
    fn only_what_was_said_in_time_is_timed() {
        let tally = Tally::since(Instant::now());
        tally.hear(1, tally.now());
        tally.time(true);
        tally.hear(20, tally.now());
        tally.time(false);
        tally.hear(3, tally.now());
        let counts = tally.take();
        assert_eq!((counts.received, counts.delays.len()), (3, 1));
        assert_eq!(tally.take().received, 0);
    }
}
