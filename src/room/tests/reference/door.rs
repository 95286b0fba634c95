//! Who gets a seat, who waits and who is sent away, as the naive room has it.

use crate::model::{PeerId, Role, Timestamp};
use crate::protocol::{ClientMessage, CloseCode, RejectCode, ServerMessage, VERSION};
use crate::room::{Fact, Input, SocketId};

use super::{Answer, Expected, Place, Reference, member_of};

impl Reference {
    pub(super) fn join(&mut self, now: Timestamp, input: &Input, expected: &mut Expected) {
        let Input::Join {
            socket,
            occupant,
            version,
            ..
        } = input
        else {
            return;
        };
        let socket = *socket;
        let Some(mut member) = member_of(occupant, input) else {
            return;
        };
        if *version != VERSION {
            return expected.close(socket, CloseCode::WrongVersion);
        }
        if let Some(reason) = self.over.clone() {
            expected
                .said
                .push((socket, ServerMessage::Ended { reason }));
            return expected.close(socket, CloseCode::Ended);
        }
        let answer = self.answers.get(&member.peer);
        match answer.filter(|(_, until)| now.0 < *until) {
            Some((Answer::Refused(word), _)) => {
                expected.said.push((socket, word.clone()));
                return expected.close(socket, CloseCode::Refused);
            }
            Some((Answer::Removed, _)) => {
                return expected.close(socket, CloseCode::Removed);
            }
            Some((Answer::Role(role), _)) => member.role = *role,
            None => {}
        }
        let main = member.role == Role::MainInterviewer;
        if let Some(index) = self.of(member.peer) {
            let place = &mut self.places[index];
            if let Err(code) = place.turn_to(now, member.page) {
                return expected.close(socket, code);
            }
            let before = place.socket.replace(socket);
            member.hand = place.member.hand;
            member.media.microphone &= place.muted_by.is_none();
            member.media.screen &= place.stopped_by.is_none();
            place.member = member;
            let muted = place.muted_by.clone();
            let muted = muted.map(|by| (socket, ServerMessage::Muted { by }));
            let stopped = place.stopped_by.clone();
            let stopped = stopped.map(|by| (socket, ServerMessage::ShareStopped { by }));
            expected.said.extend(muted.into_iter().chain(stopped));
            let replaced = before.map(|before| (before, CloseCode::Replaced));
            expected.closed.extend(replaced);
            self.arrive(index, expected);
        } else if !main && (occupant.waits || self.facts.locked && !occupant.arrived) {
            let mut place = Place::new(now, member, Some(socket));
            place.returns = occupant.arrived;
            self.queue_up(now, place, expected);
        } else if self.has_room_for(member.role) {
            let mut place = Place::new(now, member, Some(socket));
            place.returns = occupant.arrived;
            if let Some(index) = self.waits(place.member.peer) {
                let waited = &mut self.queue[index];
                if let Err(code) = waited.turn_to(now, place.member.page) {
                    return expected.close(socket, code);
                }
                place.pages = waited.pages.clone();
                place.turns = waited.turns.clone();
            }
            let peer = place.member.peer;
            self.free(peer, CloseCode::Replaced, expected);
            self.sit(place, expected);
        } else {
            expected.closed.insert(socket, CloseCode::Full);
        }
    }

    fn queue_up(&mut self, now: Timestamp, mut place: Place, expected: &mut Expected) {
        let socket = place.socket.unwrap();
        if let Some(index) = self.waits(place.member.peer) {
            let waits = &mut self.queue[index];
            if let Err(code) = waits.turn_to(now, place.member.page) {
                return expected.close(socket, code);
            }
            let before = waits.socket.replace(socket);
            waits.member = place.member;
            waits.returns = place.returns;
            let replaced = before.map(|before| (before, CloseCode::Replaced));
            expected.closed.extend(replaced);
        } else if self.queue.len() < 20 {
            place.waits_since = Some(now);
            self.queue.push(place);
        } else {
            expected.closed.insert(socket, CloseCode::Full);
        }
    }

    /// One seat is nobody's but the main interviewer's.
    pub(super) fn has_room_for(&self, role: Role) -> bool {
        let mut roles = self.places.iter().map(|place| place.member.role);
        let taken = roles.any(|role| role == Role::MainInterviewer);
        let kept = usize::from(role != Role::MainInterviewer && !taken);
        self.places.len() + kept < 20.min(self.facts.seats as usize)
    }

    fn sit(&mut self, place: Place, expected: &mut Expected) {
        let chats = if place.returns { 0 } else { self.chats };
        self.silent.entry(place.member.peer).or_insert(chats);
        self.places.push(place);
        self.arrive(self.places.len() - 1, expected);
    }

    fn arrive(&mut self, index: usize, expected: &mut Expected) {
        let place = &mut self.places[index];
        if place.socket.is_some() && !place.arrived {
            place.arrived = true;
            let participant = place.member.peer.into();
            expected.facts.push(Fact::Arrived { participant });
        }
    }

    pub(super) fn admit(
        &mut self,
        now: Timestamp,
        peer: PeerId,
        expected: &mut Expected,
    ) -> Result<(), RejectCode> {
        let index = self.waits(peer).ok_or(RejectCode::UnknownPeer)?;
        if !self.has_room_for(self.queue[index].member.role) {
            return Err(RejectCode::NoSeat);
        }
        let waited = self.queue.remove(index);
        let mut place = Place::new(now, waited.member, waited.socket);
        place.returns = waited.returns;
        place.pages = waited.pages;
        place.turns = waited.turns;
        place.free_at = now.0 + 60_000;
        self.sit(place, expected);
        Ok(())
    }

    pub(super) fn word_of_a_waiter(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        message: &ClientMessage,
        expected: &mut Expected,
    ) {
        let mut waiting = self.queue.iter_mut();
        let Some(place) = waiting.find(|place| place.socket == Some(socket)) else {
            return;
        };
        match message {
            ClientMessage::Leave {} => {
                let peer = place.member.peer;
                self.free(peer, CloseCode::Left, expected);
            }
            ClientMessage::SetMedia { media } => {
                if *media != place.member.media && !place.switches.spend(now) {
                    expected.rejected.push((socket, RejectCode::TooFast));
                } else {
                    place.member.media = *media;
                }
            }
            _ => expected.rejected.push((socket, RejectCode::NotSeated)),
        }
    }
}
