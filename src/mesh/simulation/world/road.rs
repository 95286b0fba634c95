//! Sockets: what is sent over them arrives late, in order or not at all.

use super::{Event, Socket, World, milliseconds, peer_of};
use crate::{
    mesh,
    model::{Language, PageId, ParticipantId, Role, Timestamp},
    negotiation::fake::FakePeer,
    protocol::{ClientMessage, MediaState, VERSION},
    room::{self, Occupant, SocketId},
};

impl World {
    pub(super) fn connect(&mut self, client: usize, page: PageId) {
        let current = self.pages[client]
            .as_mut()
            .filter(|current| current.id == page);
        let Some(current) = current else { return };
        if self.down_until > self.now {
            let after = 200 + self.rng.below(2_000);
            self.schedule(after, Event::Connect { client, page });
            return;
        }
        let socket = SocketId(self.sockets.len() as u64);
        current.socket = Some(socket);
        self.sockets.insert(
            socket,
            Socket {
                client,
                dead: false,
                last: [self.now; 2],
            },
        );
        let media = MediaState::default();
        self.post_to_server(
            socket,
            ClientMessage::Join {
                version: VERSION,
                page,
                media,
            },
        );
    }

    /// The time at which what is sent now arrives, after all that was sent before.
    fn arrival(&mut self, socket: SocketId, direction: usize) -> Option<Timestamp> {
        let at = self.now + milliseconds(2 + self.rng.below(150));
        let socket = self
            .sockets
            .get_mut(&socket)
            .filter(|socket| !socket.dead)?;
        socket.last[direction] = socket.last[direction].max(at);
        Some(socket.last[direction])
    }

    pub(super) fn post_to_server(&mut self, socket: SocketId, message: ClientMessage) {
        if let Some(at) = self.arrival(socket, 0) {
            self.schedule_at(at, Event::ToServer { socket, message });
        }
    }

    pub(super) fn arrive_at_server(&mut self, socket: SocketId, message: ClientMessage) {
        let from = &self.sockets[&socket];
        if from.dead {
            return;
        }
        let input = match message {
            ClientMessage::Join {
                version,
                page,
                media,
            } => {
                let participant = ParticipantId(peer_of(from.client).0);
                let occupant = Occupant {
                    participant,
                    name: format!("Client {}", from.client),
                    role: Role::Interviewee,
                    language: Language::English,
                    user_name: None,
                    transport: crate::protocol::Transport::WebSocket,
                    waits: false,
                    arrived: false,
                };
                room::Input::Join {
                    socket,
                    occupant,
                    version,
                    page,
                    media,
                }
            }
            message => room::Input::Message { socket, message },
        };
        self.tell_room(input);
    }

    pub(super) fn live_client(&self, socket: SocketId) -> Option<usize> {
        let Socket { client, dead, .. } = self.sockets[&socket];
        let page = self.pages[client].as_ref()?;
        (!dead && page.socket == Some(socket)).then_some(client)
    }

    pub(super) fn tell_room(&mut self, input: room::Input) {
        for output in self.room.handle(self.now, input) {
            match output {
                room::Output::Send { to, message } => {
                    for socket in to {
                        if let Some(at) = self.arrival(socket, 1) {
                            let message = message.clone();
                            self.schedule_at(at, Event::ToClient { socket, message });
                        }
                    }
                }
                room::Output::Close { socket, .. } => {
                    if let Some(at) = self.arrival(socket, 1) {
                        self.schedule_at(at, Event::ClientSees { socket });
                    }
                }
                room::Output::Record(_)
                | room::Output::SendFrame { .. }
                | room::Output::Compare { .. }
                | room::Output::Apply { .. }
                | room::Output::Refuse { .. }
                | room::Output::KeepRun { .. } => {}
            }
        }
    }

    pub(super) fn tell_mesh(&mut self, client: usize, input: mesh::Input) {
        let Some(page) = &mut self.pages[client] else {
            return;
        };
        let mut messages = Vec::new();
        for output in page.mesh.handle(self.now, input) {
            match output {
                mesh::Output::Send(message) => messages.push(message),
                mesh::Output::Open {
                    peer, connection, ..
                } => {
                    let end = FakePeer::new(format!("{client}-{connection}"), self.now);
                    let before = page.peers.insert(connection, (peer, end));
                    assert!(before.is_none(), "{connection} opened twice");
                }
                mesh::Output::Close { connection } => {
                    assert!(
                        page.peers.remove(&connection).is_some(),
                        "{connection} was not open"
                    );
                }
                mesh::Output::Command {
                    connection,
                    command,
                } => {
                    let (_, end) = page.peers.get_mut(&connection).expect("an open connection");
                    end.start(self.now, command, &mut self.rng);
                }
                mesh::Output::LinkChanged { peer, link } => {
                    page.links.insert(peer, link);
                }
            }
        }
        if let Some(socket) = page.socket {
            for message in messages {
                self.post_to_server(socket, message);
            }
        } else {
            assert!(
                messages.is_empty(),
                "nothing is said without a socket: {messages:?}"
            );
        }
    }
}
