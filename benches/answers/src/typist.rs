//! One person: opens the document, then types as told until told to leave.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Result, bail};
use bench_support::{Frame, Wire};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout},
};

use crate::{
    dialect::{Dialect, Heard, Word},
    notes::{Notes, client},
    stroke,
};

/// How long opening a document may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Longer than any run.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

/// What everybody in a class is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Listen.
    Rest,
    /// Listen, and make a keystroke once every so often, as long as fewer than so many wait for their receipt.
    Type {
        pause: Duration,
        window: u64,
    },
    Leave,
}

/// One person of a class.
#[derive(Debug)]
pub struct Typist {
    pub index: usize,
    pub dialect: Dialect,
    /// From 0 to 1: when in its time this one types.
    pub phase: f64,
    pub orders: watch::Receiver<Order>,
    pub notes: Arc<Notes>,
    /// How many keystrokes were made, and how many of them have their receipt.
    pub typed: u64,
    pub saved: u64,
}

impl Typist {
    /// Opens a socket and the document.
    pub async fn open(&self, address: SocketAddr, cookie: &str) -> Result<Wire> {
        match timeout(PATIENCE, self.try_open(address, cookie)).await {
            Ok(wire) => wire,
            Err(_) => bail!("a document was not opened in time"),
        }
    }

    async fn try_open(&self, address: SocketAddr, cookie: &str) -> Result<Wire> {
        let mut wire = Wire::open(address, &self.dialect.path(), cookie).await?;
        say_all(&mut wire, self.dialect.greeting(self.index as u128 + 1)?).await?;
        loop {
            while let Some(heard) = self.hear(&mut wire).await? {
                match heard {
                    Heard::Welcome => say_all(&mut wire, self.dialect.open()?).await?,
                    Heard::Document => {
                        say_all(&mut wire, self.dialect.confirm()).await?;
                        return Ok(wire);
                    }
                    Heard::Refused => bail!("refused before the document came"),
                    Heard::Update(_) | Heard::SavedUpTo(_) | Heard::SavedNext | Heard::Other => {}
                }
            }
            if wire.fill().await? == 0 {
                bail!("the socket ended before the document came");
            }
        }
    }

    /// Lives on an open socket until told to leave or the socket ends.
    pub async fn live(mut self, mut wire: Wire) {
        if let Err(error) = self.obey(&mut wire).await {
            eprintln!("  one person is gone: {error:#}");
            self.notes.seen.count(self.index, |counts| counts.lost += 1);
        }
    }

    async fn obey(&mut self, wire: &mut Wire) -> Result<()> {
        let (mut pause, mut window) = (NEVER, 0);
        let mut next = Instant::now() + NEVER;
        loop {
            self.hear_all(wire).await?;
            let may_type = self.typed - self.saved < window;
            tokio::select! {
                filled = wire.fill() => if filled? == 0 { bail!("the socket ended") },
                () = sleep_until(next), if may_type => {
                    // Who had to wait does not hurry afterwards: a seat may only say so much in a second.
                    next = (next + pause).max(Instant::now());
                    self.press(wire).await?;
                }
                changed = self.orders.changed() => {
                    changed?;
                    let order = *self.orders.borrow_and_update();
                    (pause, window) = match order {
                        Order::Leave => return Ok(()),
                        Order::Rest => (NEVER, 0),
                        Order::Type { pause, window } => (pause, window),
                    };
                    next = Instant::now() + pause.mul_f64(self.phase);
                }
            }
        }
    }

    async fn press(&mut self, wire: &mut Wire) -> Result<()> {
        let update = stroke::update(client(self.index), self.typed);
        let word = self.dialect.hand_in(self.typed, update);
        self.notes.make(self.index, self.typed);
        self.typed += 1;
        say(wire, word).await
    }

    async fn hear_all(&mut self, wire: &mut Wire) -> Result<()> {
        while let Some(heard) = self.hear(wire).await? {
            match heard {
                Heard::Update(update) => self.see(&update),
                Heard::SavedUpTo(count) => self.save_up_to(count.min(self.typed)),
                Heard::SavedNext => self.save_up_to((self.saved + 1).min(self.typed)),
                Heard::Refused => {
                    let refuse = |counts: &mut bench_support::Counts| counts.refused += 1;
                    self.notes.seen.count(self.index, refuse);
                }
                Heard::Welcome | Heard::Document | Heard::Other => {}
            }
        }
        Ok(())
    }

    fn see(&self, update: &[u8]) {
        let own = client(self.index);
        let strokes = stroke::read(update).unwrap_or_default();
        // Some servers send an update back to who made it.
        for strokes in strokes.into_iter().filter(|strokes| strokes.client != own) {
            self.notes.see(self.index, strokes);
        }
    }

    fn save_up_to(&mut self, count: u64) {
        while self.saved < count {
            self.notes.save(self.index, self.saved);
            self.saved += 1;
        }
    }

    /// The next frame of what has come; None when more is needed.
    async fn hear(&self, wire: &mut Wire) -> Result<Option<Heard>> {
        let heard = match wire.take()? {
            None => return Ok(None),
            Some(Frame::Text(text)) => self.dialect.hear_text(text),
            Some(Frame::Binary(bytes)) => self.dialect.hear_bytes(bytes),
            Some(Frame::Close(code)) => bail!("closed with {code}"),
            Some(Frame::Other) => Heard::Other,
            Some(Frame::Ping(body)) => {
                wire.pong(&body).await?;
                Heard::Other
            }
        };
        Ok(Some(heard))
    }
}

async fn say_all(wire: &mut Wire, words: impl IntoIterator<Item = Word>) -> Result<()> {
    for word in words {
        say(wire, word).await?;
    }
    Ok(())
}

async fn say(wire: &mut Wire, word: Word) -> Result<()> {
    match word {
        Word::Text(text) => wire.send(&text).await,
        Word::Bytes(bytes) => wire.send_bytes(&bytes).await,
    }
}
