//! All members of all rooms: lets them in, tells them what to do, sees them out.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use tokio::{
    sync::{Semaphore, mpsc, watch},
    task::JoinSet,
    time::timeout,
};

use crate::{
    contestant::{Contestant, Seat},
    member::{Member, Order, take_seat},
    tally::Tally,
};

/// How many knock at once.
const AT_THE_DOOR: usize = 128;
/// In how many rooms somebody falls silent when some are to.
const SILENT_ROOMS: usize = 20;
/// Successive multiples of it spread evenly between 0 and 1.
const GOLDEN: f64 = 0.618_033_988_749_895;
const LEAVE_LIMIT: Duration = Duration::from_secs(30);

/// Members with their seats.
#[derive(Debug)]
pub struct Crowd {
    pub tally: Arc<Tally>,
    orders: watch::Sender<Order>,
    tasks: JoinSet<()>,
    pub members: usize,
    pub seats: usize,
    /// How many fall silent when some are to.
    pub silent: usize,
}

impl Crowd {
    /// Everybody takes their seat; all rooms fill at the same pace. `visit` tells one page from the next.
    pub async fn enter(
        contestant: Contestant,
        address: SocketAddr,
        seats: &[Seat],
        visit: u64,
    ) -> Result<Self> {
        let tally = Arc::new(Tally::new());
        let (orders, _) = watch::channel(Order::Rest);
        let door = Arc::new(Semaphore::new(AT_THE_DOOR));
        let (entered, mut entries) = mpsc::unbounded_channel();
        let mut tasks = JoinSet::new();
        let mut queue: Vec<(usize, &Seat)> = seats.iter().enumerate().collect();
        queue.sort_by_key(|(_, seat)| seat.place);
        let silent_rooms: Vec<&str> = distinct_rooms(seats).take(SILENT_ROOMS).collect();
        for (index, seat) in queue {
            let member = Member {
                contestant,
                index,
                may_fall_silent: seat.place == 1 && silent_rooms.contains(&seat.room.as_str()),
                phase: (index as f64 * GOLDEN).fract(),
                orders: orders.subscribe(),
                tally: tally.clone(),
            };
            let (seat, door, entered) = (seat.clone(), door.clone(), entered.clone());
            let page = (u128::from(visit) << 64) + index as u128 + 1;
            tasks.spawn(async move {
                let Ok(permit) = door.acquire_owned().await else {
                    return;
                };
                let wire = take_seat(contestant, address, &seat, page).await;
                drop(permit);
                match wire {
                    Ok(wire) => {
                        // The crowd may have given up.
                        let _ = entered.send(Ok(()));
                        drop(entered);
                        member.live(wire).await;
                    }
                    Err(error) => {
                        let _ = entered.send(Err(error));
                    }
                }
            });
        }
        drop(entered);
        for _ in seats {
            entries.recv().await.context("a member went missing")??;
        }
        Ok(Self {
            tally,
            orders,
            tasks,
            members: seats.len(),
            seats: seats
                .iter()
                .map(|seat| seat.place + 1)
                .max()
                .unwrap_or_default(),
            silent: silent_rooms.len(),
        })
    }

    /// Tells everybody what to do from now on.
    pub fn order(&self, order: Order) {
        self.orders.send_replace(order);
    }

    /// Everybody closes their socket.
    pub async fn leave(mut self) -> Result<()> {
        self.order(Order::Leave);
        let gone = async { while self.tasks.join_next().await.is_some() {} };
        timeout(LEAVE_LIMIT, gone)
            .await
            .context("some members do not leave")
    }

    /// Some fall silent. How many of them the others were told of within `limit`, and when the last was.
    pub async fn find_silent(&self, limit: Duration) -> (usize, Option<Duration>) {
        self.tally.take();
        let start = Instant::now();
        self.order(Order::FallSilent);
        let expected = self.silent * (self.seats - 1);
        let (mut told, mut last) = (0, None);
        while told < expected && start.elapsed() < limit {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let counts = self.tally.take();
            told += usize::try_from(counts.gone).unwrap_or_default();
            last = last.max(counts.last_gone);
        }
        (
            told / (self.seats - 1),
            last.map(|last| last.duration_since(start)),
        )
    }
}

fn distinct_rooms(seats: &[Seat]) -> impl Iterator<Item = &str> {
    seats
        .iter()
        .filter(|seat| seat.place == 0)
        .map(|seat| seat.room.as_str())
}
