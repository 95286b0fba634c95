//! One member: takes the seat, then does as it is told until it is told to leave.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Result, bail};
use bench_support::{Frame, Seat, Tally, Wire};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout},
};

use crate::contestant::{Contestant, Heard};

/// How long taking a seat may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Longer than any run.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

/// What everybody in a crowd is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Listen.
    Rest,
    /// Listen, and speak once every so often.
    Speak(Duration),
    /// Some stop reading and answering, as a machine that fell asleep does; the others listen.
    FallSilent,
    Leave,
}

/// One member of a crowd.
#[derive(Debug)]
pub struct Member {
    pub contestant: Contestant,
    pub index: usize,
    /// Whether this one falls silent when some are to.
    pub may_fall_silent: bool,
    /// From 0 to 1: when in its time this one speaks.
    pub phase: f64,
    pub orders: watch::Receiver<Order>,
    pub tally: Arc<Tally>,
}

/// Opens a socket and takes the seat.
pub async fn take_seat(
    contestant: Contestant,
    address: SocketAddr,
    seat: &Seat,
    page: u128,
) -> Result<Wire> {
    match timeout(PATIENCE, join(contestant, address, seat, page)).await {
        Ok(wire) => wire,
        Err(_) => bail!("{} gave no seat in time", contestant.name()),
    }
}

async fn join(
    contestant: Contestant,
    address: SocketAddr,
    seat: &Seat,
    page: u128,
) -> Result<Wire> {
    let mut wire = Wire::open(address, &contestant.path(seat), &seat.cookie).await?;
    let join = contestant.join(page)?;
    if contestant.speaks_first() {
        wire.send(&join).await?;
    }
    loop {
        while let Some(frame) = wire.take()? {
            let heard = match frame {
                Frame::Text(text) => contestant.hear(text),
                Frame::Close(code) => bail!("closed with {code} before the welcome"),
                Frame::Binary(_) | Frame::Ping(_) | Frame::Other => Heard::Other,
            };
            match heard {
                Heard::Welcome => return Ok(wire),
                Heard::Invited("") => wire.send(&join).await?,
                Heard::Invited(word) | Heard::Asked(word) => wire.send(word).await?,
                Heard::Refused => bail!("no seat"),
                Heard::Chat(_) | Heard::Gone | Heard::Other => {}
            }
        }
        if wire.fill().await? == 0 {
            bail!("the socket ended before the welcome");
        }
    }
}

impl Member {
    /// Lives on an open socket until told to leave or the socket ends.
    pub async fn live(mut self, mut wire: Wire) {
        if self.obey(&mut wire).await.is_err() {
            self.tally.count(self.index, |counts| counts.lost += 1);
        }
    }

    async fn obey(&mut self, wire: &mut Wire) -> Result<()> {
        let mut pause = NEVER;
        let mut next = Instant::now() + NEVER;
        loop {
            self.hear_all(wire).await?;
            tokio::select! {
                filled = wire.fill() => if filled? == 0 { bail!("the socket ended") },
                () = sleep_until(next) => {
                    next += pause;
                    let text = self.contestant.speak(self.tally.now());
                    wire.send(&text).await?;
                    self.tally.count(self.index, |counts| counts.sent += 1);
                }
                changed = self.orders.changed() => {
                    changed?;
                    let order = *self.orders.borrow_and_update();
                    match order {
                        Order::Leave => return Ok(()),
                        Order::FallSilent if self.may_fall_silent => return self.sleep().await,
                        Order::Rest | Order::FallSilent => pause = NEVER,
                        Order::Speak(every) => pause = every,
                    }
                    next = Instant::now() + pause.mul_f64(self.phase);
                }
            }
        }
    }

    /// Keeps the socket open and does nothing with it.
    async fn sleep(&mut self) -> Result<()> {
        self.orders.wait_for(|order| *order == Order::Leave).await?;
        Ok(())
    }

    async fn hear_all(&self, wire: &mut Wire) -> Result<()> {
        while let Some(frame) = wire.take()? {
            match frame {
                Frame::Text(text) => match self.contestant.hear(text) {
                    Heard::Chat(sent_at) => self.tally.hear(self.index, sent_at),
                    Heard::Gone => self.tally.count(self.index, |counts| {
                        counts.gone += 1;
                        counts.last_gone = Some(std::time::Instant::now());
                    }),
                    Heard::Asked(word) => wire.send(word).await?,
                    Heard::Refused => self.tally.count(self.index, |counts| counts.refused += 1),
                    Heard::Welcome | Heard::Invited(_) | Heard::Other => {}
                },
                Frame::Ping(body) => wire.pong(&body).await?,
                Frame::Close(code) => bail!("closed with {code}"),
                Frame::Binary(_) | Frame::Other => {}
            }
        }
        Ok(())
    }
}
