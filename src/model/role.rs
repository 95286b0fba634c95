//! The three roles and what each may do; the only table of rights.

use serde::{Deserialize, Serialize};

/// What a participant is in one interview. Stored as 0, 1, 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    MainInterviewer,
    CoInterviewer,
    Interviewee,
}

impl Role {
    /// Every role, in the order of their numbers.
    pub const ALL: [Self; 3] = [
        Self::MainInterviewer,
        Self::CoInterviewer,
        Self::Interviewee,
    ];

    /// The number it is stored as.
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The role stored as `number`.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.number() == number)
    }

    /// Main or co-interviewer.
    pub const fn is_interviewer(self) -> bool {
        matches!(self, Self::MainInterviewer | Self::CoInterviewer)
    }

    /// May run the interview, that is end it, admit, mute, remove, lock and prolong, while no main interviewer is there.
    pub const fn may_stand_in(self) -> bool {
        matches!(self, Self::CoInterviewer)
    }

    /// May be muted, removed, given another role and the like by whoever runs the interview.
    pub const fn may_be_acted_on(self) -> bool {
        !matches!(self, Self::MainInterviewer)
    }

    /// May be given to somebody during the interview.
    pub const fn may_be_given(self) -> bool {
        !matches!(self, Self::MainInterviewer)
    }

    /// May be made to wait before being let in.
    pub const fn may_be_kept_waiting(self) -> bool {
        !matches!(self, Self::MainInterviewer)
    }

    /// May edit the booking: schedule, invitees, links, cancelling.
    pub const fn may_edit_booking(self) -> bool {
        matches!(self, Self::MainInterviewer)
    }

    /// May show and hide questions, and know which are prepared.
    pub const fn may_choose_questions(self) -> bool {
        self.is_interviewer()
    }

    /// May see everybody's answers and write in them.
    pub const fn may_see_answers(self) -> bool {
        self.is_interviewer()
    }

    /// Is asked the questions: has answers.
    pub const fn answers_questions(self) -> bool {
        matches!(self, Self::Interviewee)
    }

    /// May see participants' details, links apart.
    pub const fn may_see_details(self) -> bool {
        self.is_interviewer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_seed() {
        assert_eq!(Role::ALL.map(Role::number), [0, 1, 2]);
        assert_eq!(
            Role::ALL.map(|role| Role::from_number(role.number())),
            Role::ALL.map(Some)
        );
        assert_eq!(Role::from_number(3), None);
    }

    #[test]
    fn rights_shrink_from_main_interviewer_to_interviewee() {
        assert_eq!(Role::ALL.map(Role::may_edit_booking), [true, false, false]);
        assert_eq!(Role::ALL.map(Role::may_stand_in), [false, true, false]);
        assert_eq!(Role::ALL.map(Role::may_see_details), [true, true, false]);
        assert_eq!(Role::ALL.map(Role::may_see_answers), [true, true, false]);
        let choose = Role::ALL.map(Role::may_choose_questions);
        assert_eq!(choose, [true, true, false]);
        assert_eq!(Role::ALL.map(Role::answers_questions), [false, false, true]);
    }

    #[test]
    fn nothing_is_done_to_the_main_interviewer() {
        let all_but_main = [false, true, true];
        assert_eq!(Role::ALL.map(Role::may_be_acted_on), all_but_main);
        assert_eq!(Role::ALL.map(Role::may_be_given), all_but_main);
        assert_eq!(Role::ALL.map(Role::may_be_kept_waiting), all_but_main);
    }
}
