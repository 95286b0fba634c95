//! The questions of the interview: which are prepared, which are shown; decides nothing about answers.

use crate::model::question::MOST_SHOWN;
use crate::model::{InterviewQuestionId, Timestamp};
use crate::protocol::{PreparedQuestion, RejectCode, ServerMessage, ShownQuestion};

use super::allowance::SHOWINGS;
use super::requests::{Sender, Taken};
use super::seats::Seat;
use super::{Fact, Output, Room, SocketId, send};

/// A question of the interview, as the room is told of it. What only interviewers may know stays
/// outside, so that a room cannot tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What everyone sees while it is shown.
    pub question: ShownQuestion,
    pub is_shown: bool,
    /// It was shown at some time, so that there may be answers.
    pub was_shown: bool,
}

impl Prepared {
    pub(super) fn id(&self) -> InterviewQuestionId {
        self.question.question
    }

    fn listed(&self) -> PreparedQuestion {
        PreparedQuestion {
            question: self.id(),
            kind: self.question.kind,
            title: self.question.title.clone(),
            shown: self.is_shown,
        }
    }
}

/// Every question of the interview, in their order.
#[derive(Debug, Default)]
pub(super) struct Questions(Vec<Prepared>);

impl Questions {
    pub fn find(&self, question: InterviewQuestionId) -> Option<&Prepared> {
        self.0.iter().find(|prepared| prepared.id() == question)
    }

    fn find_mut(&mut self, question: InterviewQuestionId) -> Option<&mut Prepared> {
        self.0.iter_mut().find(|prepared| prepared.id() == question)
    }

    /// What is shown now.
    pub fn shown(&self) -> Vec<ShownQuestion> {
        let shown = self.0.iter().filter(|prepared| prepared.is_shown);
        shown.map(|prepared| prepared.question.clone()).collect()
    }

    fn listed(&self) -> Vec<PreparedQuestion> {
        self.0.iter().map(Prepared::listed).collect()
    }
}

impl Room {
    /// The fact first: what everybody saw must not be hidden after a restart.
    pub(super) fn show_question(
        &mut self,
        now: Timestamp,
        sender: Sender,
        question: InterviewQuestionId,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        self.check_chooses(now, sender)?;
        let shown = self.questions.shown().len();
        let prepared = self.questions.find_mut(question);
        let prepared = prepared.ok_or(RejectCode::UnknownQuestion)?;
        if prepared.is_shown {
            return Ok(());
        }
        if shown >= MOST_SHOWN as usize {
            return Err(RejectCode::TooMany);
        }
        prepared.is_shown = true;
        prepared.was_shown = true;
        let message = ServerMessage::QuestionShown {
            question: prepared.question.clone(),
        };
        outputs.push(Output::Record(Fact::QuestionShown { question }));
        send(self.seats.sockets(), message, outputs);
        self.tell_prepared(self.choosers(), outputs);
        Ok(())
    }

    /// The fact first: what was hidden must not be shown again by a restart.
    pub(super) fn hide_question(
        &mut self,
        now: Timestamp,
        sender: Sender,
        question: InterviewQuestionId,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        self.check_chooses(now, sender)?;
        let prepared = self.questions.find_mut(question);
        let prepared = prepared.ok_or(RejectCode::UnknownQuestion)?;
        if !prepared.is_shown {
            return Ok(());
        }
        prepared.is_shown = false;
        outputs.push(Output::Record(Fact::QuestionHidden { question }));
        let hidden = ServerMessage::QuestionHidden { question };
        send(self.seats.sockets(), hidden, outputs);
        self.tell_prepared(self.choosers(), outputs);
        self.decide_looks_anew(outputs);
        Ok(())
    }

    /// Takes what the database knows now; tells what is new of it.
    pub(super) fn handle_questions(&mut self, questions: Vec<Prepared>, outputs: &mut Vec<Output>) {
        let before = std::mem::replace(&mut self.questions, Questions(questions));
        let shown_before = before.shown();
        let shown = self.questions.shown();
        for gone in &shown_before {
            if !shown.iter().any(|now| now.question == gone.question) {
                let question = gone.question;
                let hidden = ServerMessage::QuestionHidden { question };
                send(self.seats.sockets(), hidden, outputs);
            }
        }
        for question in shown {
            if !shown_before.contains(&question) {
                let message = ServerMessage::QuestionShown { question };
                send(self.seats.sockets(), message, outputs);
            }
        }
        if before.listed() != self.questions.listed() {
            self.tell_prepared(self.choosers(), outputs);
        }
        self.decide_looks_anew(outputs);
    }

    /// Tells somebody who chooses questions which there are; anybody else nothing.
    pub(super) fn tell_prepared_to(&self, seat: &Seat, outputs: &mut Vec<Output>) {
        if seat.role().may_choose_questions() {
            self.tell_prepared(seat.socket().into_iter().collect(), outputs);
        }
    }

    fn tell_prepared(&self, to: Vec<SocketId>, outputs: &mut Vec<Output>) {
        let questions = self.questions.listed();
        send(to, ServerMessage::QuestionsPrepared { questions }, outputs);
    }

    fn choosers(&self) -> Vec<SocketId> {
        let choose = |seat: &&Seat| seat.role().may_choose_questions();
        let choosers = self.seats.iter().filter(choose);
        choosers.filter_map(Seat::socket).collect()
    }

    fn check_chooses(&mut self, now: Timestamp, sender: Sender) -> Taken {
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        if !seat.role().may_choose_questions() {
            return Err(RejectCode::Forbidden);
        }
        let in_time = seat.allowances.showings.take(now, SHOWINGS);
        in_time.then_some(()).ok_or(RejectCode::TooFast)
    }
}
