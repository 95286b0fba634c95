//! Everybody who types, each with a document open. Lets them in and sees them out.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Result;
use bench_support::{Crowd, GOLDEN};

use crate::{
    contestant::Contestant,
    notes::Notes,
    setting::Place,
    typist::{Order, Typist},
};

/// People with their documents, two at each.
#[derive(Debug)]
pub struct Class {
    pub notes: Arc<Notes>,
    pub people: usize,
    crowd: Crowd<Order>,
}

impl Class {
    /// Everybody opens their document: first those whose it is, then those who share it.
    pub async fn enter(
        contestant: Contestant,
        address: SocketAddr,
        places: &[Place],
    ) -> Result<Self> {
        let notes = Arc::new(Notes::of(places.len()));
        let mut crowd = Crowd::new(Order::Rest);
        for owners in [true, false] {
            let people = places.iter().enumerate();
            let people = people.filter(|(_, place)| place.owns == owners);
            let newcomers: Vec<_> = people
                .map(|(index, place)| {
                    let typist = Typist {
                        index,
                        dialect: contestant.dialect(place),
                        phase: (index as f64 * GOLDEN).fract(),
                        orders: crowd.orders(),
                        notes: notes.clone(),
                        typed: 0,
                        saved: 0,
                    };
                    let cookie = place.seat.cookie.clone();
                    async move {
                        let wire = typist.open(address, &cookie).await?;
                        anyhow::Ok(typist.live(wire))
                    }
                })
                .collect();
            crowd.admit(newcomers).await?;
        }
        Ok(Self {
            notes,
            people: places.len(),
            crowd,
        })
    }

    /// Tells everybody what to do from now on.
    pub fn order(&self, order: Order) {
        self.crowd.order(order);
    }

    /// Everybody closes their socket.
    pub async fn leave(self) -> Result<()> {
        self.crowd.leave(Order::Leave).await
    }
}
