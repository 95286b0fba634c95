//! The open documents of one room. Lives in the room's task; decides nothing about rights.

use std::collections::{HashMap, HashSet};

use sea_orm::DbErr;
use tokio::sync::mpsc;
use yrs::Update;

use super::{
    document::{Document, NotTaken},
    journal::{Journal, Ledger, Receipt},
};
use crate::{
    model::{InterviewQuestionId, ParticipantId, Starter, Timestamp},
    protocol::{AnswerKey, CloseCode, RejectCode, Run, document::ServerFrame},
    room::{Edit, Prepared, SocketId},
    server::db::{
        Database,
        answers::{self, AnswerId, Entry, EntryKind},
    },
};

/// After so many edits a document is written out whole, so that it loads fast.
const SNAPSHOT_EVERY: usize = 300;
/// How much the log of one answer may hold, in bytes: a long day of typing has a tenth of it.
const LARGEST_LOG: u64 = 64 * 1024 * 1024;
/// Beyond this it takes no more runs: they must not leave those who write without room.
const MOST_WITH_RUNS: u64 = LARGEST_LOG / 2;
/// So many documents lie open at once: they stay in memory as long as they do.
const MOST_OPEN: usize = 64;

/// What came of a frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something to say, to those named.
    Tell(Vec<SocketId>, ServerFrame),
    /// Nothing.
    Quiet,
    /// The sender is told why nothing of it was taken.
    Reject(RejectCode),
    /// The sender is closed.
    Close(CloseCode),
}

/// Every document of the room that was asked for.
#[derive(Debug)]
pub struct Desk {
    database: Database,
    ledger: Ledger,
    starters: HashMap<InterviewQuestionId, Starter>,
    answers: HashMap<AnswerKey, Answer>,
    /// Whose words were refused: what they send after that gets no receipt, which would cover what was
    /// refused, until they compare again.
    refused: HashSet<(SocketId, AnswerKey)>,
}

#[derive(Debug)]
struct Answer {
    id: AnswerId,
    document: Document,
    /// How many edits came since it was written out.
    edits: usize,
    /// How many bytes its log has.
    logged: u64,
}

impl Desk {
    /// A desk with nothing on it, and where its receipts come.
    pub fn new(database: Database, journal: &Journal) -> (Self, mpsc::UnboundedReceiver<Receipt>) {
        let (ledger, receipts) = journal.open();
        let desk = Self {
            database,
            ledger,
            starters: HashMap::new(),
            answers: HashMap::new(),
            refused: HashSet::new(),
        };
        (desk, receipts)
    }

    /// Notes with what new answers begin.
    pub fn note_questions(&mut self, questions: &[Prepared]) {
        let first = |prepared: &Prepared| {
            let question = &prepared.question;
            let starter = question.starters.first().cloned()?;
            Some((question.question, starter))
        };
        self.starters = questions.iter().filter_map(first).collect();
    }

    /// Gives no more receipts for an answer, as something is missing, until the page compares again.
    pub fn refuse(&mut self, socket: SocketId, key: AnswerKey) {
        self.refused.insert((socket, key));
    }

    /// Forgets a socket that is gone.
    pub fn forget(&mut self, socket: SocketId) {
        self.refused.retain(|(refused, _)| *refused != socket);
    }

    /// Tells a page what the server has, and what is new to the page if it may see that.
    ///
    /// # Errors
    /// When the document cannot be loaded.
    pub async fn compare(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        key: AnswerKey,
        state_vector: &[u8],
        sees: bool,
    ) -> Result<Outcome, DbErr> {
        self.refused.remove(&(socket, key));
        let document = &self.open(key, now).await?.document;
        let Some(update) = document.diff(state_vector) else {
            return Ok(Outcome::Close(CloseCode::Malformed));
        };
        let frame = ServerFrame::Diff {
            answer: key,
            state_vector: document.state_vector(),
            update: if sees {
                update
            } else {
                Update::EMPTY_V1.to_vec()
            },
        };
        Ok(Outcome::Tell(vec![socket], frame))
    }

