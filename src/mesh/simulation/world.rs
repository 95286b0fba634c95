//! Pages, a real room and bad roads between them, in simulated time; must not know what should come of it.

mod road;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use uuid::Uuid;

use crate::{
    mesh::{self, Mesh},
    model::{ConnectionId, InterviewNumber, PageId, PeerId, Timestamp},
    negotiation::{
        self, LinkState,
        fake::{FakePeer, Rng},
    },
    protocol::{ClientMessage, ServerMessage},
    room::{self, Facts, Room, SocketId},
};

/// What people, networks and servers do.
#[derive(Clone, Debug)]
pub(super) enum Trouble {
    /// A socket dies; both ends notice in their own time (milliseconds).
    SocketDrops {
        client: usize,
        client_sees: u64,
        server_sees: u64,
    },
    /// The page is loaded again. The server may learn of the old socket's end after the new one came.
    Refresh { client: usize, server_sees: u64 },
    /// Somebody leaves, and perhaps returns.
    Leave { client: usize, returns: Option<u64> },
    /// The room is lost, and the server is away for so long.
    ServerRestarts { down: u64 },
    /// Media between two cannot flow.
    NetworkBreaks {
        one: usize,
        two: usize,
        lasting: u64,
    },
    /// The page hears that its network is another one.
    NetworkChanges { client: usize },
    /// The browser wants to negotiate on all connections.
    Needed { client: usize },
}

#[derive(Debug)]
enum Event {
    Trouble(Trouble),
    NetworkReturns {
        pair: (usize, usize),
    },
    Connect {
        client: usize,
        page: PageId,
    },
    ToServer {
        socket: SocketId,
        message: ClientMessage,
    },
    ToClient {
        socket: SocketId,
        message: ServerMessage,
    },
    ServerSees {
        socket: SocketId,
    },
    ClientSees {
        socket: SocketId,
    },
}

/// One load of the page.
pub(super) struct Page {
    id: PageId,
    pub(super) mesh: Mesh,
    pub(super) peers: BTreeMap<ConnectionId, (PeerId, FakePeer)>,
    pub(super) links: BTreeMap<PeerId, LinkState>,
    socket: Option<SocketId>,
}

struct Socket {
    client: usize,
    /// Nothing gets through any more.
    dead: bool,
    /// Messages of one direction never overtake each other.
    last: [Timestamp; 2],
}

pub(super) struct World {
    pub(super) now: Timestamp,
    rng: Rng,
    room: Room,
    down_until: Timestamp,
    sockets: BTreeMap<SocketId, Socket>,
    pub(super) pages: Vec<Option<Page>>,
    broken: BTreeSet<(usize, usize)>,
    loads: u128,
    events: BTreeMap<(Timestamp, u64), Event>,
    event_count: u64,
}

fn facts() -> Facts {
    Facts {
        number: InterviewNumber::from_draw(482_913),
        title: "Simulation".into(),
        seats: 20,
        ends_at: Timestamp(i64::MAX / 2),
        ice_servers: Vec::new(),
        locked: false,
    }
}

pub(super) fn peer_of(client: usize) -> PeerId {
    PeerId(i64::try_from(client).unwrap() + 1)
}

fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count)
}

impl World {
    pub(super) fn new(clients: usize, seed: u64, troubles: &[(u64, Trouble)]) -> Self {
        let mut world = Self {
            now: Timestamp(0),
            rng: Rng(seed),
            room: Room::new(facts()),
            down_until: Timestamp(0),
            sockets: BTreeMap::new(),
            pages: Vec::new(),
            broken: BTreeSet::new(),
            loads: 0,
            events: BTreeMap::new(),
            event_count: 0,
        };
        for client in 0..clients {
            world.pages.push(None);
            let after = world.rng.below(3_000);
            world.load(client, after);
        }
        for (at, trouble) in troubles {
            world.schedule(*at, Event::Trouble(trouble.clone()));
        }
        world
    }

    fn schedule(&mut self, after: u64, event: Event) {
        self.schedule_at(self.now + milliseconds(after), event);
    }

    fn schedule_at(&mut self, at: Timestamp, event: Event) {
        self.event_count += 1;
        self.events.insert((at, self.event_count), event);
    }

    fn load(&mut self, client: usize, after: u64) {
        self.loads += 1;
        // Page ids are random; here it is enough that they are far apart.
        let id = PageId(Uuid::from_u128(self.loads << 64));
        self.pages[client] = Some(Page {
            id,
            mesh: Mesh::new(id),
            peers: BTreeMap::new(),
            links: BTreeMap::new(),
            socket: None,
        });
        self.schedule(after, Event::Connect { client, page: id });
    }

    pub(super) fn run_until(&mut self, end: Timestamp) {
        let mut steps = 0;
        while let Some(next) = self.next().filter(|next| *next <= end) {
            steps += 1;
            assert!(steps < 50_000, "it never rests");
            self.now = self.now.max(next);
            self.step();
        }
        self.now = end;
    }

    fn next(&self) -> Option<Timestamp> {
        let pages = self.pages.iter().flatten().flat_map(|page| {
            let peers = page.peers.values().filter_map(|(_, peer)| peer.next());
            peers.chain(page.mesh.next_deadline())
        });
        let event = self.events.keys().next().map(|(at, _)| *at);
        pages.chain(self.room.next_deadline()).chain(event).min()
    }

