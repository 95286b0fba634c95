//! Who looks at which answer, who may see and who may write it; knows nothing of what stands in it.

use crate::model::{ParticipantId, Timestamp};
use crate::protocol::document::{ClientFrame, ServerFrame};
use crate::protocol::{AnswerKey, CloseCode, Looking, RejectCode, ServerMessage};

use super::allowance::{COMPARISONS, CURSORS, LOOKS, WORDS};
use super::requests::{Sender, Taken};
use super::seats::Seat;
use super::{Edit, Output, Room, SocketId, close, reject, send};

/// What somebody may do with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// See it and write in it.
    Sees,
    /// Hand in what was written before the question was hidden.
    Writes,
}

impl Room {
    /// Interviewers see every answer that can be; everybody else their own, while the question is shown.
    /// A question that was never shown has no answers: to everybody it is as if there were none.
    pub(super) fn access(
        &self,
        participant: ParticipantId,
        answer: AnswerKey,
    ) -> Result<Access, RejectCode> {
        let seat = self.seats.of(participant).ok_or(RejectCode::Forbidden)?;
        let sees_all = seat.role().may_see_answers();
        if !sees_all && answer.peer != seat.peer() {
            return Err(RejectCode::Forbidden);
        }
        let question = self.questions.find(answer.question);
        let question = question.filter(|question| question.was_shown);
        let question = question.ok_or(RejectCode::UnknownQuestion)?;
        if sees_all {
            let exists = self.runs.knows(answer) || self.answers_questions(answer);
            return exists
                .then_some(Access::Sees)
                .ok_or(RejectCode::UnknownQuestion);
        }
        Ok(if question.is_shown {
            Access::Sees
        } else {
            Access::Writes
        })
    }

    fn answers_questions(&self, answer: AnswerKey) -> bool {
        let owner = self.seats.of(answer.peer.into());
        owner.is_some_and(|owner| owner.role().answers_questions())
    }

    /// The page looks at this answer from now on and at no other.
    pub(super) fn look(
        &mut self,
        now: Timestamp,
        sender: Sender,
        at: Option<AnswerKey>,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        if let Some(answer) = at
            && self.access(sender.participant, answer)? != Access::Sees
        {
            return Err(RejectCode::UnknownQuestion);
        }
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        if !seat.allowances.looks.take(now, LOOKS) {
            return Err(RejectCode::TooFast);
        }
        self.turn_to(sender.participant, at, outputs);
        if let Some(answer) = at {
            self.runs.note(answer);
            self.tell_cursors(sender, answer, outputs);
            self.tell_runs(sender.socket, answer, outputs);
        }
        Ok(())
    }

    /// Ends the looks of those who may not see any more what they look at.
    pub(super) fn decide_looks_anew(&mut self, outputs: &mut Vec<Output>) {
        let may_not = |seat: &&Seat| {
            let access = |answer| self.access(seat.participant(), answer);
            let seen = seat.looking.map(access);
            seen.is_some_and(|access| access != Ok(Access::Sees))
        };
        let ended = self.seats.iter().filter(may_not).map(Seat::participant);
        let ended: Vec<ParticipantId> = ended.collect();
        for participant in ended {
            self.turn_to(participant, None, outputs);
        }
    }

    /// Ends the look of somebody whose page is gone, as everybody knows by then.
    pub(super) fn stop_looking(&mut self, participant: ParticipantId, outputs: &mut Vec<Output>) {
        let Some(seat) = self.seats.of_mut(participant) else {
            return;
        };
        let (at, cursor) = (seat.looking.take(), std::mem::take(&mut seat.cursor));
        let from = seat.peer();
        if let Some(answer) = at
            && !cursor.is_empty()
        {
            let state = Vec::new();
            let frame = ServerFrame::Presence {
                answer,
                from,
                state,
            };
            send_frame(self.lookers_without(participant, answer), frame, outputs);
        }
    }

    fn turn_to(
        &mut self,
        participant: ParticipantId,
        at: Option<AnswerKey>,
        outputs: &mut Vec<Output>,
    ) {
        let before = self.seats.of(participant).and_then(|seat| seat.looking);
        if before == at {
            return;
        }
        self.stop_looking(participant, outputs);
        if let Some(seat) = self.seats.of_mut(participant) {
            seat.looking = at;
            let peer = seat.peer();
            let looking = Looking { peer, at };
            send(
                self.interviewers(),
                ServerMessage::LookChanged { looking },
                outputs,
            );
        }
    }

