//! A line: what holds together the requests of one browser that talks by plain HTTP, and counts what
//! goes over it so that nothing is lost and nothing comes twice. Knows no HTTP and no room.

mod binary;
mod messages;
mod outbox;
mod registry;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, Notify, TryLockError, mpsc, watch},
    time::{Instant, sleep_until, timeout},
};

use self::outbox::{End, Outbox, Pushed};
pub use self::registry::Lines;
pub(super) use self::registry::Whose;
pub(super) use self::{messages::Messages, outbox::Answer};
use super::{Heard, Said, Wire};
use crate::{
    protocol::{CloseCode, Transport},
    server::hub::locked,
};

/// The most bytes of one batch of messages, everything around them included.
pub(super) const LARGEST_BATCH: usize = 256 * 1024;
/// How long a wait hangs that has nothing to answer.
const HANG: Duration = Duration::from_secs(20);
/// How long nobody may wait on a line before it is dead.
const SILENCE: Duration = Duration::from_secs(22);
/// How long hanging up waits for what was said before.
const GOODBYE: Duration = Duration::from_secs(5);
/// How many messages may be on their way from the requests to the conversation.
const UNDER_WAY: usize = 16;

/// One line, as requests use it.
pub(super) struct Line {
    whose: Whose,
    /// How many messages were taken. Held while a batch is taken, so that batches come whole and in
    /// their order; never while a wait hangs.
    taken: Mutex<u64>,
    /// To the conversation.
    said: mpsc::Sender<Heard>,
    /// From the conversation. Never held across an await.
    outbox: std::sync::Mutex<Outbox>,
    /// Wakes waits: something was put into the outbox, or the line ended, or another wait took over.
    news: watch::Sender<()>,
    /// Wakes the conversation: the outbox has room again, or the line ended.
    room: Notify,
}

impl Line {
    fn new(whose: Whose) -> (Arc<Self>, LineWire) {
        let (said, hearing) = mpsc::channel(UNDER_WAY);
        let line = Arc::new(Self {
            whose,
            taken: Mutex::new(0),
            said,
            outbox: std::sync::Mutex::new(Outbox::new(Instant::now())),
            news: watch::Sender::new(()),
            room: Notify::new(),
        });
        let wire = LineWire {
            said: hearing,
            line: line.clone(),
        };
        (line, wire)
    }

    /// Takes messages of which the first has the number `from`; those that were taken before are
    /// passed over. After the line's end they are dropped, as on a socket that is closing.
    ///
    /// # Errors
    /// When another batch is being taken: one at a time may hang on a busy room.
    pub async fn take(&self, from: u64, messages: Messages) -> Result<(), TryLockError> {
        let mut taken = self.taken.try_lock()?;
        let Some(messages) = messages.all() else {
            self.say(Heard::End(Some(CloseCode::TooLarge))).await;
            return Ok(());
        };
        let Some(known) = (*taken + 1).checked_sub(from).filter(|_| from > 0) else {
            self.say(Heard::End(Some(CloseCode::Malformed))).await;
            return Ok(());
        };
        let known = usize::try_from(known)
            .unwrap_or(usize::MAX)
            .min(messages.len());
        let (again, new) = messages.split_at(known);
        if new.is_empty() || !again.is_empty() {
            let bytes = again.iter().map(|message| message.get().len()).sum();
            self.say(Heard::SignOfLife(bytes)).await;
        }
        for message in new {
            self.say(binary::decode(message.get())).await;
            // Counted only now: a request that is given up while the room is busy says nothing.
            *taken += 1;
        }
        Ok(())
    }

