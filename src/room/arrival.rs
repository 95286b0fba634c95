//! Taking a seat and coming back to it, or to the end of the queue.

use crate::model::{Language, PageId, ParticipantId, Role, Timestamp};
use crate::protocol::{
    Caller, CloseCode, EndReason, MediaState, RejectCode, ServerMessage, VERSION,
};

use super::allowance::{Allowance, Allowances};
use super::pages::Pages;
use super::queue::Waiter;
use super::seats::{Presence, Seat};
use super::switches::Unheard;
use super::verdicts::Verdict;
use super::{Fact, MOST_WAITING, Occupant, Output, Room, SocketId, close, reject, send};

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
        let socket = arrival.socket;
        let joined_before = self.language_at(socket).is_some();
        self.catch_up(now, outputs);
        if joined_before {
            // Whoever was closed just now hears nothing more.
            if let Some(language) = self.language_at(socket) {
                reject(socket, language, "join", RejectCode::AlreadyJoined, outputs);
            }
            return;
        }
        if arrival.version != VERSION {
            return close(Some(socket), CloseCode::WrongVersion, outputs);
        }
        if let Some(reason) = self.over.clone() {
            return refuse_after_the_end(socket, reason, outputs);
        }
        let Some(arrival) = self.recall_verdict(now, arrival, outputs) else {
            return;
        };
        if let Err(code) = self.find_place(now, arrival, outputs) {
            close(Some(socket), code, outputs);
        }
    }

    /// Gives the seat or a place in the queue. An error is why the socket has to go; nothing has
    /// changed then.
    fn find_place(
        &mut self,
        now: Timestamp,
        arrival: Arrival,
        outputs: &mut Vec<Output>,
    ) -> Result<(), CloseCode> {
        let participant = arrival.occupant.participant;
        if self.seats.of(participant).is_some() {
            self.take_seat_again(now, arrival, outputs)?;
        } else if self.must_wait(&arrival.occupant) {
            return self.take_place_in_queue(now, arrival, outputs);
        } else {
            self.take_seat(now, arrival, outputs)?;
        }
        self.introduce(now, participant, outputs);
        Ok(())
    }

    /// The language of whoever sits or waits on a socket.
    fn language_at(&self, socket: SocketId) -> Option<Language> {
        let seated = self.seats.at(socket).map(|seat| &seat.occupant);
        let occupant = seated.or_else(|| self.queue.at(socket).map(|w| &w.occupant));
        occupant.map(|occupant| occupant.language)
    }

    /// Papers may be older than what was decided in here a moment ago; `None` for those who may not
    /// enter.
    fn recall_verdict(
        &self,
        now: Timestamp,
        mut arrival: Arrival,
        outputs: &mut Vec<Output>,
    ) -> Option<Arrival> {
        let socket = arrival.socket;
        match self.verdicts.on(now, arrival.occupant.participant) {
            None => {}
            Some(Verdict::Role(role)) => arrival.occupant.role = *role,
            Some(Verdict::Removed) => {
                close(Some(socket), CloseCode::Removed, outputs);
                return None;
            }
            Some(Verdict::Refused { by, reason }) => {
                let (by, reason) = (by.clone(), reason.clone());
                send(vec![socket], ServerMessage::Refused { by, reason }, outputs);
                close(Some(socket), CloseCode::Refused, outputs);
                return None;
            }
        }
        Some(arrival)
    }

    fn must_wait(&self, occupant: &Occupant) -> bool {
        let new = self.facts.locked && !occupant.arrived;
        occupant.role.may_be_kept_waiting() && (occupant.waits || new)
    }

    pub(super) fn has_seat_for(&self, role: Role) -> bool {
        self.seats.len() + self.seats_kept_from(role) < self.seat_limit()
    }

    /// How many free seats somebody of that role cannot have. The last seat is the main
    /// interviewer's: holders of a guest link cannot lock the host out.
    pub fn seats_kept_from(&self, role: Role) -> usize {
        let is_host = |role: Role| role == Role::MainInterviewer;
        let host_is_here = self.seats.iter().any(|seat| is_host(seat.role()));
        usize::from(!host_is_here && !is_host(role))
    }

    pub(super) fn add_seat(
        &mut self,
        now: Timestamp,
        occupant: Occupant,
        pages: Pages,
        media: MediaState,
        presence: Presence,
    ) {
        let said = self.backlog.count();
        // Whoever sat in a room that is forgotten finds everything that was said in this one.
        let first_seen = if occupant.arrived { 0 } else { said };
        let chat_before = self.visits.chat_before(occupant.participant, first_seen);
        self.seats.add(Seat {
            occupant,
            pages,
            media,
            presence,
            hand: None,
            taken_at: now,
            chat_before,
            arrived: false,
            links: Vec::new(),
            unheard: Unheard::default(),
            looking: None,
            cursor: Vec::new(),
            allowances: Allowances::default(),
        });
    }

    /// A seat of one's own; whoever waited and need not any more goes in.
    fn take_seat(
        &mut self,
        now: Timestamp,
        arrival: Arrival,
        outputs: &mut Vec<Output>,
    ) -> Result<(), CloseCode> {
        let participant = arrival.occupant.participant;
        if !self.has_seat_for(arrival.occupant.role) {
            return Err(CloseCode::Full);
        }
        if !self.visits.count(now, participant) {
            return Err(CloseCode::Flood);
        }
        let fresh = Pages::new(arrival.page);
        let pages = match self.queue.of_mut(participant) {
            Some(waiter) => {
                waiter.pages.turn_to(now, arrival.page)?;
                std::mem::replace(&mut waiter.pages, fresh)
            }
            None => fresh,
        };
        self.send_away(participant, CloseCode::Replaced, outputs);
        let presence = Presence::Here(arrival.socket);
        self.add_seat(now, arrival.occupant, pages, arrival.media, presence);
        Ok(())
    }

    /// The newest page wins: the person is where they looked last.
    fn take_seat_again(
        &mut self,
        now: Timestamp,
        arrival: Arrival,
        outputs: &mut Vec<Output>,
    ) -> Result<(), CloseCode> {
        let participant = arrival.occupant.participant;
        let Some(seat) = self.seats.of_mut(participant) else {
            return Ok(());
        };
        let before = seat.pages.current();
        seat.pages.turn_to(now, arrival.page)?;
        // Before the new socket is known: its first word is the welcome.
        self.stop_looking(participant, outputs);
        if before != arrival.page {
            self.end_runs_of(participant, outputs);
        }
        if let Some(seat) = self.seats.of_mut(participant) {
            close(seat.socket(), CloseCode::Replaced, outputs);
            seat.occupant = arrival.occupant;
            seat.media = seat.unheard.applied_to(arrival.media);
            seat.presence = Presence::Here(arrival.socket);
        }
        Ok(())
    }

    fn take_place_in_queue(
        &mut self,
        now: Timestamp,
        arrival: Arrival,
        outputs: &mut Vec<Output>,
    ) -> Result<(), CloseCode> {
        let participant = arrival.occupant.participant;
        let presence = Presence::Here(arrival.socket);
        if let Some(waiter) = self.queue.of_mut(participant) {
            waiter.pages.turn_to(now, arrival.page)?;
            close(waiter.socket(), CloseCode::Replaced, outputs);
            let before = waiter.caller();
            waiter.occupant = arrival.occupant;
            waiter.media = arrival.media;
            waiter.presence = presence;
            // A refreshed page is no new knock.
            let caller = Some(waiter.caller()).filter(|caller| *caller != before);
            self.tell_knock(caller, outputs);
        } else if self.queue.len() >= MOST_WAITING {
            return Err(CloseCode::Full);
        } else if !self.visits.count(now, participant) {
            return Err(CloseCode::Flood);
        } else {
            let waiter = Waiter {
                occupant: arrival.occupant,
                pages: Pages::new(arrival.page),
                media: arrival.media,
                presence,
                since: now,
                switches: Allowance::default(),
            };
            self.tell_knock(Some(waiter.caller()), outputs);
            self.queue.add(waiter);
        }
        if let Some(waiter) = self.queue.of(participant) {
            let message = self.waiting_message(now, waiter);
            send(vec![arrival.socket], message, outputs);
        }
        Ok(())
    }

    fn tell_knock(&self, caller: Option<Caller>, outputs: &mut Vec<Output>) {
        if let Some(caller) = caller {
            let knocked = ServerMessage::Knocked { caller };
            send(self.interviewers(), knocked, outputs);
        }
    }

    /// What somebody who waits hears of the room.
    pub(super) fn waiting_message(&self, now: Timestamp, waiter: &Waiter) -> ServerMessage {
        ServerMessage::Waiting {
            version: VERSION,
            number: self.facts.number,
            title: self.facts.title.clone(),
            peer: waiter.peer(),
            attended: self.is_attended(now),
            now,
            ends_at: self.facts.ends_at,
        }
    }

    /// Tells the newcomer about the room, and the room about the newcomer.
    pub(super) fn introduce(
        &mut self,
        now: Timestamp,
        participant: ParticipantId,
        outputs: &mut Vec<Output>,
    ) {
        let Some(seat) = self.seats.of(participant) else {
            return;
        };
        let to: Vec<SocketId> = seat.socket().into_iter().collect();
        send(to.clone(), self.welcome(now, seat), outputs);
        self.tell_overview(seat, outputs);
        self.tell_prepared_to(seat, outputs);
        for message in seat.unheard.messages() {
            send(to.clone(), message, outputs);
        }
        let joined = ServerMessage::PeerJoined {
            member: seat.member(),
        };
        send(self.seats.sockets_without(participant), joined, outputs);
        self.tell_details(seat, outputs);
        // Whoever is admitted while their socket is gone has not arrived yet.
        if let Some(seat) = self.seats.of_mut(participant)
            && seat.socket().is_some()
            && !seat.arrived
        {
            seat.arrived = true;
            outputs.push(Output::Record(Fact::Arrived { participant }));
        }
    }

    fn welcome(&self, now: Timestamp, seat: &Seat) -> ServerMessage {
        let others = self.seats.without(seat.participant());
        ServerMessage::Welcome {
            version: VERSION,
            number: self.facts.number,
            title: self.facts.title.clone(),
            you: seat.member(),
            members: others.map(Seat::member).collect(),
            in_charge: self.in_charge(now),
            locked: self.facts.locked,
            chat: self.backlog.after(seat.chat_before),
            questions: self.questions.shown(),
            now,
            ends_at: self.facts.ends_at,
            ice_servers: self.facts.ice_servers.clone(),
        }
    }
}

fn refuse_after_the_end(socket: SocketId, reason: EndReason, outputs: &mut Vec<Output>) {
    send(vec![socket], ServerMessage::Ended { reason }, outputs);
    close(Some(socket), CloseCode::Ended, outputs);
}