    /// Takes a binary frame.
    pub(super) fn handle_frame(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        frame: ClientFrame,
        outputs: &mut Vec<Output>,
    ) {
        let about = frame.tag();
        let Some(sender) = self.sender(socket) else {
            if let Some(waiter) = self.queue.at(socket) {
                let language = waiter.occupant.language;
                reject(socket, language, about, RejectCode::NotSeated, outputs);
            }
            return;
        };
        if !self.is_in_time(now, socket, &frame) {
            // A refused word would be missing; who comes back compares, and hands it over again.
            close(Some(socket), CloseCode::TooSlow, outputs);
            self.keep_place(now, socket, outputs);
            return;
        }
        if let Err(code) = self.take_frame(now, sender, frame, outputs) {
            reject(socket, sender.language, about, code, outputs);
        }
    }

    fn is_in_time(&mut self, now: Timestamp, socket: SocketId, frame: &ClientFrame) -> bool {
        let seat = self.seats.at_mut(socket);
        seat.is_some_and(|seat| match frame {
            ClientFrame::Sync { .. } => seat.allowances.comparisons.take(now, COMPARISONS),
            ClientFrame::Update { update, .. } => {
                let words = &mut seat.allowances.words;
                words.take_bytes(now, WORDS, update.len())
            }
            // Dropped where it is too much.
            ClientFrame::Presence { .. } => true,
        })
    }

    fn take_frame(
        &mut self,
        now: Timestamp,
        sender: Sender,
        frame: ClientFrame,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        match frame {
            ClientFrame::Sync {
                answer,
                state_vector,
            } => {
                let access = self.access(sender.participant, answer)?;
                self.runs.note(answer);
                outputs.push(Output::Compare {
                    socket: sender.socket,
                    answer,
                    state_vector,
                    sees: access == Access::Sees,
                });
            }
            ClientFrame::Update {
                answer,
                number,
                update,
            } => {
                if let Err(code) = self.access(sender.participant, answer) {
                    let socket = sender.socket;
                    let refuse = Output::Refuse { socket, answer };
                    outputs.extend(self.may_come_to_exist(answer).then_some(refuse));
                    return Err(code);
                }
                self.runs.note(answer);
                let to = self.lookers_without(sender.participant, answer);
                let edit = Edit {
                    socket: sender.socket,
                    author: sender.participant,
                    answer,
                    number,
                    update,
                };
                outputs.push(Output::Apply { edit, to });
            }
            ClientFrame::Presence { answer, state } => {
                self.move_cursor(now, sender, answer, state, outputs);
            }
        }
        Ok(())
    }

    /// False for what somebody made up.
    fn may_come_to_exist(&self, answer: AnswerKey) -> bool {
        let is_of_somebody = self.seats.of(answer.peer.into()).is_some();
        self.runs.knows(answer)
            || (is_of_somebody && self.questions.find(answer.question).is_some())
    }

    /// Too many are dropped, and so are those that crossed with a change of what is looked at.
    fn move_cursor(
        &mut self,
        now: Timestamp,
        sender: Sender,
        answer: AnswerKey,
        state: Vec<u8>,
        outputs: &mut Vec<Output>,
    ) {
        let Some(seat) = self.seats.at_mut(sender.socket) else {
            return;
        };
        if seat.looking != Some(answer) || !seat.allowances.cursors.take(now, CURSORS) {
            return;
        }
        seat.cursor.clone_from(&state);
        let frame = ServerFrame::Presence {
            answer,
            from: seat.peer(),
            state,
        };
        send_frame(
            self.lookers_without(sender.participant, answer),
            frame,
            outputs,
        );
    }

    /// Tells somebody who begins to look where the others are.
    fn tell_cursors(&self, sender: Sender, answer: AnswerKey, outputs: &mut Vec<Output>) {
        let others = self.seats.without(sender.participant);
        for seat in others.filter(|seat| seat.looking == Some(answer) && !seat.cursor.is_empty()) {
            let frame = ServerFrame::Presence {
                answer,
                from: seat.peer(),
                state: seat.cursor.clone(),
            };
            send_frame(vec![sender.socket], frame, outputs);
        }
    }

    /// Tells somebody here on behalf of what is outside of the room that nothing of a frame was taken.
    pub fn deny(&self, socket: SocketId, about: &str, code: RejectCode) -> Vec<Output> {
        let mut outputs = Vec::new();
        if let Some(sender) = self.sender(socket) {
            reject(socket, sender.language, about, code, &mut outputs);
        }
        outputs
    }

    fn lookers_without(&self, participant: ParticipantId, answer: AnswerKey) -> Vec<SocketId> {
        let others = self.seats.without(participant);
        let lookers = others.filter(|seat| seat.looking == Some(answer));
        // Decided anew each time: a look may be about to end.
        let may =
            lookers.filter(|seat| self.access(seat.participant(), answer) == Ok(Access::Sees));
        may.filter_map(Seat::socket).collect()
    }
}

fn send_frame(to: Vec<SocketId>, frame: ServerFrame, outputs: &mut Vec<Output>) {
    if !to.is_empty() {
        outputs.push(Output::SendFrame { to, frame });
    }
}
