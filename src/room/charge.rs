//! Who runs the interview: the main interviewer, or who stands in for them; must not know what the
//! right is used for.

use crate::model::{ParticipantId, PeerId, Role, Timestamp};
use crate::protocol::ServerMessage;

use super::seats::Seat;
use super::{HANDED_OVER_AFTER, Output, Room, send};

/// What the room remembers of it, and what it told last.
#[derive(Debug, Default)]
pub(super) struct Charge {
    /// When a main interviewer was last present, or when the room began; `None` before that.
    host_seen: Option<Timestamp>,
    told: Option<PeerId>,
    told_attended: bool,
}

impl Room {
    /// Remembers until when a main interviewer was present.
    pub(super) fn notice_host(&mut self, now: Timestamp) {
        let mut present = self.seats.iter().filter(|seat| seat.socket().is_some());
        if present.any(is_host) {
            self.charge.host_seen = Some(now);
        } else {
            self.charge.host_seen.get_or_insert(now);
        }
    }

    /// The main interviewer as long as the seat is theirs, kept or not; when there was none for a
    /// minute, the co-interviewer longest in the room.
    pub(super) fn in_charge(&self, now: Timestamp) -> Option<PeerId> {
        let host = self.seats.iter().find(|seat| is_host(seat));
        let handed_over = self
            .charge
            .host_seen
            .is_some_and(|seen| seen + HANDED_OVER_AFTER <= now);
        host.or_else(|| self.stand_in().filter(|_| handed_over))
            .map(Seat::peer)
    }

    /// True for whoever is in charge, and for every main interviewer should there be more.
    pub(super) fn is_in_charge(&self, now: Timestamp, participant: ParticipantId) -> bool {
        let seat = self.seats.of(participant);
        seat.is_some_and(|seat| is_host(seat) || self.in_charge(now) == Some(seat.peer()))
    }

    /// True while somebody is there who can admit.
    pub(super) fn is_attended(&self, now: Timestamp) -> bool {
        let seat = self
            .in_charge(now)
            .and_then(|peer| self.seats.of(peer.into()));
        seat.is_some_and(|seat| seat.socket().is_some())
    }

    /// When a co-interviewer will be in charge, unless the main interviewer comes first.
    pub(super) fn handed_over_at(&self) -> Option<Timestamp> {
        let pending = self.charge.told.is_none() && self.stand_in().is_some();
        let seen = self.charge.host_seen.filter(|_| pending)?;
        Some(seen + HANDED_OVER_AFTER)
    }

    /// Tells what changed: everyone who is in charge, and those who wait whether anybody is there.
    pub(super) fn settle_charge(&mut self, now: Timestamp, outputs: &mut Vec<Output>) {
        self.notice_host(now);
        let peer = self.in_charge(now);
        if self.charge.told != peer {
            self.charge.told = peer;
            let changed = ServerMessage::ChargeChanged { peer };
            send(self.seats.sockets(), changed, outputs);
        }
        let attended = self.is_attended(now);
        if self.charge.told_attended != attended {
            self.charge.told_attended = attended;
            for waiter in self.queue.iter() {
                let to = waiter.socket().into_iter().collect();
                send(to, self.waiting_message(now, waiter), outputs);
            }
        }
    }

    fn stand_in(&self) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.role().may_stand_in())
    }
}

fn is_host(seat: &Seat) -> bool {
    seat.role() == Role::MainInterviewer
}
