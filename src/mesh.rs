//! All connections of one page, one to each other peer of the room; must not touch a clock, a socket or a browser.

use crate::{
    model::{ConnectionId, PageId, PeerId, Timestamp},
    negotiation::{self, LinkState},
    protocol::{ClientMessage, ServerMessage},
};

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Any message of the server; those that do not concern connections change nothing.
    Server(ServerMessage),
    /// The socket is gone. The next `Welcome` brings it back.
    SocketLost,
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

/// The connections of one page.
#[derive(Debug)]
pub struct Mesh {
    page: PageId,
}

impl Mesh {
    /// A mesh without anybody. `page` is the random id this load of the page joins with; it must
    /// not be used for a second mesh, because connection ids are counted from it.
    pub fn new(page: PageId) -> Self {
        Self { page }
    }

    /// Takes one input and says what to do about it.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Output> {
        let _ = (now, input, self.page);
        Vec::new()
    }

    /// When [`Input::Deadline`] is due.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        None
    }

    /// What the peer's tile says, if there is such a peer.
    pub fn link(&self, peer: PeerId) -> Option<LinkState> {
        let _ = peer;
        None
    }
}
