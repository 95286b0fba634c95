//! Somebody who types and deletes words, comes back whenever the server does, and keeps a book of what is
//! known to be saved.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use colloquy::{
    model::PageId,
    protocol::{AnswerKey, ClientMessage, document::ServerFrame},
};
use rand::{Rng, rngs::StdRng};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};
use yrs::Text as _;

use super::support::{
    replica::Replica,
    socket::{Came, Closed, Socket},
};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    Type,
    /// Hand over what is left, and stay.
    Finish,
    /// Stop when nothing comes any more.
    Leave,
}

/// What one person did, and what they were told of it.
#[derive(Debug, Default)]
pub struct Book {
    pub typed: Vec<String>,
    pub deleted: BTreeSet<String>,
    pub saved: BTreeSet<String>,
    /// Everything is handed over and saved.
    pub finished: bool,
    /// Under which number each word was last handed over that is not saved yet.
    waiting: Vec<(u64, String)>,
}

impl Book {
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Saved, and never deleted since.
    pub fn surely_there(&self) -> Vec<String> {
        self.saved.difference(&self.deleted).cloned().collect()
    }

    /// Everything that waits is handed over again with the answer to a Diff.
    fn hand_over_again(&mut self, number: u64) {
        for (under, _) in &mut self.waiting {
            *under = number;
        }
    }

    fn note_saved(&mut self, through: u64) {
        let (saved, waiting) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|(number, _)| *number <= through);
        self.waiting = waiting;
        self.saved.extend(saved.into_iter().map(|(_, word)| word));
    }
}

pub struct Typist {
    pub place: usize,
    pub address: String,
    pub number: String,
    pub cookies: String,
    pub page: PageId,
    pub book: Arc<Mutex<Book>>,
    pub random: StdRng,
}

impl Typist {
    /// Types until the plan is to finish, and answers the text that is there in the end.
    pub async fn run(mut self, answer: AnswerKey, plan: watch::Receiver<Plan>) -> String {
        let mut replica = Replica::new(answer);
        loop {
            let opened = Socket::open_or_refused(&self.address, &self.number, &self.cookies);
            if let Some(mut socket) = opened.await
                && self.visit(&mut socket, &mut replica, &plan).await.is_ok()
            {
                return replica.text();
            }
            replica.synchronised = false;
            // There is no server, or it went away; the words of meanwhile wait.
            self.write(&mut replica);
            sleep(Duration::from_millis(self.random.random_range(10..60))).await;
        }
    }

    /// One connection, to its end; fine when everything is done.
    async fn visit(
        &mut self,
        socket: &mut Socket,
        replica: &mut Replica,
        plan: &watch::Receiver<Plan>,
    ) -> Result<(), Closed> {
        socket.try_join_as(self.page).await?;
        let at = Some(replica.answer);
        let look = serde_json::to_string(&ClientMessage::Look { at }).unwrap();
        let sent =
            socket.try_say_text(&look).await && socket.try_say_bytes(replica.sync().encode()).await;
        if !sent {
            return Err(Closed::Otherwise(None));
        }
        loop {
            let leaves = *plan.borrow() == Plan::Leave;
            let pause = if leaves {
                500
            } else {
                self.random.random_range(20..100)
            };
            let pause = Duration::from_millis(pause);
            match timeout(pause, socket.come()).await {
                Ok(came) => self.hear(socket, replica, came?).await?,
                Err(_) if leaves => return Ok(()),
                Err(_) if *plan.borrow() == Plan::Finish => {
                    let done = replica.synchronised && replica.saved >= replica.number;
                    self.book.lock().unwrap().finished = done;
                }
                Err(_) if replica.synchronised => {
                    let frame = self.write(replica);
                    if !socket.try_say_bytes(frame.encode()).await {
                        return Err(Closed::Otherwise(None));
                    }
                }
                Err(_) => {}
            }
        }
    }

    async fn hear(
        &mut self,
        socket: &mut Socket,
        replica: &mut Replica,
        came: Came,
    ) -> Result<(), Closed> {
        let Came::Frame(frame) = came else {
            return Ok(());
        };
        if let Some(reply) = replica.take(&frame) {
            self.book.lock().unwrap().hand_over_again(replica.number);
            if !socket.try_say_bytes(reply.encode()).await {
                return Err(Closed::Otherwise(None));
            }
        }
        if matches!(frame, ServerFrame::Saved { .. }) {
            self.book.lock().unwrap().note_saved(replica.saved);
        }
        Ok(())
    }

    /// A new word at a random place between others, or an old one of one's own away.
    fn write(&mut self, replica: &mut Replica) -> colloquy::protocol::document::ClientFrame {
        let text = replica.text();
        let mut book = self.book.lock().unwrap();
        let old = book.surely_there();
        if old.len() > 20 && self.random.random_ratio(1, 5) {
            let word = &old[self.random.random_range(0..old.len())];
            if let Some(at) = text.find(word.as_str()) {
                book.deleted.insert(word.clone());
                let length = word.len() as u32;
                return replica.edit(|text, transaction| {
                    text.remove_range(transaction, at as u32, length);
                });
            }
        }
        let word = format!("[{}:{}]", self.place, book.typed.len());
        let places: Vec<usize> = text.match_indices('[').map(|(at, _)| at).collect();
        let at = match self.random.random_range(0..places.len() + 1) {
            place if place < places.len() => places[place],
            _ => text.len(),
        };
        let frame = replica.typed(at as u32, &word);
        book.typed.push(word.clone());
        book.waiting.push((replica.number, word));
        frame
    }
}