    /// Puts an update into its document, hands what it changed to the log and to those who look on.
    /// One that builds on something missing is answered with what the server has, so that the page sends
    /// the rest.
    ///
    /// # Errors
    /// When the document cannot be loaded.
    pub async fn apply(
        &mut self,
        now: Timestamp,
        edit: Edit,
        to: Vec<SocketId>,
    ) -> Result<Outcome, DbErr> {
        let key = edit.answer;
        let receipt = Receipt::Saved {
            socket: edit.socket,
            answer: key,
            number: edit.number,
        };
        let receipt = (!self.refused.contains(&(edit.socket, key))).then_some(receipt);
        let answer = self.open(key, now).await?;
        let changed = if answer.logged < LARGEST_LOG || edit.update == Update::EMPTY_V1 {
            answer.document.apply(&edit.update)
        } else {
            Err(NotTaken::TooLarge)
        };
        let changed = match changed {
            Ok(changed) => changed,
            Err(reason) => return Ok(self.turn_down(edit.socket, key, reason)),
        };
        let Some(update) = changed else {
            if let Some(receipt) = receipt {
                self.ledger.ask(receipt).await;
            }
            return Ok(Outcome::Quiet);
        };
        let entry = Entry {
            answer: answer.id,
            author: Some(edit.author),
            at: now,
            kind: EntryKind::Edit,
            data: update.clone(),
        };
        answer.edits += 1;
        answer.logged += update.len() as u64;
        let snapshot = (answer.edits >= SNAPSHOT_EVERY).then(|| {
            answer.edits = 0;
            (answer.id, answer.document.whole())
        });
        self.ledger.add(entry, receipt).await;
        if let Some((id, data)) = snapshot {
            self.ledger.store_snapshot(id, data).await;
        }
        Ok(Outcome::Tell(
            to,
            ServerFrame::Update {
                answer: key,
                update,
            },
        ))
    }

    fn turn_down(&mut self, socket: SocketId, key: AnswerKey, reason: NotTaken) -> Outcome {
        match (reason, self.answers.get(&key)) {
            (NotTaken::Incomplete, Some(answer)) => {
                let frame = ServerFrame::Diff {
                    answer: key,
                    state_vector: answer.document.state_vector(),
                    update: Update::EMPTY_V1.to_vec(),
                };
                Outcome::Tell(vec![socket], frame)
            }
            (NotTaken::TooLarge, _) => {
                self.refuse(socket, key);
                Outcome::Reject(RejectCode::TooLong)
            }
            (NotTaken::Broken, _) => {
                // What the log has is whole; it is read again when it is asked for.
                self.answers.remove(&key);
                Outcome::Close(CloseCode::Malformed)
            }
            (NotTaken::Malformed | NotTaken::Incomplete, _) => Outcome::Close(CloseCode::Malformed),
        }
    }

    /// Keeps a run that is over, unless the log has no room for runs any more.
    ///
    /// # Errors
    /// When the answer cannot be found or begun.
    pub async fn keep_run(
        &mut self,
        now: Timestamp,
        key: AnswerKey,
        author: ParticipantId,
        run: &Run,
    ) -> Result<(), DbErr> {
        let data = serde_json::to_vec(run).map_err(|error| DbErr::Custom(error.to_string()))?;
        let answer = self.open(key, now).await?;
        if answer.logged > MOST_WITH_RUNS {
            return Ok(());
        }
        answer.logged += data.len() as u64;
        let entry = Entry {
            answer: answer.id,
            author: Some(author),
            at: now,
            kind: EntryKind::Run,
            data,
        };
        self.ledger.add(entry, None).await;
        Ok(())
    }

    /// Writes out what was edited, as the room closes or too many documents lie open.
    pub async fn put_away(&mut self) {
        for (_, answer) in self.answers.drain() {
            if answer.edits > 0 {
                let data = answer.document.whole();
                self.ledger.store_snapshot(answer.id, data).await;
            }
        }
    }

    /// Takes a document from the log, or begins it. Rooms before this one may have left something on its
    /// way to the log, so that comes first.
    async fn open(&mut self, key: AnswerKey, now: Timestamp) -> Result<&mut Answer, DbErr> {
        if !self.answers.contains_key(&key) {
            if self.answers.len() >= MOST_OPEN {
                self.put_away().await;
            }
            self.ledger.flush().await;
            let answer = self.load(key, now).await?;
            self.answers.insert(key, answer);
        }
        let answer = self.answers.get_mut(&key);
        answer.ok_or_else(|| DbErr::RecordNotFound(format!("{key:?}")))
    }

    async fn load(&self, key: AnswerKey, now: Timestamp) -> Result<Answer, DbErr> {
        let stored = answers::find(self.database.reader(), key).await?;
        let (id, document, edits, logged) = match stored {
            Some(stored) => {
                let edits = stored.updates.len().saturating_sub(1);
                let document = Document::of(&stored.updates);
                let broken = || DbErr::Custom(format!("the log of {key:?} makes no document"));
                (
                    stored.id,
                    document.ok_or_else(broken)?,
                    edits,
                    stored.logged,
                )
            }
            None => {
                let starter = self.starters.get(&key.question);
                let (document, first) = Document::begun(starter);
                let logged = first.len() as u64;
                let begun = answers::begin(&self.database, key, first, now).await?;
                let twice = || DbErr::RecordNotInserted;
                (begun.ok_or_else(twice)?, document, 0, logged)
            }
        };
        Ok(Answer {
            id,
            document,
            edits,
            logged,
        })
    }
}
