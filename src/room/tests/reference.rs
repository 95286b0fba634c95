//! A second, naive room for comparison: says what must come of an input, in no clever way.

use std::collections::BTreeMap;

use crate::model::{ParticipantId, PeerId, Role, Timestamp};
use crate::protocol::{
    ChatMessage, ClientMessage, CloseCode, EndReason, Member, RejectCode, ServerMessage, VERSION,
};
use crate::room::{Fact, Facts, Input, Occupant, SocketId};

/// What must come of one input, roster messages apart: those are checked by what clients see.
#[derive(Debug, Default, PartialEq)]
pub struct Expected {
    pub closed: BTreeMap<SocketId, CloseCode>,
    pub facts: Vec<Fact>,
    /// Signals, chat and the end, by socket.
    pub said: Vec<(SocketId, ServerMessage)>,
    pub rejected: Vec<(SocketId, RejectCode)>,
}

#[derive(Clone, Debug)]
struct Place {
    member: Member,
    socket: Option<SocketId>,
    free_at: i64,
    /// Milliseconds of writing saved up, at most five thousand.
    credit: i64,
    credit_at: i64,
}

#[derive(Debug)]
pub struct Reference {
    facts: Facts,
    places: Vec<Place>,
    chats: u64,
    over: Option<EndReason>,
}

impl Reference {
    pub fn new(facts: Facts) -> Self {
        Self {
            facts,
            places: Vec::new(),
            chats: 0,
            over: None,
        }
    }

    pub fn roster(&self) -> Vec<Member> {
        self.places
            .iter()
            .map(|place| place.member.clone())
            .collect()
    }

    pub fn role_at(&self, socket: SocketId) -> Option<Role> {
        self.at(socket).map(|index| self.places[index].member.role)
    }

    fn at(&self, socket: SocketId) -> Option<usize> {
        self.places
            .iter()
            .position(|place| place.socket == Some(socket))
    }

    fn of(&self, peer: PeerId) -> Option<usize> {
        self.places
            .iter()
            .position(|place| place.member.peer == peer)
    }

    pub fn handle(&mut self, now: Timestamp, input: &Input) -> Expected {
        let mut expected = Expected::default();
        if matches!(
            input,
            Input::Join { .. } | Input::Message { .. } | Input::Deadline
        ) {
            if now >= self.facts.ends_at && self.over.is_none() {
                expected.facts.push(Fact::Expired);
                self.finish(EndReason::Expired {}, &mut expected);
            }
            self.places
                .retain(|place| place.socket.is_some() || place.free_at > now.0);
        }
        match input {
            Input::Join {
                socket,
                occupant,
                version,
                ..
            } => {
                self.join(now, *socket, occupant, *version, input, &mut expected);
            }
            Input::Message { socket, message } => {
                if let Some(index) = self.at(*socket) {
                    let refused = self.message(now, *socket, index, message, &mut expected);
                    expected
                        .rejected
                        .extend(refused.err().map(|code| (*socket, code)));
                }
            }
            Input::SocketClosed { socket } => self.lose(now, *socket),
            Input::Rescheduled {
                title,
                seats,
                ends_at,
            } => {
                self.facts.title.clone_from(title);
                self.facts.seats = *seats;
                self.facts.ends_at = *ends_at;
            }
            Input::Cancelled => self.finish(EndReason::Cancelled {}, &mut expected),
            Input::Removed { participant } => {
                self.free(*participant, CloseCode::NotAdmitted, &mut expected);
            }
            Input::SocketDismissed { socket, code } => {
                if let Some(index) = self.at(*socket) {
                    expected.closed.insert(*socket, *code);
                    match code {
                        code if code.returns() => self.lose(now, *socket),
                        _ => drop(self.places.remove(index)),
                    }
                }
            }
            Input::Deadline => {}
        }
        expected
    }

    fn join(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        occupant: &Occupant,
        version: u16,
        input: &Input,
        expected: &mut Expected,
    ) {
        let Input::Join { page, media, .. } = input else {
            return;
        };
        if self.at(socket).is_some() {
            expected.rejected.push((socket, RejectCode::AlreadyJoined));
        } else if version != VERSION {
            expected.closed.insert(socket, CloseCode::WrongVersion);
        } else if let Some(reason) = self.over.clone() {
            expected
                .said
                .push((socket, ServerMessage::Ended { reason }));
            expected.closed.insert(socket, CloseCode::Ended);
        } else {
            let member = Member {
                peer: occupant.participant.into(),
                name: occupant.name.clone(),
                role: occupant.role,
                page: *page,
                media: *media,
                hand: None,
                present: true,
            };
            match self.of(member.peer) {
                Some(index) => {
                    let before = self.places[index].socket.replace(socket);
                    let replaced = before.map(|before| (before, CloseCode::Replaced));
                    expected.closed.extend(replaced);
                    self.places[index].member = member;
                }
                None if self.places.len() + self.kept_from(occupant.role)
                    < 20.min(self.facts.seats as usize) =>
                {
                    let participant = occupant.participant;
                    expected.facts.push(Fact::Arrived { participant });
                    let socket = Some(socket);
                    let (credit, credit_at) = (5000, now.0);
                    self.places.push(Place {
                        member,
                        socket,
                        free_at: 0,
                        credit,
                        credit_at,
                    });
                }
                None => drop(expected.closed.insert(socket, CloseCode::Full)),
            }
        }
    }

