//! All members of all rooms: lets them in, tells them what to do, sees them out.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use bench_support::{GOLDEN, Seat, Tally};

use crate::{
    contestant::Contestant,
    member::{Member, Order, take_seat},
};

/// In how many rooms somebody falls silent when some are to.
const SILENT_ROOMS: usize = 20;

/// Members with their seats.
#[derive(Debug)]
pub struct Crowd {
    pub tally: Arc<Tally>,
    people: bench_support::Crowd<Order>,
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
        let tally = Arc::new(Tally::since(Instant::now()));
        let mut people = bench_support::Crowd::new(Order::Rest);
        let mut queue: Vec<(usize, &Seat)> = seats.iter().enumerate().collect();
        queue.sort_by_key(|(_, seat)| seat.place);
        let silent_rooms: Vec<&str> = distinct_rooms(seats).take(SILENT_ROOMS).collect();
        let mut newcomers = Vec::new();
        for (index, seat) in queue {
            let member = Member {
                contestant,
                index,
                may_fall_silent: seat.place == 1 && silent_rooms.contains(&seat.room.as_str()),
                phase: (index as f64 * GOLDEN).fract(),
                orders: people.orders(),
                tally: tally.clone(),
            };
            let seat = seat.clone();
            let page = (u128::from(visit) << 64) + index as u128 + 1;
            newcomers.push(async move {
                let wire = take_seat(contestant, address, &seat, page).await?;
                anyhow::Ok(member.live(wire))
            });
        }
        people.admit(newcomers).await?;
        Ok(Self {
            tally,
            people,
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
        self.people.order(order);
    }

    /// Everybody closes their socket.
    pub async fn leave(self) -> Result<()> {
        self.people.leave(Order::Leave).await
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
