//! Which page of one person is in use, and which ones gave way to it; must not close anything.

use std::collections::VecDeque;

use crate::model::PageId;
use crate::protocol::CloseCode;

/// So many pages that gave way are remembered.
const MOST: usize = 8;

/// The pages of one person, as long as their seat or place in the queue is theirs.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    current: PageId,
    /// The earliest first.
    replaced: VecDeque<PageId>,
}

impl Pages {
    pub fn new(page: PageId) -> Self {
        Self {
            current: page,
            replaced: VecDeque::new(),
        }
    }

    pub fn current(&self) -> PageId {
        self.current
    }

    /// Takes `page` for the one in use. A page that gave way stays where it is: it comes back because
    /// its network did, and not because the person looks at it.
    ///
    /// # Errors
    /// The code to close the socket of `page` with.
    pub fn turn_to(&mut self, page: PageId) -> Result<(), CloseCode> {
        if page == self.current {
            return Ok(());
        }
        if self.replaced.contains(&page) {
            return Err(CloseCode::Replaced);
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

    #[test]
    fn the_last_eight_that_gave_way_are_remembered() {
        let page = |number| PageId(Uuid::from_u128(number));
        let mut pages = Pages::new(page(0));
        for number in 1..=20 {
            assert_eq!(pages.turn_to(page(number)), Ok(()));
            assert_eq!(pages.turn_to(page(number)), Ok(()), "the same again");
        }
        assert_eq!(pages.replaced.len(), MOST);
        for number in 12..20 {
            assert_eq!(pages.turn_to(page(number)), Err(CloseCode::Replaced));
        }
        assert_eq!(pages.current(), page(20));
        assert_eq!(pages.turn_to(page(11)), Ok(()), "long forgotten");
    }
}