    fn step(&mut self) {
        while let Some(entry) = self
            .events
            .first_entry()
            .filter(|entry| entry.key().0 <= self.now)
        {
            let event = entry.remove();
            self.happen(event);
        }
        if self.room.next_deadline().is_some_and(|at| at <= self.now) {
            self.tell_room(room::Input::Deadline);
        }
        for client in 0..self.pages.len() {
            self.step_page(client);
        }
        self.observe();
    }

    fn step_page(&mut self, client: usize) {
        let Some(page) = &mut self.pages[client] else {
            return;
        };
        let mut happened = Vec::new();
        for (connection, (_, peer)) in &mut page.peers {
            let inputs = peer.take_due(self.now, &mut self.rng);
            happened.extend(inputs.into_iter().map(|input| (*connection, input)));
        }
        let overdue = page.mesh.next_deadline().is_some_and(|at| at <= self.now);
        for (connection, input) in happened {
            self.tell_mesh(client, mesh::Input::Event { connection, input });
        }
        if overdue {
            self.tell_mesh(client, mesh::Input::Deadline);
        }
    }

    /// Looks at both ends of every connection.
    fn observe(&mut self) {
        let mut fits = Vec::new();
        for (client, page) in self.pages.iter().enumerate() {
            for (connection, (peer, end)) in page.iter().flat_map(|page| &page.peers) {
                let other = usize::try_from(peer.0 - 1).unwrap();
                let pair = (client.min(other), client.max(other));
                let other = self.pages[other].as_ref();
                let other = other.and_then(|page| page.peers.get(connection));
                let fit = other.is_some_and(|(_, other)| end.fits_with(other));
                fits.push((client, *connection, fit && !self.broken.contains(&pair)));
            }
        }
        for (client, connection, fit) in fits {
            let page = self.pages[client].as_mut();
            if let Some((_, end)) = page.and_then(|page| page.peers.get_mut(&connection)) {
                end.observe(self.now, fit);
            }
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Trouble(trouble) => self.make(trouble),
            Event::NetworkReturns { pair } => {
                self.broken.remove(&pair);
            }
            Event::Connect { client, page } => self.connect(client, page),
            Event::ToServer { socket, message } => self.arrive_at_server(socket, message),
            Event::ToClient { socket, message } => {
                let Some(client) = self.live_client(socket) else {
                    return;
                };
                self.tell_mesh(client, mesh::Input::Server(message));
            }
            Event::ServerSees { socket } => self.tell_room(room::Input::SocketClosed { socket }),
            Event::ClientSees { socket } => {
                let client = self.sockets[&socket].client;
                let Some(page) = &mut self.pages[client] else {
                    return;
                };
                if page.socket == Some(socket) {
                    page.socket = None;
                    let page = page.id;
                    self.tell_mesh(client, mesh::Input::SocketLost);
                    let after = 100 + self.rng.below(2_000);
                    self.schedule(after, Event::Connect { client, page });
                }
            }
        }
    }

    fn make(&mut self, trouble: Trouble) {
        let count = self.pages.len();
        match trouble {
            Trouble::SocketDrops {
                client,
                client_sees,
                server_sees,
            } => {
                self.drop_socket(client % count, client_sees, server_sees);
            }
            Trouble::Refresh {
                client,
                server_sees,
            } => {
                self.drop_socket(client % count, 0, server_sees);
                let after = 50 + self.rng.below(1_000);
                self.load(client % count, after);
            }
            Trouble::Leave { client, returns } => self.leave(client % count, returns),
            Trouble::ServerRestarts { down } => {
                self.room = Room::new(facts());
                self.down_until = self.now + milliseconds(down);
                for client in 0..count {
                    let after = self.rng.below(1_000);
                    self.drop_socket(client, after, 0);
                }
            }
            Trouble::NetworkBreaks { one, two, lasting } => {
                let pair = (
                    (one % count).min(two % count),
                    (one % count).max(two % count),
                );
                self.broken.insert(pair);
                self.schedule(lasting, Event::NetworkReturns { pair });
            }
            Trouble::NetworkChanges { client } => {
                if self.pages[client % count].is_some() {
                    self.tell_mesh(client % count, mesh::Input::NetworkChanged);
                }
            }
            Trouble::Needed { client } => {
                let page = self.pages[client % count].as_ref();
                let connections: Vec<_> = page
                    .map(|page| page.peers.keys().copied().collect())
                    .unwrap_or_default();
                for connection in connections {
                    let input = negotiation::Input::Needed;
                    self.tell_mesh(client % count, mesh::Input::Event { connection, input });
                }
            }
        }
    }

    fn drop_socket(&mut self, client: usize, client_sees: u64, server_sees: u64) {
        let socket = self.pages[client].as_ref().and_then(|page| page.socket);
        let Some(socket) = socket else { return };
        if let Some(socket) = self.sockets.get_mut(&socket) {
            socket.dead = true;
        }
        self.schedule(client_sees, Event::ClientSees { socket });
        self.schedule(server_sees, Event::ServerSees { socket });
    }

    fn leave(&mut self, client: usize, returns: Option<u64>) {
        let Some(page) = self.pages[client].take() else {
            return;
        };
        if let Some(socket) = page.socket {
            self.post_to_server(socket, ClientMessage::Leave {});
        }
        if let Some(after) = returns {
            self.load(client, after);
        }
    }
}
