//! Who has a seat, in the order of arrival; decides nothing about who may have one.

use crate::model::{PageId, ParticipantId, PeerId, Timestamp};
use crate::protocol::{MediaState, Member};

use super::{Occupant, SocketId, allowance::Allowances};

/// One participant's place in the room.
#[derive(Debug)]
pub(super) struct Seat {
    pub occupant: Occupant,
    pub page: PageId,
    pub media: MediaState,
    pub presence: Presence,
    /// Belongs to the seat and not to the socket, so that a new socket brings no new allowance.
    pub allowances: Allowances,
}

/// Whether somebody sits on a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Here(SocketId),
    /// The socket is gone; the seat is free from `until` on.
    Away {
        until: Timestamp,
    },
}

impl Seat {
    pub fn participant(&self) -> ParticipantId {
        self.occupant.participant
    }

    pub fn peer(&self) -> PeerId {
        self.participant().into()
    }

    pub fn socket(&self) -> Option<SocketId> {
        match self.presence {
            Presence::Here(socket) => Some(socket),
            Presence::Away { .. } => None,
        }
    }

    pub fn kept_until(&self) -> Option<Timestamp> {
        match self.presence {
            Presence::Here(_) => None,
            Presence::Away { until } => Some(until),
        }
    }

    /// The seat as everyone may see it.
    pub fn member(&self) -> Member {
        Member {
            peer: self.peer(),
            name: self.occupant.name.clone(),
            role: self.occupant.role,
            page: self.page,
            media: self.media,
            hand: None,
            present: self.socket().is_some(),
        }
    }
}

/// Every taken seat, one a participant, the earliest arrival first. At most twenty, so that looking
/// through them costs less than keeping an index.
#[derive(Debug, Default)]
pub(super) struct Seats(Vec<Seat>);

impl Seats {
    pub fn iter(&self) -> impl Iterator<Item = &Seat> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of(&self, participant: ParticipantId) -> Option<&Seat> {
        self.iter().find(|seat| seat.participant() == participant)
    }

    pub fn of_mut(&mut self, participant: ParticipantId) -> Option<&mut Seat> {
        self.0
            .iter_mut()
            .find(|seat| seat.participant() == participant)
    }

    /// The seat on which `socket` sits.
    pub fn at(&self, socket: SocketId) -> Option<&Seat> {
        self.iter().find(|seat| seat.socket() == Some(socket))
    }

    pub fn at_mut(&mut self, socket: SocketId) -> Option<&mut Seat> {
        self.0.iter_mut().find(|seat| seat.socket() == Some(socket))
    }

    pub fn without(&self, participant: ParticipantId) -> impl Iterator<Item = &Seat> {
        self.iter()
            .filter(move |seat| seat.participant() != participant)
    }

    /// The sockets of everyone present.
    pub fn sockets(&self) -> Vec<SocketId> {
        self.iter().filter_map(Seat::socket).collect()
    }

    /// The sockets of everyone present but one.
    pub fn sockets_without(&self, participant: ParticipantId) -> Vec<SocketId> {
        self.without(participant).filter_map(Seat::socket).collect()
    }

    /// Those whose seats need not be kept any more.
    pub fn kept_no_longer(&self, now: Timestamp) -> Vec<ParticipantId> {
        let over = |seat: &&Seat| seat.kept_until().is_some_and(|until| until <= now);
        self.iter().filter(over).map(Seat::participant).collect()
    }

    pub fn add(&mut self, seat: Seat) {
        self.0.push(seat);
    }

    pub fn remove(&mut self, participant: ParticipantId) -> Option<Seat> {
        let place = self
            .iter()
            .position(|seat| seat.participant() == participant)?;
        Some(self.0.remove(place))
    }

    /// Frees every seat.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
