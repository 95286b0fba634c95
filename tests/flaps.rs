//! Six people whose networks fail a hundred times, in every way a socket can end: everybody returns to
//! the seat they had, and nobody is left over.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::collections::BTreeMap;

use colloquy::{
    model::{ConnectionId, PageId, PeerId},
    protocol::{ClientMessage, ServerMessage},
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use support::{
    attendee::Attendee,
    socket::{By, Socket, fresh_page},
    stage::Stage,
};
use uuid::Uuid;

const PEOPLE: usize = 6;
const FLAPS: usize = 100;
const SEED: u64 = 20_261_121;

/// How somebody goes.
#[derive(Clone, Copy, Debug)]
enum Flap {
    /// Without a goodbye.
    Cut,
    /// With a goodbye, the page stays.
    Closed,
    /// The page is loaded again.
    Reloaded,
    /// Not at all: the new socket comes while the old one is open.
    TakenOver,
}

const WAYS: [Flap; 4] = [Flap::Cut, Flap::Closed, Flap::Reloaded, Flap::TakenOver];

/// Whom a page sees, and whether they are present.
type Roster = BTreeMap<PeerId, (PageId, bool)>;

struct Client {
    attendee: Attendee,
    peer: PeerId,
    page: PageId,
    socket: Option<Socket>,
    roster: Roster,
}

impl Client {
    async fn enter(stage: &Stage, attendee: Attendee) -> Self {
        let mut client = Self {
            attendee,
            peer: PeerId(0),
            page: fresh_page(),
            socket: None,
            roster: Roster::new(),
        };
        client.return_by(stage, By::WebSocket).await;
        client
    }

    /// Comes in and keeps what the welcome says, and nothing of before.
    async fn return_by(&mut self, stage: &Stage, by: By) {
        let mut socket = stage.open_by(by, &self.attendee).await;
        let joined = socket.join_as(self.page).await;
        self.peer = joined.peer;
        let everybody = joined.members.into_iter().chain([joined.you]);
        self.roster = everybody
            .map(|member| (member.peer, (member.page, member.present)))
            .collect();
        self.socket = Some(socket);
    }

    async fn go(&mut self, flap: Flap) {
        match flap {
            Flap::Cut => drop(self.socket.take()),
            Flap::Closed => self.socket.take().unwrap().hang_up().await,
            Flap::Reloaded => {
                self.socket.take().unwrap().hang_up().await;
                self.page = fresh_page();
            }
            Flap::TakenOver => {}
        }
    }

    async fn hear(&mut self) -> ServerMessage {
        let message = self.socket.as_mut().unwrap().next().await.unwrap();
        match &message {
            ServerMessage::PeerJoined { member } => {
                let seen = (member.page, member.present);
                self.roster.insert(member.peer, seen);
            }
            ServerMessage::PeerAway { peer } => {
                self.roster.get_mut(peer).unwrap().1 = false;
            }
            ServerMessage::PeerLeft { peer } => {
                self.roster.remove(peer);
            }
            _ => {}
        }
        message
    }

    async fn sees(&mut self, expected: &Roster) {
        while self.roster != *expected {
            self.hear().await;
        }
    }
}

fn everybody(clients: &[Client]) -> Roster {
    let seen = clients
        .iter()
        .map(|client| (client.peer, (client.page, true)));
    seen.collect()
}

/// Up to three go at once and return in any order.
async fn flap(stage: &Stage, clients: &mut [Client], most: usize, draw: &mut StdRng) -> usize {
    let mut chosen: Vec<usize> = (0..clients.len()).collect();
    chosen.shuffle(draw);
    chosen.truncate(draw.random_range(1..=3).min(most));
    for place in &chosen {
        let way = WAYS[draw.random_range(0..WAYS.len())];
        clients[*place].go(way).await;
    }
    chosen.shuffle(draw);
    for place in &chosen {
        let by = if draw.random_bool(0.3) {
            By::Http
        } else {
            By::WebSocket
        };
        let peer = clients[*place].peer;
        clients[*place].return_by(stage, by).await;
        assert_eq!(clients[*place].peer, peer, "another seat");
    }
    chosen.len()
}

/// Every client calls every other, which hear it; what came before is thereby heard too.
async fn call_each_other(clients: &mut [Client]) {
    let peers: Vec<PeerId> = clients.iter().map(|client| client.peer).collect();
    for client in clients.iter_mut() {
        for to in peers.iter().filter(|peer| **peer != client.peer) {
            let sdp = format!("from {} to {}", client.peer.0, to.0);
            let offer = ClientMessage::Offer {
                to: *to,
                connection: ConnectionId(Uuid::from_u128(1)),
                number: 1,
                sdp,
            };
            client.socket.as_mut().unwrap().say(&offer).await;
        }
    }
    for client in clients.iter_mut() {
        let mut missing: Vec<PeerId> = peers.clone();
        missing.retain(|peer| *peer != client.peer);
        while !missing.is_empty() {
            if let ServerMessage::Offer { from, sdp, .. } = client.hear().await {
                assert_eq!(sdp, format!("from {} to {}", from.0, client.peer.0));
                missing.retain(|peer| *peer != from);
            }
        }
    }
}

#[tokio::test]
async fn a_hundred_flaps_leave_everybody_seated_once_and_in_touch() {
    let stage = Stage::with_seats(PEOPLE as u32).await;
    let mut clients = vec![Client::enter(&stage, stage.host.clone()).await];
    for place in 1..PEOPLE {
        let guest = stage.guest(&format!("Guest {place}")).await;
        clients.push(Client::enter(&stage, guest).await);
    }
    let mut draw = StdRng::seed_from_u64(SEED);
    let peers: Vec<PeerId> = clients.iter().map(|client| client.peer).collect();
    let mut flaps = 0;
    while flaps < FLAPS {
        flaps += flap(&stage, &mut clients, FLAPS - flaps, &mut draw).await;
        let expected = everybody(&clients);
        for client in &mut clients {
            client.sees(&expected).await;
        }
    }
    assert_eq!(flaps, FLAPS);
    let now: Vec<PeerId> = clients.iter().map(|client| client.peer).collect();
    assert_eq!(now, peers);

    call_each_other(&mut clients).await;
    let expected = everybody(&clients);
    assert_eq!(expected.len(), PEOPLE);
    for client in &clients {
        assert_eq!(client.roster, expected, "as {:?} sees it", client.peer);
    }
    // No socket of before is left over.
    let (rooms, sockets) = stage.server.server.hub().load();
    assert_eq!(rooms, 1);
    assert_eq!(sockets, PEOPLE, "sockets that nobody holds");
}
