//! What was decided about people a moment ago, for those who ask again with papers that are older;
//! must not decide anything.

use std::collections::VecDeque;

use crate::model::{ParticipantId, Role, Timestamp};

use super::VERDICT_KEPT;

/// So many are remembered.
const MOST: usize = 64;

/// What was decided about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Refused { by: String, reason: String },
    Removed,
    Role(Role),
}

#[derive(Debug)]
struct Entry {
    participant: ParticipantId,
    verdict: Verdict,
    until: Timestamp,
}

/// The last verdict on each, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Verdicts(VecDeque<Entry>);

impl Verdicts {
    pub fn note(&mut self, now: Timestamp, participant: ParticipantId, verdict: Verdict) {
        self.0.retain(|entry| entry.participant != participant);
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(Entry {
            participant,
            verdict,
            until: now + VERDICT_KEPT,
        });
    }

    /// The verdict that still stands.
    pub fn on(&self, now: Timestamp, participant: ParticipantId) -> Option<&Verdict> {
        let mut entries = self.0.iter();
        let entry = entries.find(|entry| entry.participant == participant)?;
        (now < entry.until).then_some(&entry.verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_verdicts_stand_for_half_a_minute() {
        let mut verdicts = Verdicts::default();
        let at = |seconds: i64| Timestamp(seconds * 1000);
        for id in 0..100 {
            verdicts.note(at(0), ParticipantId(id), Verdict::Removed);
        }
        assert_eq!(verdicts.0.len(), MOST);
        assert_eq!(verdicts.on(at(1), ParticipantId(35)), None);
        assert_eq!(
            verdicts.on(at(29), ParticipantId(36)),
            Some(&Verdict::Removed)
        );
        assert_eq!(verdicts.on(at(30), ParticipantId(36)), None);
        let role = Verdict::Role(Role::Interviewee);
        verdicts.note(at(20), ParticipantId(99), role.clone());
        assert_eq!(verdicts.on(at(40), ParticipantId(99)), Some(&role));
        assert_eq!(verdicts.0.len(), MOST);
    }
}
