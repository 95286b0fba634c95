//! How much one person may say at a time: token buckets; must not read a clock.

use std::time::Duration;

use crate::model::Timestamp;

/// Chat: a burst of ten, then two a second.
pub(super) const CHAT: Rate = Rate::new(10, 500);
/// Switching microphone and camera.
pub(super) const SWITCHES: Rate = Rate::new(10, 500);
/// Offers, each of which makes somebody answer with all they have: a full room called twice over,
/// then one a second. Beyond that they are dropped, and the mesh tries again by itself.
pub(super) const OFFERS: Rate = Rate::new(40, 1000);
/// Answers and candidates for a full room, fewer than one member's queue holds.
pub(super) const REPLIES: Rate = Rate::new(400, 25);

/// Raising and lowering one's hand.
pub(super) const HANDS: Rate = Rate::new(10, 500);
/// Signs shown for a moment.
pub(super) const REACTIONS: Rate = Rate::new(10, 500);
/// Beginning and stopping to speak: five a second, beyond that dropped.
pub(super) const SPEAKING: Rate = Rate::new(20, 200);
/// Reports on connections: one every two seconds, beyond that dropped.
pub(super) const REPORTS: Rate = Rate::new(5, 2000);
/// What whoever is in charge does: a full room and a full queue, one by one.
pub(super) const COMMANDS: Rate = Rate::new(40, 250);
/// Showing and hiding questions.
pub(super) const SHOWINGS: Rate = Rate::new(20, 500);
/// Turning to another answer.
pub(super) const LOOKS: Rate = Rate::new(20, 250);
/// Writing in answers: as much as one socket may send, so that coming back often brings no more. A new
/// full document is handed in with a third of the burst.
pub(super) const WORDS: Rate = Rate::new(1000, 20);
/// Comparing an answer with the server's, which may be asked for all of it.
pub(super) const COMPARISONS: Rate = Rate::new(60, 1000);
/// How many bytes count as one more word.
const WORD: usize = 4096;
/// Moving one's cursor: twenty a second, beyond that dropped.
pub(super) const CURSORS: Rate = Rate::new(40, 50);
/// News of runs: twice as many as pages send, so that the last word on a run gets through.
pub(super) const RUNS: Rate = Rate::new(40, 125);
/// Coming to a new seat, or to the end of the queue.
pub(super) const VISITS: Rate = Rate::new(20, 3000);
/// Coming back with another page, which makes everybody call anew.
pub(super) const TURNS: Rate = Rate::new(20, 3000);

/// How many may come at once, and after how long one more may.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    burst: u32,
    refill: Duration,
}

impl Rate {
    const fn new(burst: u32, refill_ms: u64) -> Self {
        Self {
            burst,
            refill: Duration::from_millis(refill_ms),
        }
    }
}

/// A bucket of as many tokens as the burst, that gains one every refill; kept as the moment when it
/// is full.
#[derive(Debug, Default)]
pub(super) struct Allowance {
    full_at: Timestamp,
}

/// The allowances of one seat.
#[derive(Debug, Default)]
pub(super) struct Allowances {
    pub chat: Allowance,
    pub switches: Allowance,
    pub offers: Allowance,
    pub replies: Allowance,
    pub hands: Allowance,
    pub reactions: Allowance,
    pub speaking: Allowance,
    pub reports: Allowance,
    pub commands: Allowance,
    pub showings: Allowance,
    pub looks: Allowance,
    pub words: Allowance,
    pub comparisons: Allowance,
    pub cursors: Allowance,
    pub runs: Allowance,
}

impl Allowance {
    /// Takes one token, or says no and takes none.
    pub fn take(&mut self, now: Timestamp, rate: Rate) -> bool {
        self.take_many(now, rate, 1)
    }

    /// Takes the tokens of so many bytes, or says no and takes none.
    pub fn take_bytes(&mut self, now: Timestamp, rate: Rate, bytes: usize) -> bool {
        let more = u32::try_from(bytes / WORD).unwrap_or(u32::MAX);
        self.take_many(now, rate, more.saturating_add(1))
    }

    fn take_many(&mut self, now: Timestamp, rate: Rate, tokens: u32) -> bool {
        let empty = now + rate.refill * rate.burst;
        // The upper bound keeps a clock that was set back from silencing people for as long.
        self.full_at = self.full_at.clamp(now, empty);
        let full_at = self.full_at + rate.refill * tokens;
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
        (0..tries).filter(|_| allowance.take(now, CHAT)).count()
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
    fn long_words_count_more() {
        let mut allowance = Allowance::default();
        let mut granted = |at: i64, bytes| {
            let now = Timestamp(1_000_000 + at);
            (0..5000)
                .filter(|_| allowance.take_bytes(now, WORDS, bytes))
                .count()
        };
        assert_eq!(granted(0, 128 * 1024), 30);
        assert_eq!(granted(0, 20), 10, "what is left of the burst");
        assert_eq!(granted(199, 40_000), 0);
        assert_eq!(granted(220, 40_000), 1);
        assert_eq!(granted(1_220, 20), 51);
    }

    #[test]
    fn a_clock_set_back_silences_nobody_for_long() {
        let mut allowance = Allowance::default();
        assert_eq!(granted(&mut allowance, 9_000_000, 15), 10);
        assert_eq!(granted(&mut allowance, 1_000_000, 1), 0);
        assert_eq!(granted(&mut allowance, 1_000_500, 1), 1);
    }
}
