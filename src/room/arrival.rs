//! Taking a seat and coming back to it.

use crate::model::{PageId, ParticipantId, Role, Timestamp};
use crate::protocol::{CloseCode, EndReason, MediaState, RejectCode, ServerMessage, VERSION};

use super::seats::{Presence, Seat};
use super::{Fact, Occupant, Output, Room, SocketId, allowance::Allowances, reject, send};

/// One wish for a seat.
#[derive(Debug)]
pub(super) struct Arrival {
    pub socket: SocketId,
    pub occupant: Occupant,
    pub version: u16,
    pub page: PageId,
    pub media: MediaState,
}

impl Room {
    pub(super) fn handle_join(
        &mut self,
        now: Timestamp,
        arrival: Arrival,
        outputs: &mut Vec<Output>,
    ) {
        let Arrival {
            socket,
            ref occupant,
            version,
            ..
        } = arrival;
        if let Some(seat) = self.seats.at(socket) {
            let language = seat.occupant.language;
            return reject(socket, language, RejectCode::AlreadyJoined, outputs);
        }
        if version != VERSION {
            return close(socket, CloseCode::WrongVersion, outputs);
        }
        if let Some(reason) = self.over.clone() {
            return refuse_after_the_end(socket, reason, outputs);
        }
        let participant = occupant.participant;
        if self.seats.of(participant).is_some() {
            self.take_seat_again(arrival, outputs);
            self.introduce(now, participant, outputs);
        } else if self.has_seat_for(occupant.role) {
            self.take_new_seat(arrival);
            self.introduce(now, participant, outputs);
            outputs.push(Output::Record(Fact::Arrived { participant }));
        } else {
            close(socket, CloseCode::Full, outputs);
        }
    }

    fn has_seat_for(&self, role: Role) -> bool {
        self.seats.len() + self.seats_kept_from(role) < self.seat_limit()
    }

    /// How many free seats somebody of that role cannot have. The last seat is the main
    /// interviewer's: holders of a guest link cannot lock the host out.
    pub fn seats_kept_from(&self, role: Role) -> usize {
        let is_host = |role: Role| role == Role::MainInterviewer;
        let host_is_here = self.seats.iter().any(|seat| is_host(seat.occupant.role));
        usize::from(!host_is_here && !is_host(role))
    }

    fn take_new_seat(&mut self, arrival: Arrival) {
        let Arrival {
            socket,
            occupant,
            page,
            media,
            ..
        } = arrival;
        let presence = Presence::Here(socket);
        let allowances = Allowances::default();
        self.seats.add(Seat {
            occupant,
            page,
            media,
            presence,
            allowances,
        });
    }

    /// The last socket wins: the person is where they looked last.
    fn take_seat_again(&mut self, arrival: Arrival, outputs: &mut Vec<Output>) {
        let Arrival {
            socket,
            occupant,
            page,
            media,
            ..
        } = arrival;
        let Some(seat) = self.seats.of_mut(occupant.participant) else {
            return;
        };
        if let Some(before) = seat.socket() {
            close(before, CloseCode::Replaced, outputs);
        }
        seat.occupant = occupant;
        seat.page = page;
        seat.media = media;
        seat.presence = Presence::Here(socket);
    }

    /// Tells the newcomer about the room, and the room about the newcomer.
    fn introduce(&self, now: Timestamp, participant: ParticipantId, outputs: &mut Vec<Output>) {
        let Some(seat) = self.seats.of(participant) else {
            return;
        };
        let welcome = ServerMessage::Welcome {
            version: VERSION,
            number: self.facts.number,
            title: self.facts.title.clone(),
            you: seat.member(),
            members: self.seats.without(participant).map(Seat::member).collect(),
            in_charge: None,
            locked: self.facts.locked,
            chat: Vec::new(),
            now,
            ends_at: self.facts.ends_at,
            ice_servers: self.facts.ice_servers.clone(),
        };
        send(seat.socket().into_iter().collect(), welcome, outputs);
        let joined = ServerMessage::PeerJoined {
            member: seat.member(),
        };
        send(self.seats.sockets_without(participant), joined, outputs);
    }
}

fn refuse_after_the_end(socket: SocketId, reason: EndReason, outputs: &mut Vec<Output>) {
    send(vec![socket], ServerMessage::Ended { reason }, outputs);
    close(socket, CloseCode::Ended, outputs);
}

fn close(socket: SocketId, code: CloseCode, outputs: &mut Vec<Output>) {
    outputs.push(Output::Close { socket, code });
}
