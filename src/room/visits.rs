//! What is remembered of people who come and go: how often they may, and where the chat began for them.

use std::collections::VecDeque;

use crate::model::{ParticipantId, Timestamp};

use super::allowance::{Allowance, VISITS};

/// So many people are remembered.
const MOST: usize = 128;

#[derive(Debug)]
struct Visitor {
    participant: ParticipantId,
    visits: Allowance,
    /// How many chat messages there were when they first had a seat.
    chat_before: Option<u64>,
}

/// Everybody who came, the latest last.
#[derive(Debug, Default)]
pub(super) struct Visits(VecDeque<Visitor>);

impl Visits {
    /// Counts one more coming to a new seat or to the end of the queue; false when they come and go
    /// faster than a person would.
    pub fn count(&mut self, now: Timestamp, participant: ParticipantId) -> bool {
        let known = self
            .0
            .iter()
            .position(|visitor| visitor.participant == participant);
        let mut visitor = known
            .and_then(|place| self.0.remove(place))
            .unwrap_or(Visitor {
                participant,
                visits: Allowance::default(),
                chat_before: None,
            });
        let granted = visitor.visits.take(now, VISITS);
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(visitor);
        granted
    }

    /// Where the chat began for somebody who takes a seat: with what follows the first `otherwise`
    /// messages, unless an earlier seat is remembered.
    pub fn chat_before(&mut self, participant: ParticipantId, otherwise: u64) -> u64 {
        let mut visitors = self.0.iter_mut();
        let visitor = visitors.find(|visitor| visitor.participant == participant);
        visitor.map_or(otherwise, |visitor| {
            *visitor.chat_before.get_or_insert(otherwise)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_comes_and_goes_without_end_and_nobody_fills_the_memory() {
        let mut visits = Visits::default();
        let granted = |visits: &mut Visits, id: i64, tries: usize| {
            (0..tries)
                .filter(|_| visits.count(Timestamp(0), ParticipantId(id)))
                .count()
        };
        assert_eq!(granted(&mut visits, 1, 50), 20);
        assert_eq!(granted(&mut visits, 2, 1), 1);
        assert!(visits.count(Timestamp(3000), ParticipantId(1)));
        assert!(!visits.count(Timestamp(3000), ParticipantId(1)));
        for id in 0..1000 {
            visits.count(Timestamp(0), ParticipantId(id));
        }
        assert_eq!(visits.0.len(), MOST);
    }

    #[test]
    fn the_chat_begins_with_the_first_seat() {
        let mut visits = Visits::default();
        let anna = ParticipantId(1);
        visits.count(Timestamp(0), anna);
        assert_eq!(visits.chat_before(anna, 3), 3);
        visits.count(Timestamp(0), anna);
        assert_eq!(visits.chat_before(anna, 9), 3);
    }
}
