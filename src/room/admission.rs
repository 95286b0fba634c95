//! Letting people in who wait, or not; and what they may say meanwhile.

use crate::model::{ParticipantId, PeerId, Timestamp};
use crate::protocol::{ClientMessage, CloseCode, LONGEST_REASON, RejectCode, ServerMessage};

use super::allowance::SWITCHES;
use super::requests::{Sender, Taken};
use super::verdicts::Verdict;
use super::{Output, Room, SocketId, close, reject, send};

impl Room {
    /// Takes a word of somebody who waits.
    pub(super) fn handle_waiting_message(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        message: ClientMessage,
        outputs: &mut Vec<Output>,
    ) {
        let Some(waiter) = self.queue.at_mut(socket) else {
            return;
        };
        let language = waiter.occupant.language;
        let about = message.tag();
        match message {
            ClientMessage::Leave {} => {
                let participant = waiter.participant();
                self.send_away(participant, CloseCode::Left, outputs);
            }
            ClientMessage::SetMedia { media } if waiter.media == media => {}
            ClientMessage::SetMedia { media } if waiter.switches.take(now, SWITCHES) => {
                waiter.media = media;
            }
            ClientMessage::SetMedia { .. } => {
                reject(socket, language, about, RejectCode::TooFast, outputs);
            }
            _ => reject(socket, language, about, RejectCode::NotSeated, outputs),
        }
    }

    pub(super) fn admit(
        &mut self,
        now: Timestamp,
        peer: PeerId,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let participant = ParticipantId::from(peer);
        let waiter = self.queue.of(participant).ok_or(RejectCode::UnknownPeer)?;
        if !self.has_seat_for(waiter.occupant.role) {
            return Err(RejectCode::NoSeat);
        }
        let Some(waiter) = self.queue.remove(participant) else {
            return Err(RejectCode::UnknownPeer);
        };
        let ended = ServerMessage::KnockEnded { peer };
        send(self.interviewers(), ended, outputs);
        // Somebody whose socket is gone for a moment finds the seat kept when they are back.
        let presence = waiter.presence.kept_from(now);
        self.add_seat(now, waiter.occupant, waiter.pages, waiter.media, presence);
        self.introduce(now, participant, outputs);
        Ok(())
    }

    /// As many as there are seats for, the longest waiting first; refused only if that is nobody.
    pub(super) fn admit_all(&mut self, now: Timestamp, outputs: &mut Vec<Output>) -> Taken {
        let waiting: Vec<PeerId> = self.queue.iter().map(|waiter| waiter.peer()).collect();
        for (place, peer) in waiting.into_iter().enumerate() {
            match self.admit(now, peer, outputs) {
                Err(code) if place == 0 => return Err(code),
                Err(_) => break,
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// Sends somebody away who waits, and remembers for a while that it was so.
    pub(super) fn refuse(
        &mut self,
        now: Timestamp,
        sender: Sender,
        peer: PeerId,
        reason: &str,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let participant = ParticipantId::from(peer);
        let waiter = self.queue.of(participant).ok_or(RejectCode::UnknownPeer)?;
        let reason = reason.trim().to_owned();
        if reason.chars().count() > LONGEST_REASON as usize {
            return Err(RejectCode::TooLong);
        }
        let by = self.name_of(sender);
        let socket = waiter.socket();
        let refused = ServerMessage::Refused {
            by: by.clone(),
            reason: reason.clone(),
        };
        send(socket.into_iter().collect(), refused, outputs);
        close(socket, CloseCode::Refused, outputs);
        self.end_knock(participant, outputs);
        let verdict = Verdict::Refused { by, reason };
        self.verdicts.note(now, participant, verdict);
        Ok(())
    }
}
