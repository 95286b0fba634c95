//! Questions as they are kept: their versions, where interviews use them, and what becomes of those when one is edited.

use super::QuestionDraft;
use crate::model::{InterviewId, InterviewQuestionId, QuestionId, Timestamp, UserId};

/// One version of a question of the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: QuestionId,
    pub owner: UserId,
    /// The owner's display name.
    pub owner_name: String,
    /// Counts the questions of the owner from 1; the versions of one question share it.
    pub number: u32,
    pub draft: QuestionDraft,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// None for the version that stands in the bank.
    pub retired_at: Option<Timestamp>,
}

impl Question {
    /// Whether an account may read and copy it, and choose it for an interview, unless it is asked it.
    pub fn is_open_to(&self, user: UserId) -> bool {
        self.owner == user || self.draft.public
    }
}

/// One question prepared for an interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewQuestion {
    pub id: InterviewQuestionId,
    pub interview: InterviewId,
    pub question: Question,
    /// Orders the questions of an interview.
    pub position: i32,
    /// None while it is hidden.
    pub shown_at: Option<Timestamp>,
    /// None if it never was shown.
    pub first_shown_at: Option<Timestamp>,
}

/// Where an interview uses a version that is to be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    pub id: InterviewQuestionId,
    pub interview: InterviewId,
    /// It was shown at some time.
    pub ever_shown: bool,
    /// The question's owner is one of the interviewers.
    pub with_owner: bool,
}

/// How an edit is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The version itself is altered.
    InPlace,
    /// A new version takes its place, also in those interviews.
    NewVersion { followers: Vec<InterviewQuestionId> },
}

impl Edit {
    /// Decides how to keep an edit that makes the question public or not. What was shown stays as
    /// it was, and so does what others had chosen while they might read it.
    pub fn of(uses: &[Use], public: bool) -> Self {
        let follows = |one: &&Use| !one.ever_shown && (public || one.with_owner);
        let followers: Vec<_> = uses.iter().filter(follows).map(|one| one.id).collect();
        if followers.len() == uses.len() {
            Self::InPlace
        } else {
            Self::NewVersion { followers }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(id: i64, ever_shown: bool, with_owner: bool) -> Use {
        Use {
            id: InterviewQuestionId(id),
            interview: InterviewId(id),
            ever_shown,
            with_owner,
        }
    }

    #[test]
    fn what_was_shown_and_what_others_chose_stays_as_it_was() {
        let check = |uses: &[Use], public: bool, followers: Option<&[i64]>| {
            let expected = followers.map_or(Edit::InPlace, |ids| Edit::NewVersion {
                followers: ids.iter().copied().map(InterviewQuestionId).collect(),
            });
            assert_eq!(Edit::of(uses, public), expected, "{uses:?} {public}");
        };
        let (own, own_shown) = (used(1, false, true), used(2, true, true));
        let (others, others_shown) = (used(3, false, false), used(4, true, false));
        check(&[], true, None);
        check(&[], false, None);
        check(&[own], true, None);
        check(&[own], false, None);
        check(&[own, others], true, None);
        check(&[own, others], false, Some(&[1]));
        check(&[own, own_shown], false, Some(&[1]));
        check(&[own, others, others_shown], true, Some(&[1, 3]));
        check(&[own_shown], true, Some(&[]));
    }
}
