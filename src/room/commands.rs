//! What only whoever is in charge may do; every right is looked up at the moment of the message.

use std::time::Duration;

use crate::model::interview::LONGEST_MINUTES;
use crate::model::{PeerId, Role, Timestamp};
use crate::protocol::{ClientMessage, CloseCode, EXTENSIONS, EndReason, RejectCode, ServerMessage};

use super::allowance::COMMANDS;
use super::requests::{Sender, Taken};
use super::verdicts::Verdict;
use super::{Fact, Output, Room, send};

impl Room {
    /// Refuses everybody who is not in charge before looking any further.
    pub(super) fn take_command(
        &mut self,
        now: Timestamp,
        sender: Sender,
        command: ClientMessage,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        self.check_charge(now, sender)?;
        self.check_pace(now, sender)?;
        match command {
            ClientMessage::ChangeRole { peer, role } => self.change_role(now, peer, role, outputs),
            ClientMessage::Admit { peer } => self.admit(now, peer, outputs),
            ClientMessage::AdmitAll {} => self.admit_all(now, outputs),
            ClientMessage::Refuse { peer, reason } => {
                self.refuse(now, sender, peer, &reason, outputs)
            }
            ClientMessage::SendToWaiting { peer, text } => {
                self.send_to_waiting(now, sender, peer, &text, outputs)
            }
            ClientMessage::Mute { peer } => self.mute(sender, peer, outputs),
            ClientMessage::StopShare { peer } => self.stop_share(sender, peer, outputs),
            ClientMessage::Remove { peer } => self.remove(now, sender, peer, outputs),
            ClientMessage::SetLock { locked } => {
                self.set_lock(locked, outputs);
                Ok(())
            }
            ClientMessage::Extend { minutes } => self.extend(now, minutes, outputs),
            ClientMessage::End {} => {
                self.end(sender, outputs);
                Ok(())
            }
            _ => Err(RejectCode::Forbidden),
        }
    }

    pub(super) fn check_charge(&self, now: Timestamp, sender: Sender) -> Taken {
        let in_charge = self.is_in_charge(now, sender.participant);
        in_charge.then_some(()).ok_or(RejectCode::Forbidden)
    }

    /// Whether anything may be done to whoever has this seat.
    pub(super) fn check_target(&self, peer: PeerId) -> Taken {
        let seat = self.seats.of(peer.into());
        let seat = seat.ok_or(RejectCode::UnknownPeer)?;
        let may = seat.role().may_be_acted_on();
        may.then_some(()).ok_or(RejectCode::Forbidden)
    }

    fn check_pace(&mut self, now: Timestamp, sender: Sender) -> Taken {
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        let in_time = seat.allowances.commands.take(now, COMMANDS);
        in_time.then_some(()).ok_or(RejectCode::TooFast)
    }

    pub(super) fn name_of(&self, sender: Sender) -> String {
        let seat = self.seats.of(sender.participant);
        seat.map(|seat| seat.occupant.name.clone())
            .unwrap_or_default()
    }

    /// The fact first: a role that everybody saw must not be gone after a restart.
    fn change_role(
        &mut self,
        now: Timestamp,
        peer: PeerId,
        role: Role,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        self.check_target(peer)?;
        if !role.may_be_given() {
            return Err(RejectCode::Forbidden);
        }
        let Some(seat) = self.seats.of_mut(peer.into()) else {
            return Err(RejectCode::UnknownPeer);
        };
        if seat.role() == role {
            return Ok(());
        }
        seat.occupant.role = role;
        let participant = seat.participant();
        self.verdicts.note(now, participant, Verdict::Role(role));
        outputs.push(Output::Record(Fact::RoleChanged { participant, role }));
        let changed = ServerMessage::RoleChanged { peer, role };
        send(self.seats.sockets(), changed, outputs);
        if let Some(seat) = self.seats.of(participant) {
            self.tell_overview(seat, outputs);
            self.tell_prepared_to(seat, outputs);
        }
        self.decide_looks_anew(outputs);
        Ok(())
    }

    /// Seated or waiting; the fact first, so that whoever comes back at once is refused already.
    fn remove(
        &mut self,
        now: Timestamp,
        sender: Sender,
        peer: PeerId,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let participant = peer.into();
        if self.queue.of(participant).is_none() {
            self.check_target(peer)?;
        }
        if sender.participant == participant {
            return Err(RejectCode::Forbidden);
        }
        self.verdicts.note(now, participant, Verdict::Removed);
        outputs.push(Output::Record(Fact::Removed { participant }));
        self.send_away(participant, CloseCode::Removed, outputs);
        Ok(())
    }

    fn set_lock(&mut self, locked: bool, outputs: &mut Vec<Output>) {
        if self.facts.locked != locked {
            self.facts.locked = locked;
            outputs.push(Output::Record(Fact::LockSet { locked }));
            let changed = ServerMessage::LockChanged { locked };
            send(self.seats.sockets(), changed, outputs);
        }
    }

    /// However often, never to an end further away than an interview may be long.
    fn extend(&mut self, now: Timestamp, minutes: u32, outputs: &mut Vec<Output>) -> Taken {
        let in_minutes = |minutes: u32| Duration::from_secs(60 * u64::from(minutes));
        let ends_at = self.facts.ends_at + in_minutes(minutes);
        if !EXTENSIONS.contains(&minutes) || ends_at > now + in_minutes(LONGEST_MINUTES) {
            return Err(RejectCode::OutOfRange);
        }
        self.facts.ends_at = ends_at;
        outputs.push(Output::Record(Fact::Extended { ends_at }));
        self.tell_clock(now, outputs);
        Ok(())
    }

    fn end(&mut self, sender: Sender, outputs: &mut Vec<Output>) {
        let (by, name) = (sender.participant, self.name_of(sender));
        outputs.push(Output::Record(Fact::Ended { by }));
        self.finish(EndReason::ByInterviewer { name }, outputs);
    }
}
