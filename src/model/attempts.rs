//! Counts tries that may only be made so often: passwords, interview numbers. Knows no clock.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    time::Duration,
};

use super::Timestamp;

/// How many tries one key has within [`WINDOW`].
pub const MOST_ATTEMPTS: usize = 10;
/// The sliding window in which tries are counted.
pub const WINDOW: Duration = Duration::from_secs(15 * 60);

/// The recent tries of every key, a sliding window each: at no moment do more than a fixed number,
/// [`MOST_ATTEMPTS`] unless told otherwise, lie within [`WINDOW`].
#[derive(Debug)]
pub struct Attempts<K> {
    recent: HashMap<K, VecDeque<Timestamp>>,
    most: usize,
    swept_at: Timestamp,
}

impl<K> Default for Attempts<K> {
    fn default() -> Self {
        Self::allowing(MOST_ATTEMPTS)
    }
}

impl<K> Attempts<K> {
    /// Allows `most` tries, at least one, in a window.
    pub fn allowing(most: usize) -> Self {
        Self {
            recent: HashMap::new(),
            most: most.max(1),
            swept_at: Timestamp::default(),
        }
    }
}

impl<K: Eq + Hash> Attempts<K> {
    /// Counts one try of each key, or counts none.
    ///
    /// # Errors
    /// The time to wait until every key has a try again.
    pub fn take(
        &mut self,
        now: Timestamp,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<(), Duration> {
        self.sweep(now);
        let keys: Vec<K> = keys.into_iter().collect();
        let wait = keys.iter().filter_map(|key| self.wait(now, key)).max();
        if let Some(wait) = wait {
            return Err(wait);
        }
        for key in keys {
            self.recent.entry(key).or_default().push_back(now);
        }
        Ok(())
    }

    /// Forgets the tries of a key, as after a success.
    pub fn forgive(&mut self, key: &K) {
        self.recent.remove(key);
    }

    /// Gives the latest try of a key back, because it was none that counts.
    pub fn give_back(&mut self, key: &K) {
        if let Some(tries) = self.recent.get_mut(key) {
            tries.pop_back();
        }
    }

    fn wait(&self, now: Timestamp, key: &K) -> Option<Duration> {
        let tries = self.recent.get(key)?;
        let inside = tries.iter().filter(|at| now.since(**at) < WINDOW).count();
        if inside < self.most {
            return None;
        }
        let frees = tries.get(tries.len() - self.most)?;
        Some((*frees + WINDOW).since(now))
    }

    /// Drops what lies outside the window, once a window, so that memory follows the tries.
    fn sweep(&mut self, now: Timestamp) {
        if now.since(self.swept_at) < WINDOW {
            return;
        }
        self.swept_at = now;
        self.recent.retain(|_, tries| {
            tries.retain(|at| now.since(*at) < WINDOW);
            !tries.is_empty()
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_window_ever_holds_more_than_the_limit(steps in prop::collection::vec(0u64..200_000, 1..200)) {
            let mut attempts = Attempts::default();
            let mut now = Timestamp(1_000_000);
            let mut granted: Vec<Timestamp> = Vec::new();
            for step in steps {
                now = now + Duration::from_millis(step);
                let inside = granted.iter().filter(|at| now.since(**at) < WINDOW).count();
                let taken = attempts.take(now, ["anna"]).is_ok();
                prop_assert_eq!(taken, inside < MOST_ATTEMPTS);
                if taken {
                    granted.push(now);
                }
            }
        }
    }

    #[test]
    fn one_exhausted_key_refuses_without_counting_the_others() {
        let mut attempts = Attempts::default();
        let now = Timestamp(0);
        for address in 0..10 {
            assert_eq!(attempts.take(now, [0, 100 + address]), Ok(()));
        }
        assert_eq!(attempts.take(now, [0, 1]), Err(WINDOW));
        assert_eq!(attempts.recent.get(&1), None);
        attempts.forgive(&0);
        assert_eq!(attempts.take(now, [0, 1]), Ok(()));
    }

    #[test]
    fn a_try_given_back_frees_one_and_only_one() {
        let mut attempts = Attempts::allowing(2);
        let now = Timestamp(0);
        assert_eq!(attempts.take(now, ["anna"]), Ok(()));
        assert_eq!(attempts.take(now, ["anna"]), Ok(()));
        attempts.give_back(&"anna");
        assert_eq!(attempts.take(now, ["anna"]), Ok(()));
        assert_eq!(attempts.take(now, ["anna"]), Err(WINDOW));
    }
}
