//! What comes by the data channels of a visit, passed on to those whom it concerns. Keeps nothing.

use std::rc::Rc;

use leptos::prelude::*;

use super::driver::Driver;
use crate::{
    browser::peer::{Peer, PeerEvent},
    channel::PeerMessage,
    model::{ConnectionId, PeerId},
    protocol::ServerMessage,
    transfer::Input,
};

impl Driver {
    /// Takes an event of the channels of that connection.
    pub(super) fn handle_channel(
        self: &Rc<Self>,
        peer: PeerId,
        connection: ConnectionId,
        event: PeerEvent,
    ) {
        match event {
            PeerEvent::ChannelOpened => {
                let channel = self.peers.borrow().get(&connection).map(Peer::channel);
                if let Some(channel) = channel {
                    self.exchange.open(peer, connection, channel);
                }
                self.tell_watch(connection);
            }
            PeerEvent::ChannelClosed => self.exchange.lose(connection),
            PeerEvent::Told(PeerMessage::Watch { camera, screen }) => {
                self.handle_watch(connection, camera, screen);
            }
            PeerEvent::Told(message) => self.hear(connection, Input::Told { peer, message }),
            PeerEvent::Chunk(file, bytes) => {
                self.hear(connection, Input::Chunk { peer, file, bytes });
            }
            PeerEvent::Drained if self.exchange.uses(connection) => self.exchange.drain(peer),
            PeerEvent::StateOpened => self.voices.open(peer, connection),
            PeerEvent::StateClosed => self.voices.lose(connection),
            PeerEvent::State(state) => self.hear_state(peer, connection, &state),
            _ => {}
        }
    }

    /// Takes the loss of a connection.
    pub(super) fn lose_channels(&self, connection: ConnectionId) {
        self.exchange.lose(connection);
        self.voices.lose(connection);
    }

    /// Takes what the server says of who is there and how they stand.
    pub(super) fn follow(&self, message: &ServerMessage) {
        match message {
            ServerMessage::Welcome { members, .. } => {
                let pages = members.iter().map(|member| (member.peer, member.page));
                let members = pages.collect();
                self.exchange.feed(Input::Listed { members });
            }
            ServerMessage::PeerJoined { member } => {
                let (peer, page) = (member.peer, member.page);
                self.exchange.feed(Input::Met { peer, page });
            }
            ServerMessage::PeerLeft { peer } => self.exchange.feed(Input::Left { peer: *peer }),
            _ => {}
        }
        self.follow_voices(message);
    }

    fn hear(&self, connection: ConnectionId, input: Input) {
        if !self.exchange.uses(connection) {
            return;
        }
        if let Input::Told { peer, .. } = &input
            && let Some(member) = untrack(|| self.store.member(*peer))
        {
            self.exchange.name(*peer, member.name);
        }
        self.exchange.feed(input);
    }
}