    /// Waits for frames after the number `after`, all up to which are thereby acknowledged. None when
    /// the line is gone.
    pub async fn wait(&self, after: u64) -> Option<Answer> {
        let mut news = self.news.subscribe();
        let begun = locked(&self.outbox).begin_wait(after, Instant::now());
        let _waiting = Waiting(self);
        self.news.send_replace(());
        self.room.notify_one();
        let told = async {
            if begun.misnumbered {
                self.say(Heard::End(Some(CloseCode::Malformed))).await;
            } else if let Some(repeated) = begun.costs {
                self.say(Heard::SignOfLife(repeated)).await;
            }
        };
        let mut superseding = self.news.subscribe();
        let superseded = async {
            let latest = || locked(&self.outbox).is_latest(begun.turn);
            while latest() && superseding.changed().await.is_ok() {}
        };
        let hanging = async {
            // A busy conversation keeps the latest wait only, and none once the line has ended.
            tokio::select! {
                biased;
                () = told => {}
                () = superseded => {}
            }
            loop {
                news.borrow_and_update();
                if let Some(answer) = locked(&self.outbox).answer(begun.turn) {
                    return answer;
                }
                // The sender lives as long as the line.
                let _ = news.changed().await;
            }
        };
        match timeout(HANG, hanging).await {
            Ok(answer) => answer,
            Err(_) => locked(&self.outbox).answer_now(begun.turn),
        }
    }

    /// Ends the line from the browser's side, after everything said before.
    pub async fn hang_up(&self) {
        let said = async {
            let _order = self.taken.lock().await;
            self.say(Heard::End(None)).await;
        };
        if timeout(GOODBYE, said).await.is_err() {
            self.close(None);
        }
    }

    /// Ends the line from the server's side, once.
    fn close(&self, code: Option<CloseCode>) {
        let end = code.map_or(End::Gone, End::Closed);
        locked(&self.outbox).end(end);
        self.news.send_replace(());
        self.room.notify_one();
    }

    /// Ends a closed line before its time: nobody is told why any more.
    fn forget(&self) {
        locked(&self.outbox).forget();
        self.news.send_replace(());
        self.room.notify_one();
    }

    /// Returns when the line tells nothing any more.
    async fn forgotten(&self) {
        while !locked(&self.outbox).is_gone() {
            self.room.notified().await;
        }
    }

    async fn say(&self, heard: Heard) {
        // A conversation that is over hears nothing more.
        let _ = self.said.send(heard).await;
    }

    /// Returns when nobody has waited for too long, or the line was ended.
    async fn ended(&self) {
        loop {
            let last = locked(&self.outbox).last_wait();
            let Some(deadline) = last.map(|at| at + SILENCE) else {
                return;
            };
            if deadline <= Instant::now() {
                return;
            }
            tokio::select! {
                () = sleep_until(deadline) => {}
                () = self.room.notified() => {}
            }
        }
    }
}

/// Notes the end of a wait, also of one whose browser went away.
struct Waiting<'a>(&'a Line);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        locked(&self.0.outbox).end_wait(Instant::now());
    }
}

/// The conversation's end of a line.
pub(super) struct LineWire {
    said: mpsc::Receiver<Heard>,
    line: Arc<Line>,
}

impl Wire for LineWire {
    const TRANSPORT: Transport = Transport::Http;

    async fn hear(&mut self) -> Heard {
        tokio::select! {
            biased;
            heard = self.said.recv() => heard.unwrap_or(Heard::End(None)),
            () = self.line.ended() => Heard::End(None),
        }
    }

    /// Waits while too much is unacknowledged, but no longer than [`SILENCE`] for an acknowledgement:
    /// waiting again and again acknowledges nothing.
    async fn write(&mut self, said: Said) -> Option<()> {
        let text = match said {
            Said::Text(text) => text,
            Said::Binary(bytes) => binary::encode(&bytes),
        };
        let since = Instant::now();
        loop {
            let pushed = locked(&self.line.outbox).push(&text);
            match pushed {
                Pushed::Taken => {
                    self.line.news.send_replace(());
                    return Some(());
                }
                Pushed::Ended => return None,
                Pushed::Full => {
                    let last = locked(&self.line.outbox).last_progress(since)?;
                    if last + SILENCE <= Instant::now() {
                        return None;
                    }
                    tokio::select! {
                        () = self.line.room.notified() => {}
                        () = sleep_until(last + SILENCE) => {}
                    }
                }
            }
        }
    }

    /// Lines are found dead by themselves.
    async fn pulse(&mut self) -> Option<()> {
        Some(())
    }
}
