//! All connections of one page, one to each other peer of the room; must not touch a clock, a socket or a browser.
//!
//! Peers already there call the newcomer. Whenever somebody returns, those who hear `PeerJoined` see
//! to their connection at once, and the one who hears `Welcome` waits for them: a connection that has
//! worked, between the same two pages, is left alone or restarted; any other is made anew.

mod pair;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, time::Duration};

use pair::Pair;
use uuid::Uuid;

use crate::{
    model::{ConnectionId, PageId, PeerId, Timestamp},
    negotiation::{self, LinkState, Signal},
    protocol::{ClientMessage, Member, ServerMessage},
};

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Any message of the server; those that do not concern connections change nothing.
    Server(ServerMessage),
    /// The socket is gone. The next `Welcome` brings it back.
    SocketLost,
    /// This page's network is another one, or is there again.
    NetworkChanged,
    /// Something happened to a connection of this page. Of a closed one it changes nothing.
    Event {
        connection: ConnectionId,
        input: negotiation::Input,
    },
    /// The time of `next_deadline` has come.
    Deadline,
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Only while the socket is there.
    Send(ClientMessage),
    /// Create an RTCPeerConnection under this id; a caller's adapter adds its transceivers.
    Open {
        peer: PeerId,
        connection: ConnectionId,
        caller: bool,
    },
    /// Close and forget the RTCPeerConnection.
    Close { connection: ConnectionId },
    /// Carry this out on the RTCPeerConnection and report by `Input::Event`.
    Command {
        connection: ConnectionId,
        command: negotiation::Command,
    },
    /// What the peer's tile says now. A peer that is new to the mesh begins as `Connecting`.
    LinkChanged { peer: PeerId, link: LinkState },
}

/// How long somebody who was welcomed waits to be called before calling.
const CALLED_WITHIN: Duration = Duration::from_secs(10);

/// The connections of one page.
#[derive(Debug)]
pub struct Mesh {
    page: PageId,
    /// How many connections this page has created.
    calls: u128,
    /// This page's own seat, known from the first `Welcome` on.
    own: Option<PeerId>,
    /// False from the loss of the socket until the next `Welcome`.
    online: bool,
    pairs: BTreeMap<PeerId, Pair>,
}

impl Mesh {
    /// A mesh without anybody. `page` is the random id this load of the page joins with; it must
    /// not be used for a second mesh, because connection ids are counted from it.
    pub fn new(page: PageId) -> Self {
        Self {
            page,
            calls: 0,
            own: None,
            online: false,
            pairs: BTreeMap::new(),
        }
    }

    /// Takes one input and says what to do about it.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        match input {
            Input::Server(message) => self.handle_message(now, message, &mut out),
            Input::SocketLost => self.handle_socket_lost(now, &mut out),
            Input::NetworkChanged => {
                for pair in self.pairs.values_mut() {
                    pair.feed(now, negotiation::Input::NetworkChanged, &mut out);
                }
            }
            Input::Event { connection, input } => {
                let mut pairs = self.pairs.values_mut();
                if let Some(pair) = pairs.find(|pair| pair.has(connection)) {
                    pair.feed(now, input, &mut out);
                }
            }
            Input::Deadline => self.handle_deadline(now, &mut out),
        }
        self.make_calls(now, &mut out);
        out
    }

    /// When [`Input::Deadline`] is due.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.pairs.values().filter_map(Pair::next_deadline).min()
    }

    /// What the peer's tile says, if there is such a peer.
    pub fn link(&self, peer: PeerId) -> Option<LinkState> {
        self.pairs.get(&peer).map(Pair::link)
    }

    fn handle_message(&mut self, now: Timestamp, message: ServerMessage, out: &mut Vec<Output>) {
        if let ServerMessage::Welcome { you, members, .. } = message {
            self.own = Some(you.peer);
            self.online = true;
            self.handle_roster(now, members, out);
            return;
        }
        // What a lost socket still had to say is older than the next `Welcome`.
        if !self.online {
            return;
        }
        match message {
            ServerMessage::PeerJoined { member } => self.meet(now, &member, Duration::ZERO, out),
            ServerMessage::PeerAway { peer } => {
                if let Some(pair) = self.pairs.get_mut(&peer) {
                    pair.lose_sight(now, out);
                }
            }
            ServerMessage::PeerLeft { peer } => {
                if let Some(mut pair) = self.pairs.remove(&peer) {
                    pair.hang_up(out);
                }
            }
            ServerMessage::Ended { .. } => self.handle_ended(out),
            signal => self.handle_signal(now, signal, out),
        }
    }

    /// The others as they are, in place of everything heard before.
    fn handle_roster(&mut self, now: Timestamp, members: Vec<Member>, out: &mut Vec<Output>) {
        self.pairs.retain(|peer, pair| {
            members.iter().any(|member| member.peer == *peer) || pair.keep_vanished(now, out)
        });
        for member in members {
            self.meet(now, &member, CALLED_WITHIN, out);
        }
    }

    fn meet(&mut self, now: Timestamp, member: &Member, wait: Duration, out: &mut Vec<Output>) {
        let Some(own) = self.own.filter(|own| *own != member.peer) else {
            return;
        };
        let pair = self
            .pairs
            .entry(member.peer)
            .or_insert_with(|| Pair::new(member.peer, own > member.peer, member.page, out));
        pair.meet(now, member, wait, out);
    }

    /// Strangers are not answered: they were heard of too early or are gone, and who is really
    /// there repeats an offer until it is answered.
    fn handle_signal(&mut self, now: Timestamp, message: ServerMessage, out: &mut Vec<Output>) {
        let (from, connection, signal) = match message {
            ServerMessage::Offer {
                from,
                connection,
                number,
                sdp,
            } => (from, connection, Signal::Offer { number, sdp }),
            ServerMessage::Answer {
                from,
                connection,
                number,
                sdp,
            } => (from, connection, Signal::Answer { number, sdp }),
            ServerMessage::Candidate {
                from,
                connection,
                candidate,
            } => (from, connection, Signal::Candidate(candidate)),
            _ => return,
        };
        if let Some(pair) = self.pairs.get_mut(&from) {
            pair.hear(now, connection, signal, out);
        }
    }

    fn handle_socket_lost(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        self.online = false;
        for pair in self.pairs.values_mut() {
            pair.lose_sight(now, out);
        }
    }

    fn handle_ended(&mut self, out: &mut Vec<Output>) {
        self.online = false;
        for (_, mut pair) in std::mem::take(&mut self.pairs) {
            pair.hang_up(out);
        }
    }

    fn handle_deadline(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        self.pairs.retain(|_, pair| {
            let gone = pair.is_forgotten(now);
            if gone {
                pair.hang_up(out);
            } else {
                pair.handle_deadline(now, out);
            }
            !gone
        });
    }

    fn make_calls(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        for pair in self.pairs.values_mut() {
            if pair.is_call_due(now) {
                self.calls += 1;
                pair.call(now, connection_id(self.page, self.calls), out);
            }
        }
    }
}

/// Counts on from the page's id. That is unique without drawing more randomness: page ids have 122
/// random bits, so that the few ids after one never meet the few after another.
fn connection_id(page: PageId, call: u128) -> ConnectionId {
    ConnectionId(Uuid::from_u128(page.0.as_u128().wrapping_add(call)))
}
