//! Questions and answers of a room: what it is told of them, and what becomes of what people write.

use super::{Carried, RoomTask};
use crate::{
    protocol::{CloseCode, document::ServerFrame},
    room::{Input, Output, SocketId},
    server::answers::{self, desk::Outcome, journal::Receipt},
};

impl RoomTask {
    /// Tells a room that opens which questions and answers there are; false when that cannot be known.
    pub(super) async fn read_work(&mut self) -> bool {
        let Some(questions) = self.read_questions().await else {
            return false;
        };
        let database = &self.hub.0.database;
        // What an earlier room handed in may be on its way still.
        self.hub.0.journal.flush().await;
        match answers::load_begun(database, self.interview).await {
            Ok(answers) => {
                let now = self.hub.0.clock.now();
                self.room.handle(now, questions);
                self.room.handle(now, Input::AnswersRead { answers });
                true
            }
            Err(error) => {
                tracing::error!(%error, interview = %self.interview, "a room cannot open");
                false
            }
        }
    }

    /// What the room is to be told of its questions.
    pub(super) async fn read_questions(&mut self) -> Option<Input> {
        match answers::load_prepared(&self.hub.0.database, self.interview).await {
            Ok(questions) => {
                self.desk.note_questions(&questions);
                Some(Input::QuestionsRead { questions })
            }
            Err(error) => {
                tracing::error!(%error, interview = %self.interview, "questions were not read");
                None
            }
        }
    }

    /// Carries out what concerns a document. Answers what the room must hear of it; None when the room
    /// cannot go on.
    pub(super) async fn work(&mut self, output: Output) -> Option<Vec<Input>> {
        let now = self.hub.0.clock.now();
        let (socket, about, outcome) = match output {
            Output::Compare {
                socket,
                answer,
                state_vector,
                sees,
            } => {
                let compared = self.desk.compare(now, socket, answer, &state_vector, sees);
                (Some(socket), "sync", compared.await)
            }
            Output::Apply { edit, to } => {
                let socket = edit.socket;
                (Some(socket), "update", self.desk.apply(now, edit, to).await)
            }
            Output::KeepRun {
                answer,
                author,
                run,
            } => {
                let kept = self.desk.keep_run(now, answer, author, &run).await;
                (None, "report_run", kept.map(|()| Outcome::Quiet))
            }
            _ => return Some(Vec::new()),
        };
        match outcome {
            Ok(outcome) => Some(self.follow(socket, about, outcome)),
            Err(error) => {
                tracing::error!(%error, interview = %self.interview, "an answer cannot be opened");
                None
            }
        }
    }

    fn follow(&mut self, socket: Option<SocketId>, about: &str, outcome: Outcome) -> Vec<Input> {
        match (outcome, socket) {
            (Outcome::Tell(to, frame), _) => self.send_frame(&to, &frame),
            (Outcome::Reject(code), Some(socket)) => {
                let mut closings = Vec::new();
                for output in self.room.deny(socket, about, code) {
                    if let Output::Send { to, message } = output {
                        closings.extend(self.send(&to, &message));
                    }
                }
                closings
            }
            (Outcome::Close(code), Some(socket)) => self.hang_up(socket, code),
            _ => Vec::new(),
        }
    }

    /// Closes a socket as if the frame had been refused before the room heard of it: the seat is kept.
    fn hang_up(&mut self, socket: SocketId, code: CloseCode) -> Vec<Input> {
        self.close(socket, code);
        vec![Input::SocketClosed { socket }]
    }

    /// Tells pages what is durable: of several updates only the last, which stands for all before.
    pub(super) async fn tell_saved(&mut self, first: Receipt) -> Carried {
        let at = self.hub.0.clock.now();
        let mut saved = std::collections::BTreeMap::new();
        let mut receipt = Some(first);
        while let Some(told) = receipt {
            match told {
                Receipt::Saved {
                    socket,
                    answer,
                    number,
                } => drop(saved.insert((socket, answer), number)),
                Receipt::Lost => return Carried::Broken,
            }
            receipt = self.receipts.try_recv().ok();
        }
        let mut closings = Vec::new();
        for ((socket, answer), number) in saved {
            let frame = ServerFrame::Saved { answer, number, at };
            closings.extend(self.send_frame(&[socket], &frame));
        }
        for closing in closings {
            if self.handle(closing).await == Carried::Broken {
                return Carried::Broken;
            }
        }
        Carried::Out
    }
}
