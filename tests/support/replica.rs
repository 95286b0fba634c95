//! A page's copy of an answer, written from docs/protocol.md with the library that the server uses too.

use colloquy::protocol::{
    AnswerKey, ClientMessage, ServerMessage,
    document::{ClientFrame, ServerFrame},
};
use yrs::{
    Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, Transact, TransactionMut,
    Update,
    updates::{decoder::Decode, encoder::Encode},
};

use super::socket::Socket;

/// One answer in one page.
pub struct Replica {
    pub answer: AnswerKey,
    pub doc: Doc,
    /// The number of the last update that was sent.
    pub number: u64,
    /// Up to which number the server said that everything is durable.
    pub saved: u64,
    /// What answered the last Diff: what is saved below it counts for nothing.
    floor: u64,
    /// True once a Diff came.
    pub synchronised: bool,
}

impl Replica {
    /// An empty copy, of a page that was not there before.
    pub fn new(answer: AnswerKey) -> Self {
        let doc = Doc::with_options(Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::default()
        });
        Self {
            answer,
            doc,
            number: 0,
            saved: 0,
            floor: 0,
            synchronised: false,
        }
    }

    /// Looks at the answer and waits until both sides have the same.
    pub async fn open(socket: &mut Socket, answer: AnswerKey) -> Self {
        let mut replica = Self::new(answer);
        replica.look(socket).await;
        replica
    }

    /// The same again, after a reconnect or another answer.
    pub async fn look(&mut self, socket: &mut Socket) {
        let at = Some(self.answer);
        socket.say(&ClientMessage::Look { at }).await;
        self.synchronise(socket).await;
    }

    /// Synchronises without looking.
    pub async fn synchronise(&mut self, socket: &mut Socket) {
        self.synchronised = false;
        socket.hand_in(&self.sync()).await;
        while !self.synchronised {
            self.hear(socket).await;
        }
        self.wait_saved(socket).await;
    }

    pub fn sync(&self) -> ClientFrame {
        ClientFrame::Sync {
            answer: self.answer,
            state_vector: self.doc.transact().state_vector().encode_v1(),
        }
    }

    /// Waits for one frame about this answer.
    pub async fn hear(&mut self, socket: &mut Socket) {
        let answer = self.answer;
        let mine = |frame: &ServerFrame| (frame.answer() == answer).then(|| frame.clone());
        let frame = socket.wait_frame(mine).await;
        if let Some(reply) = self.take(&frame) {
            socket.hand_in(&reply).await;
        }
    }

    /// Takes what the server says, and answers what to reply.
    pub fn take(&mut self, frame: &ServerFrame) -> Option<ClientFrame> {
        match frame {
            ServerFrame::Diff {
                state_vector,
                update,
                ..
            } => {
                self.apply(update);
                self.synchronised = true;
                let theirs = StateVector::decode_v1(state_vector).expect("a state vector");
                let lacking = self.doc.transact().encode_diff_v1(&theirs);
                let reply = self.numbered(lacking);
                self.floor = self.number;
                Some(reply)
            }
            ServerFrame::Update { update, .. } => {
                self.apply(update);
                None
            }
            ServerFrame::Saved { number, .. } => {
                if *number >= self.floor {
                    self.saved = self.saved.max(*number);
                }
                None
            }
            ServerFrame::Presence { .. } => None,
        }
    }

    pub fn apply(&mut self, update: &[u8]) {
        let update = Update::decode_v1(update).expect("an update");
        let mut transaction = self.doc.transact_mut();
        transaction.apply_update(update).expect("a sound update");
    }

    /// Changes the text, and answers the frame that says so.
    pub fn edit(&mut self, change: impl FnOnce(&yrs::TextRef, &mut TransactionMut)) -> ClientFrame {
        let text = self.doc.get_or_insert_text("text");
        let update = {
            let mut transaction = self.doc.transact_mut();
            change(&text, &mut transaction);
            transaction.commit();
            transaction.encode_update_v1()
        };
        self.numbered(update)
    }

    pub fn typed(&mut self, at: u32, typed: &str) -> ClientFrame {
        self.edit(|text, transaction| text.insert(transaction, at, typed))
    }

    pub async fn type_at(&mut self, socket: &mut Socket, at: u32, typed: &str) {
        let frame = self.typed(at, typed);
        socket.hand_in(&frame).await;
    }

    /// An update as the next of this page.
    pub fn numbered(&mut self, update: Vec<u8>) -> ClientFrame {
        self.number += 1;
        ClientFrame::Update {
            answer: self.answer,
            number: self.number,
            update,
        }
    }

    /// Waits until everything that was sent is durable.
    pub async fn wait_saved(&mut self, socket: &mut Socket) {
        while self.saved < self.number {
            self.hear(socket).await;
        }
    }

    /// Waits until the text is this.
    pub async fn wait_text(&mut self, socket: &mut Socket, expected: &str) {
        while self.text() != expected {
            self.hear(socket).await;
        }
    }

    pub fn text(&self) -> String {
        let text = self.doc.get_or_insert_text("text");
        text.get_string(&self.doc.transact())
    }
}

/// Tells that a question is shown.
pub fn shown(message: &ServerMessage) -> Option<colloquy::protocol::ShownQuestion> {
    match message {
        ServerMessage::QuestionShown { question } => Some(question.clone()),
        _ => None,
    }
}
