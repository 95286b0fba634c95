//! What the server tells interviewers of the prepared questions beyond the list, kept while it is true.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::interview_questions::{InterviewQuestionDetails, interview_questions},
    model::{InterviewNumber, InterviewQuestionId, QuestionId},
};

/// What was loaded, if anything was.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui::room) struct QuestionNotes {
    number: InterviewNumber,
    known: RwSignal<Option<Vec<InterviewQuestionDetails>>>,
    failed: RwSignal<bool>,
    /// Counts what was asked: only the last answer counts.
    asked: StoredValue<u32>,
    under_way: StoredValue<bool>,
}

/// Those of this page.
pub(in crate::ui::room) fn use_notes() -> QuestionNotes {
    expect_context()
}

impl QuestionNotes {
    pub fn new(number: InterviewNumber) -> Self {
        Self {
            number,
            known: RwSignal::new(None),
            failed: RwSignal::new(false),
            asked: StoredValue::new(0),
            under_way: StoredValue::new(false),
        }
    }

    /// Everything about one question, once it is there. Reactive.
    pub fn find(self, id: InterviewQuestionId) -> Option<InterviewQuestionDetails> {
        self.known.with(|known| {
            let mut known = known.as_ref()?.iter();
            known.find(|details| details.id == id).cloned()
        })
    }

    /// The questions of the bank among them. Reactive.
    pub fn in_bank(self) -> Vec<QuestionId> {
        self.known.with(|known| {
            let known = known.iter().flatten();
            known.map(|details| details.question).collect()
        })
    }

    /// True when they could not be loaded. Reactive.
    pub fn failed(self) -> bool {
        self.failed.get()
    }

    /// Loads them unless they are there or on their way.
    pub fn want(self) {
        if self.known.with_untracked(Option::is_none) && !self.under_way.get_value() {
            self.load();
        }
    }

    /// Loads them anew.
    pub fn load(self) {
        let turn = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(turn);
        self.under_way.set_value(true);
        self.failed.set(false);
        spawn_local(async move {
            let answer = interview_questions(self.number).await;
            // The page may have been left, or something newer asked, meanwhile.
            if self.asked.try_get_value() != Some(turn) {
                return;
            }
            self.under_way.set_value(false);
            match answer {
                Ok(known) => self.known.set(Some(known)),
                Err(_) => self.failed.set(true),
            }
        });
    }

    /// What was known is out of date.
    pub fn forget(self) {
        self.asked
            .update_value(|asked| *asked = asked.wrapping_add(1));
        self.under_way.set_value(false);
        self.known.set(None);
    }
}
