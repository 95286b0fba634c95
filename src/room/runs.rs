//! The runs of answers' code: the newest are remembered, so that whoever begins to look sees them.

use std::collections::{BTreeMap, VecDeque};

use crate::model::{ParticipantId, Timestamp};
use crate::protocol::{AnswerKey, LARGEST_RUN, RejectCode, Run, RunState, ServerMessage};

use super::allowance::RUNS;
use super::answers::Access;
use super::requests::{Sender, Taken};
use super::seats::Seat;
use super::{Output, Room, SocketId, send};

/// So many runs of an answer are remembered.
const MOST: usize = 20;
/// And so many bytes of them, lest they fill the queue of whoever begins to look.
const MOST_BYTES: usize = 256 * 1024;

/// A run and who makes it; nobody goes on with one of a room that is forgotten.
#[derive(Debug)]
struct Kept {
    reporter: Option<ParticipantId>,
    run: Run,
}

/// Every answer that anybody ever looked at or wrote in, with its newest runs, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Runs(BTreeMap<AnswerKey, VecDeque<Kept>>);

impl Runs {
    pub fn knows(&self, answer: AnswerKey) -> bool {
        self.0.contains_key(&answer)
    }

    pub fn note(&mut self, answer: AnswerKey) {
        self.0.entry(answer).or_default();
    }

    fn of(&self, answer: AnswerKey) -> impl Iterator<Item = &Run> {
        let kept = self.0.get(&answer).into_iter().flatten();
        kept.map(|kept| &kept.run)
    }

    fn add(&mut self, answer: AnswerKey, reporter: Option<ParticipantId>, run: Run) {
        self.0
            .entry(answer)
            .or_default()
            .push_back(Kept { reporter, run });
        self.trim(answer);
    }

    /// Lets the oldest go where there are too many, or they became too large.
    fn trim(&mut self, answer: AnswerKey) {
        let runs = self.0.entry(answer).or_default();
        let bytes = |runs: &VecDeque<Kept>| runs.iter().map(|kept| kept.run.bytes()).sum::<usize>();
        while runs.len() > MOST || (runs.len() > 1 && bytes(runs) > MOST_BYTES) {
            runs.pop_front();
        }
    }
}

impl Room {
    /// Takes what the database knows of answers and their runs, once, before anybody is here.
    pub(super) fn handle_answers(&mut self, answers: Vec<(AnswerKey, Vec<Run>)>) {
        for (answer, runs) in answers {
            self.runs.note(answer);
            for run in runs {
                self.runs.add(answer, None, run);
            }
        }
    }

    /// A new run, or news of one; told when it is over is kept for good. Whose browser it was and when it
    /// began is said by the room.
    pub(super) fn report_run(
        &mut self,
        now: Timestamp,
        sender: Sender,
        answer: AnswerKey,
        run: Run,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        self.access(sender.participant, answer)?;
        if run.bytes() > LARGEST_RUN {
            return Err(RejectCode::TooLong);
        }
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        if !seat.allowances.runs.take(now, RUNS) {
            return Err(RejectCode::TooFast);
        }
        let mut run = run;
        run.by.clone_from(&seat.occupant.name);
        run.at = now;
        let reporter = Some(sender.participant);
        let runs = self.runs.0.entry(answer).or_default();
        if let Some(kept) = runs.iter_mut().find(|kept| kept.run.id == run.id) {
            if kept.run.state != RunState::Running {
                return Ok(());
            }
            if kept.reporter != reporter {
                return Err(RejectCode::Forbidden);
            }
            run.at = kept.run.at;
            kept.run = run.clone();
            self.runs.trim(answer);
        } else {
            self.runs.add(answer, reporter, run.clone());
        }
        self.tell_run(answer, sender.participant, run, outputs);
        Ok(())
    }

    /// Ends what runs in the page of somebody that is gone for good.
    pub(super) fn end_runs_of(&mut self, participant: ParticipantId, outputs: &mut Vec<Output>) {
        let mut ended = Vec::new();
        for (answer, runs) in &mut self.runs.0 {
            for kept in runs {
                let theirs = kept.reporter == Some(participant);
                if theirs && kept.run.state == RunState::Running {
                    kept.run.state = RunState::Stopped;
                    ended.push((*answer, kept.run.clone()));
                }
            }
        }
        for (answer, run) in ended {
            self.tell_run(answer, participant, run, outputs);
        }
    }

    pub(super) fn tell_runs(&self, socket: SocketId, answer: AnswerKey, outputs: &mut Vec<Output>) {
        for run in self.runs.of(answer).cloned() {
            let reported = ServerMessage::RunReported { answer, run };
            send(vec![socket], reported, outputs);
        }
    }

    fn tell_run(
        &self,
        answer: AnswerKey,
        author: ParticipantId,
        run: Run,
        outputs: &mut Vec<Output>,
    ) {
        if run.state != RunState::Running {
            let run = run.clone();
            outputs.push(Output::KeepRun {
                answer,
                author,
                run,
            });
        }
        let sees = |seat: &&Seat| self.access(seat.participant(), answer) == Ok(Access::Sees);
        let to = self.seats.iter().filter(sees).filter_map(Seat::socket);
        let to = to.collect();
        send(to, ServerMessage::RunReported { answer, run }, outputs);
    }
}
