//! What is written: to everyone, or by whoever is in charge to one person who waits.

use crate::model::{PeerId, Timestamp};
use crate::protocol::{ChatMessage, LONGEST_CHAT, RejectCode, ServerMessage};

use super::allowance::CHAT;
use super::requests::{Sender, Taken};
use super::{Output, Room, send};

impl Room {
    pub(super) fn send_chat(
        &mut self,
        now: Timestamp,
        sender: Sender,
        text: &str,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let text = checked(text)?;
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        if !seat.allowances.chat.take(now, CHAT) {
            return Err(RejectCode::TooFast);
        }
        let (from, name) = (seat.peer(), seat.occupant.name.clone());
        let message = self.backlog.add(|id| ChatMessage {
            id,
            from,
            name,
            text,
            at: now,
        });
        let sent = ServerMessage::ChatSent { message };
        send(self.seats.sockets(), sent, outputs);
        Ok(())
    }

    /// Nobody else hears it, and it is not remembered.
    pub(super) fn send_to_waiting(
        &mut self,
        now: Timestamp,
        sender: Sender,
        peer: PeerId,
        text: &str,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let waiter = self.queue.of(peer.into());
        let socket = waiter.and_then(|waiter| waiter.socket());
        let socket = socket.ok_or(RejectCode::UnknownPeer)?;
        let text = checked(text)?;
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        if !seat.allowances.chat.take(now, CHAT) {
            return Err(RejectCode::TooFast);
        }
        let word = ServerMessage::SentToWaiting {
            from: seat.occupant.name.clone(),
            text,
            at: now,
        };
        send(vec![socket], word, outputs);
        Ok(())
    }
}

fn checked(text: &str) -> Result<String, RejectCode> {
    let text = text.trim();
    if text.is_empty() {
        return Err(RejectCode::Empty);
    }
    if text.chars().count() > LONGEST_CHAT as usize {
        return Err(RejectCode::TooLong);
    }
    Ok(text.to_owned())
}
