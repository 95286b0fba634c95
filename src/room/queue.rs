//! Who waits to be admitted, the longest first; decides nothing about who must.

use crate::model::{ParticipantId, PeerId, Timestamp};
use crate::protocol::{Caller, MediaState};

use super::{Occupant, SocketId, allowance::Allowance, pages::Pages, seats::Presence};

/// Somebody at the door.
#[derive(Debug)]
pub(super) struct Waiter {
    pub occupant: Occupant,
    pub pages: Pages,
    pub media: MediaState,
    pub presence: Presence,
    pub since: Timestamp,
    pub switches: Allowance,
}

impl Waiter {
    pub fn participant(&self) -> ParticipantId {
        self.occupant.participant
    }

    pub fn peer(&self) -> PeerId {
        self.participant().into()
    }

    pub fn socket(&self) -> Option<SocketId> {
        self.presence.socket()
    }

    /// What interviewers may see.
    pub fn caller(&self) -> Caller {
        Caller {
            peer: self.peer(),
            name: self.occupant.name.clone(),
            user_name: self.occupant.user_name.clone(),
            since: self.since,
        }
    }
}

/// Everybody who waits, one place a participant.
#[derive(Debug, Default)]
pub(super) struct Queue(Vec<Waiter>);

impl Queue {
    pub fn iter(&self) -> impl Iterator<Item = &Waiter> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of(&self, participant: ParticipantId) -> Option<&Waiter> {
        self.iter()
            .find(|waiter| waiter.participant() == participant)
    }

    pub fn of_mut(&mut self, participant: ParticipantId) -> Option<&mut Waiter> {
        self.0
            .iter_mut()
            .find(|waiter| waiter.participant() == participant)
    }

    pub fn at(&self, socket: SocketId) -> Option<&Waiter> {
        self.iter().find(|waiter| waiter.socket() == Some(socket))
    }

    pub fn at_mut(&mut self, socket: SocketId) -> Option<&mut Waiter> {
        self.0
            .iter_mut()
            .find(|waiter| waiter.socket() == Some(socket))
    }

    pub fn sockets(&self) -> impl Iterator<Item = SocketId> {
        self.iter().filter_map(Waiter::socket)
    }

    /// When the next kept place is free.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let kept = |waiter: &Waiter| waiter.presence.kept_until();
        self.iter().filter_map(kept).min()
    }

    /// Those whose places need not be kept any more.
    pub fn kept_no_longer(&self, now: Timestamp) -> Vec<ParticipantId> {
        let over = |waiter: &&Waiter| waiter.presence.is_over(now);
        self.iter().filter(over).map(Waiter::participant).collect()
    }

    pub fn add(&mut self, waiter: Waiter) {
        self.0.push(waiter);
    }

    pub fn remove(&mut self, participant: ParticipantId) -> Option<Waiter> {
        let place = self
            .iter()
            .position(|waiter| waiter.participant() == participant)?;
        Some(self.0.remove(place))
    }

    /// Sends everybody away.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
