//! Questions and answers as the room's page shows them, and what a person asks the server for about
//! them. Knows no document: that is the editor's, which the board keeps.

mod board;
mod following;
mod looking;
mod running;

use std::{collections::HashMap, rc::Rc};

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};

pub(super) use board::Board;
pub use board::Editing;
pub use running::Loading;

use super::RoomClient;
use crate::{
    browser::editor::{EditorSettings, Writing},
    model::{InterviewQuestionId, PeerId, Role},
    protocol::{
        AnswerKey, ClientMessage, Member, PreparedQuestion, Run, ServerMessage, ShownQuestion,
    },
};

/// How many runs of one answer are kept.
const MOST_RUNS: usize = 20;

/// Somebody who may have answers. The name outlives the seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub peer: PeerId,
    pub name: String,
}

/// Questions and answers as the page shows them.
#[derive(Clone, Copy, Debug)]
pub struct AnswerStore {
    /// What is shown to everyone, in its order.
    pub shown: RwSignal<Vec<ShownQuestion>>,
    /// For interviewers: what is hidden, and still open on this page.
    pub kept: RwSignal<Vec<ShownQuestion>>,
    /// For interviewers: every question of the interview.
    pub prepared: RwSignal<Vec<PreparedQuestion>>,
    /// For interviewers: who looks at which answer.
    pub looking: RwSignal<HashMap<PeerId, AnswerKey>>,
    /// Whose answers there are to look at, oneself for an interviewee.
    pub owners: RwSignal<Vec<Owner>>,
    /// Which question the person chose.
    pub wished_question: RwSignal<Option<InterviewQuestionId>>,
    /// Whose answers the person chose.
    pub wished_owner: RwSignal<Option<PeerId>>,
    /// Questions that came while another one was open and were not looked at yet.
    pub new: RwSignal<Vec<InterviewQuestionId>>,
    /// The question in front.
    pub question: Memo<Option<InterviewQuestionId>>,
    /// The answer in front.
    pub at: Memo<Option<AnswerKey>>,
    /// How the open answer stands.
    pub writing: RwSignal<Option<Writing>>,
    /// How the editor itself stands.
    pub editing: RwSignal<Editing>,
    /// True while the editor goes where the owner of the answer goes.
    pub following: RwSignal<bool>,
    pub settings: RwSignal<EditorSettings>,
    /// The runs of each answer that was looked at, the newest last.
    pub runs: RwSignal<HashMap<AnswerKey, Vec<Run>>>,
    /// True while something runs in this browser.
    pub runs_here: RwSignal<bool>,
    /// What is being loaded to run something.
    pub loading: RwSignal<Option<Loading>>,
    board: StoredValue<SendOption<Rc<Board>>>,
}

impl AnswerStore {
    pub(super) fn new(me: RwSignal<Option<Member>>, role: RwSignal<Role>) -> Self {
        let shown = RwSignal::new(Vec::<ShownQuestion>::new());
        let kept = RwSignal::new(Vec::<ShownQuestion>::new());
        let owners = RwSignal::new(Vec::<Owner>::new());
        let wished_question = RwSignal::new(None);
        let wished_owner = RwSignal::new(None);
        // What stands in front stays there while it can, chosen or not.
        let question = Memo::new(move |before: Option<&Option<InterviewQuestionId>>| {
            let open = tabs(&shown.read(), &kept.read());
            looking::choose(&open, [wished_question.get(), before.copied().flatten()])
        });
        let owner = Memo::new(move |before: Option<&Option<PeerId>>| {
            if !role.get().is_interviewer() {
                return me.with(|me| me.as_ref().map(|me| me.peer));
            }
            let peers: Vec<PeerId> =
                owners.with(|owners| owners.iter().map(|owner| owner.peer).collect());
            looking::choose(&peers, [wished_owner.get(), before.copied().flatten()])
        });
        let at = Memo::new(move |_| {
            let (question, peer) = (question.get()?, owner.get()?);
            Some(AnswerKey { question, peer })
        });
        Self {
            shown,
            kept,
            prepared: RwSignal::new(Vec::new()),
            looking: RwSignal::new(HashMap::new()),
            owners,
            wished_question,
            wished_owner,
            new: RwSignal::new(Vec::new()),
            question,
            at,
            writing: RwSignal::new(None),
            editing: RwSignal::new(Editing::Loading),
            following: RwSignal::new(false),
            settings: RwSignal::new(EditorSettings::default()),
            runs: RwSignal::new(HashMap::new()),
            runs_here: RwSignal::new(false),
            loading: RwSignal::new(None),
            board: StoredValue::new(SendOption::new_local(None)),
        }
    }

    /// The question of that id, if this page may show it. Reactive.
    pub fn find(self, question: InterviewQuestionId) -> Option<ShownQuestion> {
        let find = |questions: &Vec<ShownQuestion>| {
            let mut questions = questions.iter();
            questions.find(|shown| shown.question == question).cloned()
        };
        self.shown.with(find).or_else(|| self.kept.with(find))
    }

    /// Every question that this page has open, those shown to everyone first. Reactive.
    pub fn tabs(self) -> Vec<InterviewQuestionId> {
        tabs(&self.shown.read(), &self.kept.read())
    }

    /// The name of somebody who has answers, also after they left. Reactive.
    pub fn name_of(self, peer: PeerId) -> Option<String> {
        self.owners.with(|owners| {
            let owner = owners.iter().find(|owner| owner.peer == peer)?;
            Some(owner.name.clone())
        })
    }