    fn message(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        index: usize,
        message: &ClientMessage,
        expected: &mut Expected,
    ) -> Result<(), RejectCode> {
        let sender = self.places[index].member.clone();
        let from = sender.peer;
        match message.clone() {
            ClientMessage::Join { .. } => return Err(RejectCode::AlreadyJoined),
            ClientMessage::Offer {
                to,
                connection,
                number,
                sdp,
            } => {
                let target = self.target(from, to).ok_or(RejectCode::UnknownPeer)?;
                let target = target.ok_or(RejectCode::UnknownPeer)?;
                let offer = ServerMessage::Offer {
                    from,
                    connection,
                    number,
                    sdp,
                };
                expected.said.push((target, offer));
            }
            ClientMessage::Answer {
                to,
                connection,
                number,
                sdp,
            } => {
                let target = self.target(from, to).ok_or(RejectCode::UnknownPeer)?;
                let target = target.ok_or(RejectCode::UnknownPeer)?;
                let answer = ServerMessage::Answer {
                    from,
                    connection,
                    number,
                    sdp,
                };
                expected.said.push((target, answer));
            }
            ClientMessage::Candidate {
                to,
                connection,
                candidate,
            } => {
                let target = self.target(from, to).ok_or(RejectCode::UnknownPeer)?;
                let candidate = ServerMessage::Candidate {
                    from,
                    connection,
                    candidate,
                };
                expected
                    .said
                    .extend(target.map(|target| (target, candidate)));
            }
            ClientMessage::SetMedia { media } => self.places[index].member.media = media,
            ClientMessage::SendChat { text } => {
                let text = text.trim().to_owned();
                match text.chars().count() {
                    0 => return Err(RejectCode::Empty),
                    1..=2000 => {}
                    _ => return Err(RejectCode::TooLong),
                }
                self.spend(now, index)?;
                self.chats += 1;
                let (id, name) = (self.chats, sender.name);
                let message = ChatMessage {
                    id,
                    from,
                    name,
                    text,
                    at: now,
                };
                let sent = ServerMessage::ChatSent { message };
                self.tell_all(sent, expected);
            }
            ClientMessage::End {} if sender.role == Role::MainInterviewer => {
                expected.facts.push(Fact::Ended { by: from.into() });
                self.finish(EndReason::ByInterviewer { name: sender.name }, expected);
            }
            ClientMessage::End {} => return Err(RejectCode::Forbidden),
            ClientMessage::Leave {} => {
                expected.closed.insert(socket, CloseCode::Left);
                self.places.remove(index);
            }
            _ => return Err(RejectCode::Forbidden),
        }
        Ok(())
    }

    /// One seat is nobody's but the main interviewer's.
    fn kept_from(&self, role: Role) -> usize {
        let mut roles = self.places.iter().map(|place| place.member.role);
        let taken = roles.any(|role| role == Role::MainInterviewer);
        usize::from(role != Role::MainInterviewer && !taken)
    }

    fn target(&self, from: PeerId, to: PeerId) -> Option<Option<SocketId>> {
        let index = self.of(to).filter(|_| from != to)?;
        Some(self.places[index].socket)
    }

    fn spend(&mut self, now: Timestamp, index: usize) -> Result<(), RejectCode> {
        let place = &mut self.places[index];
        place.credit = (place.credit + now.0 - place.credit_at).min(5000);
        place.credit_at = now.0;
        if place.credit < 500 {
            return Err(RejectCode::TooFast);
        }
        place.credit -= 500;
        Ok(())
    }

    fn tell_all(&self, message: ServerMessage, expected: &mut Expected) {
        let sockets = self.places.iter().filter_map(|place| place.socket);
        expected
            .said
            .extend(sockets.map(|socket| (socket, message.clone())));
    }

    fn lose(&mut self, now: Timestamp, socket: SocketId) {
        if let Some(index) = self.at(socket) {
            let place = &mut self.places[index];
            place.socket = None;
            place.member.present = false;
            place.free_at = now.0 + 60_000;
        }
    }

    fn free(&mut self, participant: ParticipantId, code: CloseCode, expected: &mut Expected) {
        if let Some(index) = self.of(participant.into()) {
            let place = self.places.remove(index);
            expected
                .closed
                .extend(place.socket.map(|socket| (socket, code)));
        }
    }

    fn finish(&mut self, reason: EndReason, expected: &mut Expected) {
        if self.over.is_none() {
            self.over = Some(reason.clone());
            self.tell_all(ServerMessage::Ended { reason }, expected);
            let sockets = self.places.iter().filter_map(|place| place.socket);
            expected
                .closed
                .extend(sockets.map(|socket| (socket, CloseCode::Ended)));
            self.places.clear();
        }
    }
}
