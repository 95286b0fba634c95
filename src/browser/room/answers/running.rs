//! Running the code of an answer in this browser, and the runs of others; judges no result.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};

use super::{AnswerStore, Board, MOST_RUNS};
use crate::{
    browser::{
        clock,
        room::{RoomClient, driver::Driver},
        runner::{Job, Loaded, Progress, RunnerProgram},
    },
    messages::RunLabels,
    model::{CodeLanguage, Example, Timestamp},
    protocol::{AnswerKey, ClientMessage, Run, RunId, RunState},
};

/// How long code may run, in milliseconds.
const LIMIT: u32 = 5_000;

/// What is being loaded before code can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// In percent, where it is known.
    Under { percent: Option<u8> },
    /// It could not be loaded.
    Failed,
}

impl AnswerStore {
    /// True for what ran in this browser, as long as this page lives.
    pub fn is_own(self, run: RunId) -> bool {
        self.board().own_runs.borrow().contains(&run)
    }

    /// Takes what the server says of a run. Of an own one this page knows more.
    pub(super) fn take_reported(self, answer: AnswerKey, run: Run) {
        if !self.is_own(run.id) {
            self.take_run(answer, run);
        }
    }

    fn take_run(self, answer: AnswerKey, run: Run) {
        self.runs.try_update(|runs| {
            let runs = runs.entry(answer).or_default();
            match runs.iter_mut().find(|known| known.id == run.id) {
                Some(known) => *known = run,
                None => {
                    runs.push(run);
                    runs.sort_by_key(|run| run.at);
                    let surplus = runs.len().saturating_sub(MOST_RUNS);
                    runs.drain(..surplus);
                }
            }
        });
    }
}

impl RoomClient {
    /// Runs the code in front with `input`, and against the examples of its question.
    pub fn run_code(self, input: String, examples: Vec<Example>, labels: RunLabels) {
        let store = self.store.answers;
        let board = store.board();
        let code = board.with_editor(|key, editor| editor.text().map(|text| (key, text)));
        let language = store
            .writing
            .get_untracked()
            .and_then(|writing| writing.language);
        let (Some((answer, code)), Some(language)) = (code.flatten(), language) else {
            return;
        };
        if store.runs_here.get_untracked() {
            return;
        }
        store.runs_here.set(true);
        let job = Job {
            language,
            code,
            stdin: input,
            examples,
            limit_ms: LIMIT,
            labels,
        };
        let started = self.new_run(language);
        spawn_local(async move {
            let Some(program) = board.runner_program().await else {
                return store.give_up_run();
            };
            let id = started.id;
            board.own_runs.borrow_mut().insert(id);
            let tell = board.clone();
            let changed = move |progress: Progress| {
                let run = started.with(progress);
                tell.take_progress(answer, run);
            };
            let loaded = move |loaded: Loaded| {
                store.loading.try_set(under_way(loaded));
            };
            match program.start(&job, loaded, changed) {
                Some(runner) => {
                    board.running.replace(Some((id, runner)));
                }
                None => store.give_up_run(),
            }
        });
    }

    /// Ends what runs in this browser.
    pub fn stop_run(self) {
        // Its last word comes while it is being stopped.
        let running = self.store.answers.board().running.take();
        if let Some((_, runner)) = running {
            runner.stop();
        }
    }

    fn new_run(self, language: CodeLanguage) -> Started {
        let me = self.store.me.get_untracked();
        let ahead = self.store.ahead.get_untracked();
        Started {
            id: clock::new_run_id(),
            language,
            at: Timestamp(clock::now().0 + ahead),
            by: me.map(|me| me.name).unwrap_or_default(),
        }
    }
}

/// What of a run is known before it says anything.
#[derive(Clone, Debug)]
struct Started {
    id: RunId,
    language: CodeLanguage,
    at: Timestamp,
    by: String,
}

impl Started {
    fn with(&self, progress: Progress) -> Run {
        Run {
            id: self.id,
            language: self.language,
            at: self.at,
            state: progress.state,
            milliseconds: progress
                .milliseconds
                .clamp(0.0, f64::from(u32::MAX))
                .round() as u32,
            output: progress.output,
            tests: progress.tests,
            by: self.by.clone(),
        }
    }
}

impl AnswerStore {
    fn give_up_run(self) {
        self.loading.try_set(Some(Loading::Failed));
        self.runs_here.try_set(false);
    }
}

impl Board {
    /// Shows how far an own run is, and tells everybody else.
    fn take_progress(&self, answer: AnswerKey, run: Run) {
        let over = run.state != RunState::Running;
        self.store.loading.try_set(None);
        self.store.take_run(answer, run.clone());
        if let Some(driver) = self.driver() {
            driver.report_run(answer, run);
        }
        if over {
            drop(self.running.take());
            self.store.runs_here.try_set(false);
        }
    }

    async fn runner_program(self: &Rc<Self>) -> Option<RunnerProgram> {
        let known = self.runner.borrow().clone();
        if known.is_some() {
            return known;
        }
        let nothing_yet = Loading::Under { percent: None };
        self.store.loading.try_set(Some(nothing_yet));
        let loaded = RunnerProgram::load(self.runner_tries.get()).await;
        match &loaded {
            Some(program) => {
                self.runner.replace(Some(program.clone()));
            }
            None => self.runner_tries.set(self.runner_tries.get() + 1),
        }
        loaded
    }
}

impl Driver {
    fn report_run(&self, answer: AnswerKey, run: Run) {
        self.send(&ClientMessage::ReportRun { answer, run });
    }
}

/// None once everything is there: the run goes on, and may have nothing to say for a while.
fn under_way(loaded: Loaded) -> Option<Loading> {
    let known = loaded.total > 0.0;
    if known && loaded.loaded >= loaded.total {
        return None;
    }
    let percent = known.then(|| (100.0 * loaded.loaded / loaded.total).clamp(0.0, 99.0) as u8);
    Some(Loading::Under { percent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_where_the_whole_is_known() {
        let told = |loaded, total| under_way(Loaded { loaded, total });
        let under = |percent| Some(Loading::Under { percent });
        assert_eq!(told(1.0, 0.0), under(None));
        assert_eq!(told(1.0, 4.0), under(Some(25)));
        assert_eq!(told(4.0, 4.0), None);
    }
}