    /// True while everyone sees it. Reactive.
    pub fn is_shown(self, question: InterviewQuestionId) -> bool {
        self.shown
            .with(|shown| shown.iter().any(|shown| shown.question == question))
    }

    /// The newest run of the answer in front. Reactive.
    pub fn last_run(self) -> Option<Run> {
        let at = self.at.get()?;
        self.runs.with(|runs| runs.get(&at)?.last().cloned())
    }

    /// Brings a question to the front.
    pub fn open(self, question: InterviewQuestionId) {
        self.wished_question.set(Some(question));
        self.new.update(|new| new.retain(|new| *new != question));
    }

    /// Opens a hidden question on this page alone, to look at its answers.
    pub fn open_hidden(self, question: ShownQuestion) {
        let id = question.question;
        if !untrack(|| self.tabs()).contains(&id) {
            self.kept.update(|kept| kept.push(question));
        }
        self.open(id);
    }

    /// Takes a hidden question off this page.
    pub fn close_hidden(self, question: InterviewQuestionId) {
        self.kept
            .update(|kept| kept.retain(|kept| kept.question != question));
    }

    /// What keeps the editor, made when it is first needed.
    pub(super) fn board(self) -> Rc<Board> {
        let known = self.board.try_with_value(|known| (**known).clone());
        known.flatten().unwrap_or_else(|| {
            let made = Rc::new(Board::new(self));
            // Once the page is gone it is nobody's, and goes with the visit.
            let _ = self
                .board
                .try_set_value(SendOption::new_local(Some(made.clone())));
            made
        })
    }

    pub(super) fn welcome(self, questions: &[ShownQuestion]) {
        let before = self.shown.get_untracked();
        if before != questions {
            self.shown.set(questions.to_vec());
            self.kept
                .update(|kept| kept.retain(|kept| !contains(questions, kept.question)));
            self.new
                .update(|new| new.retain(|new| contains(questions, *new)));
        }
    }

    pub(super) fn apply(self, message: &ServerMessage, role: Role) {
        match message {
            ServerMessage::QuestionShown { question } => self.show(question),
            ServerMessage::QuestionHidden { question } => self.hide(*question, role),
            ServerMessage::QuestionsPrepared { questions } => self.prepared.set(questions.clone()),
            ServerMessage::LookChanged { looking } => self.looking.update(|known| {
                match looking.at {
                    Some(at) => known.insert(looking.peer, at),
                    None => known.remove(&looking.peer),
                };
            }),
            ServerMessage::RunReported { answer, run } => self.take_reported(*answer, run.clone()),
            _ => {}
        }
    }

    fn show(self, question: &ShownQuestion) {
        let id = question.question;
        let is_first = self.question.get_untracked().is_none();
        self.kept
            .update(|kept| kept.retain(|kept| kept.question != id));
        let known = self.shown.try_update(|shown| {
            let place = shown.iter_mut().find(|shown| shown.question == id);
            match place {
                Some(place) => {
                    *place = question.clone();
                    true
                }
                None => {
                    // Where they stand after a reload, unless they were put in another order.
                    let after = shown.iter().position(|shown| shown.question > id);
                    shown.insert(after.unwrap_or(shown.len()), question.clone());
                    false
                }
            }
        });
        if known == Some(false) && !is_first && self.wished_question.get_untracked() != Some(id) {
            self.new.update(|new| new.push(id));
        }
    }

    /// An interviewer who looks at it goes on looking; from everybody else it is gone with all that
    /// came with it.
    fn hide(self, question: InterviewQuestionId, role: Role) {
        let hidden = untrack(|| self.find(question));
        if let Some(hidden) = hidden.filter(|_| role.is_interviewer()) {
            if self.question.get_untracked() == Some(question) {
                self.kept.update(|kept| kept.push(hidden));
                self.wished_question.set(Some(question));
            }
        } else {
            self.runs
                .update(|runs| runs.retain(|answer, _| answer.question != question));
        }
        self.shown
            .update(|shown| shown.retain(|shown| shown.question != question));
        self.new.update(|new| new.retain(|new| *new != question));
    }

    /// What only interviewers may see goes with the role.
    pub(super) fn forget_overview(self) {
        self.prepared.update(Vec::clear);
        self.kept.update(Vec::clear);
        self.looking.update(HashMap::clear);
    }

    /// Somebody's seat is free.
    pub(super) fn forget(self, peer: PeerId) {
        self.looking.update(|looking| {
            looking.remove(&peer);
        });
    }

    /// Keeps whose answers there are. Who left stays, as their answers do.
    pub(super) fn follow_owners(self, everyone: &[Member]) {
        let before = self.owners.get_untracked();
        let after = looking::owners(&before, everyone);
        if before != after {
            self.owners.set(after);
        }
    }
}

fn contains(questions: &[ShownQuestion], question: InterviewQuestionId) -> bool {
    questions.iter().any(|shown| shown.question == question)
}

fn tabs(shown: &[ShownQuestion], kept: &[ShownQuestion]) -> Vec<InterviewQuestionId> {
    let questions = shown.iter().chain(kept);
    questions.map(|question| question.question).collect()
}

impl RoomClient {
    /// Shows a question to everyone, or hides it.
    pub fn show_question(self, question: InterviewQuestionId, shown: bool) {
        let asked = self.ask(&match shown {
            true => ClientMessage::ShowQuestion { question },
            false => ClientMessage::HideQuestion { question },
        });
        // Whoever shows a question wants to see it.
        if asked && shown {
            self.store.answers.open(question);
        }
    }
}
