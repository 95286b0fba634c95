//! What whoever is in charge does, as the naive room takes it.

use crate::model::{PeerId, Role, Timestamp};
use crate::protocol::{ClientMessage, CloseCode, EndReason, RejectCode, ServerMessage};
use crate::room::{Fact, SocketId};

use super::{Answer, Expected, Reference, words::written};

impl Reference {
    pub(super) fn command(
        &mut self,
        now: Timestamp,
        index: usize,
        command: ClientMessage,
        expected: &mut Expected,
    ) -> Result<(), RejectCode> {
        let sender = self.places[index].member.clone();
        let main = sender.role == Role::MainInterviewer;
        if !main && self.in_charge(now) != Some(sender.peer) {
            return Err(RejectCode::Forbidden);
        }
        if let ClientMessage::LowerHand { peer } = command {
            let target = self.other(peer)?;
            self.places[target].member.hand = None;
            return Ok(());
        }
        if !self.places[index].commands.spend(now) {
            return Err(RejectCode::TooFast);
        }
        let (by, until) = (sender.name.clone(), now.0 + 30_000);
        match command {
            ClientMessage::Admit { peer } => self.admit(now, peer, expected)?,
            ClientMessage::AdmitAll {} => {
                let waiting = self.waiting();
                let admit = |(peer, _): &(PeerId, Timestamp)| self.admit(now, *peer, expected);
                let admitted: Vec<_> = waiting.iter().map(admit).collect();
                if admitted.first() == Some(&Err(RejectCode::NoSeat)) {
                    return Err(RejectCode::NoSeat);
                }
            }
            ClientMessage::Refuse { peer, reason } => {
                let waits = self.waits(peer).ok_or(RejectCode::UnknownPeer)?;
                let reason = reason.trim().to_owned();
                if reason.chars().count() > 200 {
                    return Err(RejectCode::TooLong);
                }
                let word = ServerMessage::Refused { by, reason };
                let socket = self.queue[waits].socket;
                expected
                    .said
                    .extend(socket.map(|socket| (socket, word.clone())));
                self.free(peer, CloseCode::Refused, expected);
                self.answers.insert(peer, (Answer::Refused(word), until));
            }
            ClientMessage::SendToWaiting { peer, text } => {
                let socket = self.socket_of_waiter(peer)?;
                let text = written(&text)?;
                if !self.places[index].chat.spend(now) {
                    return Err(RejectCode::TooFast);
                }
                let (from, at) = (by, now);
                let word = ServerMessage::SentToWaiting { from, text, at };
                expected.said.push((socket, word));
            }
            ClientMessage::Mute { peer } => {
                let target = self.other(peer)?;
                let place = &mut self.places[target];
                if std::mem::take(&mut place.member.media.microphone) {
                    place.muted_by = Some(by.clone());
                    let word = ServerMessage::Muted { by };
                    expected
                        .said
                        .extend(place.socket.map(|socket| (socket, word)));
                }
            }
            ClientMessage::StopShare { peer } => {
                let target = self.other(peer)?;
                let place = &mut self.places[target];
                if std::mem::take(&mut place.member.media.screen) {
                    place.stopped_by = Some(by.clone());
                    let word = ServerMessage::ShareStopped { by };
                    expected
                        .said
                        .extend(place.socket.map(|socket| (socket, word)));
                }
            }
            other => return self.larger_command(now, sender.peer, other, expected),
        }
        Ok(())
    }

    fn larger_command(
        &mut self,
        now: Timestamp,
        sender: PeerId,
        command: ClientMessage,
        expected: &mut Expected,
    ) -> Result<(), RejectCode> {
        let until = now.0 + 30_000;
        match command {
            ClientMessage::ChangeRole { peer, role } => {
                let target = self.other(peer)?;
                if role == Role::MainInterviewer {
                    return Err(RejectCode::Forbidden);
                }
                let member = &mut self.places[target].member;
                if member.role != role {
                    member.role = role;
                    self.answers.insert(peer, (Answer::Role(role), until));
                    let participant = peer.into();
                    let fact = Fact::RoleChanged { participant, role };
                    expected.facts.push(fact);
                }
            }
            ClientMessage::Remove { peer } => {
                if self.waits(peer).is_none() {
                    self.other(peer)?;
                }
                if peer == sender {
                    return Err(RejectCode::Forbidden);
                }
                let participant = peer.into();
                expected.facts.push(Fact::Removed { participant });
                self.answers.insert(peer, (Answer::Removed, until));
                self.free(peer, CloseCode::Removed, expected);
            }
            ClientMessage::SetLock { locked } => {
                if self.facts.locked != locked {
                    self.facts.locked = locked;
                    expected.facts.push(Fact::LockSet { locked });
                }
            }
            ClientMessage::Extend { minutes } => {
                let ends_at = Timestamp(self.facts.ends_at.0 + 60_000 * i64::from(minutes));
                let offered = [5, 15, 30].contains(&minutes);
                if !offered || ends_at.0 > now.0 + 8 * 3_600_000 {
                    return Err(RejectCode::OutOfRange);
                }
                self.facts.ends_at = ends_at;
                expected.facts.push(Fact::Extended { ends_at });
            }
            ClientMessage::End {} => {
                expected.facts.push(Fact::Ended { by: sender.into() });
                let index = self.of(sender).ok_or(RejectCode::Forbidden)?;
                let name = self.places[index].member.name.clone();
                self.finish(EndReason::ByInterviewer { name }, expected);
            }
            _ => return Err(RejectCode::Forbidden),
        }
        Ok(())
    }

    /// Somebody who has a seat and is not the main interviewer.
    fn other(&self, peer: PeerId) -> Result<usize, RejectCode> {
        let index = self.of(peer).ok_or(RejectCode::UnknownPeer)?;
        match self.places[index].member.role {
            Role::MainInterviewer => Err(RejectCode::Forbidden),
            _ => Ok(index),
        }
    }

    fn socket_of_waiter(&self, peer: PeerId) -> Result<SocketId, RejectCode> {
        let index = self.waits(peer).ok_or(RejectCode::UnknownPeer)?;
        self.queue[index].socket.ok_or(RejectCode::UnknownPeer)
    }
}
