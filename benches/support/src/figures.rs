//! What was measured, by server and by name, round after round.

use std::{collections::HashMap, hash::Hash};

/// Every figure of every round of every contestant `C`.
#[derive(Debug)]
pub struct Figures<C>(HashMap<(C, String), Vec<f64>>);

impl<C> Default for Figures<C> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<C: Copy + Eq + Hash> Figures<C> {
    pub fn add(&mut self, contestant: C, name: &str, value: f64) {
        self.0
            .entry((contestant, name.to_owned()))
            .or_default()
            .push(value);
    }

    /// The middle of the rounds; None when it was not measured.
    pub fn median(&self, contestant: C, name: &str) -> Option<f64> {
        self.quantile(contestant, name, 0.5)
    }

    /// The smallest value that `share` of the measured do not exceed.
    pub fn quantile(&self, contestant: C, name: &str, share: f64) -> Option<f64> {
        let mut values = self.0.get(&(contestant, name.to_owned()))?.clone();
        values.sort_by(f64::total_cmp);
        let place = (values.len() as f64 * share).ceil() as usize;
        values.get(place.saturating_sub(1)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        let mut figures = Figures::default();
        assert_eq!(figures.median("bun", "p99"), None);
        for value in [3.0, f64::INFINITY, 1.0] {
            figures.add("bun", "p99", value);
        }
        assert_eq!(figures.median("bun", "p99"), Some(3.0));
        assert_eq!(figures.quantile("bun", "p99", 0.95), Some(f64::INFINITY));
        assert_eq!(figures.median("colloquy", "p99"), None);
    }
}
