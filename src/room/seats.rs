//! Who has a seat, in the order of arrival; decides nothing about who may have one.

use crate::model::{ParticipantId, PeerId, Role, Timestamp};
use crate::protocol::{AnswerKey, LinkReport, MediaState, Member};

use super::allowance::Allowances;
use super::pages::Pages;
use super::switches::Unheard;
use super::{Occupant, SEAT_KEPT, SocketId};

/// One participant's place in the room.
#[derive(Debug)]
pub(super) struct Seat {
    pub occupant: Occupant,
    pub pages: Pages,
    pub media: MediaState,
    pub presence: Presence,
    /// When the hand was raised.
    pub hand: Option<Timestamp>,
    pub taken_at: Timestamp,
    /// How many chat messages there were before this participant first had a seat.
    pub chat_before: u64,
    /// False until somebody sat on it: whoever is admitted while their socket is gone is not there yet.
    pub arrived: bool,
    /// What the page last said of its connections.
    pub links: Vec<LinkReport>,
    pub unheard: Unheard,
    /// The answer the page looks at: one that it may see.
    pub looking: Option<AnswerKey>,
    /// What the page last said of its cursor in it.
    pub cursor: Vec<u8>,
    /// Belongs to the seat and not to the socket, so that a new socket brings no new allowance.
    pub allowances: Allowances,
}

/// Whether somebody is there, on a seat or in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Here(SocketId),
    /// The socket is gone; the place is free from `until` on.
    Away {
        until: Timestamp,
    },
}

impl Presence {
    pub fn socket(self) -> Option<SocketId> {
        match self {
            Self::Here(socket) => Some(socket),
            Self::Away { .. } => None,
        }
    }

    pub fn kept_until(self) -> Option<Timestamp> {
        match self {
            Self::Here(_) => None,
            Self::Away { until } => Some(until),
        }
    }

    /// The same on a place that is taken at `now`.
    pub fn kept_from(self, now: Timestamp) -> Self {
        match self {
            Self::Here(_) => self,
            Self::Away { .. } => Self::Away {
                until: now + SEAT_KEPT,
            },
        }
    }

    /// True when the place need not be kept any more.
    pub fn is_over(self, now: Timestamp) -> bool {
        self.kept_until().is_some_and(|until| until <= now)
    }
}

impl Seat {
    pub fn participant(&self) -> ParticipantId {
        self.occupant.participant
    }

    pub fn peer(&self) -> PeerId {
        self.participant().into()
    }

    pub fn role(&self) -> Role {
        self.occupant.role
    }

    pub fn socket(&self) -> Option<SocketId> {
        self.presence.socket()
    }

    pub fn kept_until(&self) -> Option<Timestamp> {
        self.presence.kept_until()
    }

    /// The seat as everyone may see it.
    pub fn member(&self) -> Member {
        Member {
            peer: self.peer(),
            name: self.occupant.name.clone(),
            role: self.role(),
            page: self.pages.current(),
            media: self.media,
            hand: self.hand,
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

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Seat> {
        self.0.iter_mut()
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
        self.iter_mut()
            .find(|seat| seat.participant() == participant)
    }

    /// The seat on which `socket` sits.
    pub fn at(&self, socket: SocketId) -> Option<&Seat> {
        self.iter().find(|seat| seat.socket() == Some(socket))
    }

    pub fn at_mut(&mut self, socket: SocketId) -> Option<&mut Seat> {
        self.iter_mut().find(|seat| seat.socket() == Some(socket))
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
        let over = |seat: &&Seat| seat.presence.is_over(now);
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
