//! Which page of one person is in use, and which ones gave way to it; must not close anything.

use std::collections::VecDeque;

use crate::model::{PageId, Timestamp};
use crate::protocol::CloseCode;

use super::allowance::{Allowance, TURNS};

/// So many pages that gave way are remembered.
const MOST: usize = 8;

/// The pages of one person, as long as their seat or place in the queue is theirs.
#[derive(Debug)]
pub(super) struct Pages {
    current: PageId,
    /// The earliest first.
    replaced: VecDeque<PageId>,
    turns: Allowance,
}

impl Pages {
    pub fn new(page: PageId) -> Self {
        Self {
            current: page,
            replaced: VecDeque::new(),
            turns: Allowance::default(),
        }
    }

    pub fn current(&self) -> PageId {
        self.current
    }

    /// Takes `page` for the one in use. A page that gave way stays where it is: it comes back because
    /// its network did, and not because the person looks at it. The one in use comes back as often as it
    /// likes, others only as often as a person would load them.
    ///
    /// # Errors
    /// The code to close the socket of `page` with.
    pub fn turn_to(&mut self, now: Timestamp, page: PageId) -> Result<(), CloseCode> {
        if page == self.current {
            return Ok(());
        }
        if self.replaced.contains(&page) {
            return Err(CloseCode::Replaced);
        }
        if !self.turns.take(now, TURNS) {
            return Err(CloseCode::Flood);
        }
        if self.replaced.len() == MOST {
            self.replaced.pop_front();
        }
        self.replaced.push_back(self.current);
        self.current = page;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const START: Timestamp = Timestamp(1_000_000);

    fn page(number: u128) -> PageId {
        PageId(Uuid::from_u128(number))
    }

    #[test]
    fn the_last_eight_that_gave_way_are_remembered() {
        let mut pages = Pages::new(page(0));
        for number in 1..=19 {
            assert_eq!(pages.turn_to(START, page(number)), Ok(()));
            assert_eq!(pages.turn_to(START, page(number)), Ok(()), "the same again");
        }
        assert_eq!(pages.replaced.len(), MOST);
        for number in 11..19 {
            let turned = pages.turn_to(START, page(number));
            assert_eq!(turned, Err(CloseCode::Replaced));
        }
        assert_eq!(pages.current(), page(19));
        assert_eq!(pages.turn_to(START, page(10)), Ok(()), "long forgotten");
    }

    #[test]
    fn twenty_pages_at_once_then_one_every_three_seconds() {
        let mut pages = Pages::new(page(0));
        let mut turn = |at: i64, number| pages.turn_to(Timestamp(START.0 + at), page(number));
        for number in 1..=20 {
            assert_eq!(turn(0, number), Ok(()));
        }
        let table = [
            (2_999, 21, Err(CloseCode::Flood)),
            (2_999, 20, Ok(())),
            (2_999, 19, Err(CloseCode::Replaced)),
            (3_000, 21, Ok(())),
            (3_000, 22, Err(CloseCode::Flood)),
            (3_000, 21, Ok(())),
            (6_000, 22, Ok(())),
        ];
        for (at, number, expected) in table {
            assert_eq!(turn(at, number), expected, "{number} at {at}");
        }
    }
}
