//! What seated people ask for; every right is decided by the seat, never by the message.

use crate::model::{Language, ParticipantId, Timestamp};
use crate::protocol::{
    ChatMessage, ClientMessage, CloseCode, EndReason, LONGEST_CHAT, MediaState, RejectCode,
    ServerMessage,
};

use super::allowance::{CHAT, OFFERS, REPLIES, SWITCHES};
use super::{Fact, Output, Room, SocketId, reject, send};

/// Who sent a message, as the seat says and not as the message does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sender {
    socket: SocketId,
    pub participant: ParticipantId,
    language: Language,
}

/// A refused message changes nothing.
pub(super) type Taken = Result<(), RejectCode>;

impl Room {
    pub(super) fn handle_message(
        &mut self,
        now: Timestamp,
        socket: SocketId,
        message: ClientMessage,
        outputs: &mut Vec<Output>,
    ) {
        let Some(seat) = self.seats.at(socket) else {
            return;
        };
        let sender = Sender {
            socket,
            participant: seat.participant(),
            language: seat.occupant.language,
        };
        if let Err(code) = self.take_message(now, sender, message, outputs) {
            reject(sender.socket, sender.language, code, outputs);
        }
    }

    fn take_message(
        &mut self,
        now: Timestamp,
        sender: Sender,
        message: ClientMessage,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        match message {
            ClientMessage::Join { .. } => Err(RejectCode::AlreadyJoined),
            ClientMessage::Offer { .. }
            | ClientMessage::Answer { .. }
            | ClientMessage::Candidate { .. } => {
                if self.may_signal(now, sender, &message) {
                    self.pass_on(sender, message, outputs)
                } else {
                    Ok(())
                }
            }
            ClientMessage::SetMedia { media } => self.set_media(now, sender, media, outputs),
            ClientMessage::SendChat { text } => self.send_chat(now, sender, &text, outputs),
            ClientMessage::End {} => self.end(sender, outputs),
            ClientMessage::SetSpeaking { .. }
            | ClientMessage::ReportLinks { .. }
            | ClientMessage::RaiseHand {}
            | ClientMessage::LowerHand { .. }
            | ClientMessage::React { .. }
            | ClientMessage::ChangeRole { .. }
            | ClientMessage::Admit { .. }
            | ClientMessage::AdmitAll {}
            | ClientMessage::Refuse { .. }
            | ClientMessage::SendToWaiting { .. }
            | ClientMessage::Mute { .. }
            | ClientMessage::StopShare { .. }
            | ClientMessage::Remove { .. }
            | ClientMessage::SetLock { .. }
            | ClientMessage::Extend { .. } => Err(RejectCode::Forbidden),
            ClientMessage::Leave {} => {
                self.vacate(sender.participant, CloseCode::Left, outputs);
                Ok(())
            }
        }
    }

    /// Takes a signal from the sender's allowance.
    fn may_signal(&mut self, now: Timestamp, sender: Sender, signal: &ClientMessage) -> bool {
        let Some(seat) = self.seats.at_mut(sender.socket) else {
            return false;
        };
        match signal {
            ClientMessage::Offer { .. } => seat.allowances.offers.take(now, OFFERS),
            _ => seat.allowances.replies.take(now, REPLIES),
        }
    }

    fn set_media(
        &mut self,
        now: Timestamp,
        sender: Sender,
        media: MediaState,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let Some(seat) = self.seats.at_mut(sender.socket) else {
            return Ok(());
        };
        if seat.media != media {
            if !seat.allowances.switches.take(now, SWITCHES) {
                return Err(RejectCode::TooFast);
            }
            seat.media = media;
            let peer = sender.participant.into();
            let others = self.seats.sockets_without(sender.participant);
            send(others, ServerMessage::MediaChanged { peer, media }, outputs);
        }
        Ok(())
    }

    fn send_chat(
        &mut self,
        now: Timestamp,
        sender: Sender,
        text: &str,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let text = text.trim();
        if text.is_empty() {
            return Err(RejectCode::Empty);
        }
        if text.chars().count() > LONGEST_CHAT as usize {
            return Err(RejectCode::TooLong);
        }
        let Some(seat) = self.seats.at_mut(sender.socket) else {
            return Ok(());
        };
        if !seat.allowances.chat.take(now, CHAT) {
            return Err(RejectCode::TooFast);
        }
        self.chat_count += 1;
        let message = ChatMessage {
            id: self.chat_count,
            from: seat.peer(),
            name: seat.occupant.name.clone(),
            text: text.to_owned(),
            at: now,
        };
        let sent = ServerMessage::ChatSent { message };
        send(self.seats.sockets(), sent, outputs);
        Ok(())
    }

    fn end(&mut self, sender: Sender, outputs: &mut Vec<Output>) -> Taken {
        let seat = self.seats.at(sender.socket).ok_or(RejectCode::Forbidden)?;
        if !seat.occupant.role.may_run_the_interview() {
            return Err(RejectCode::Forbidden);
        }
        let name = seat.occupant.name.clone();
        outputs.push(Output::Record(Fact::Ended {
            by: sender.participant,
        }));
        self.finish(EndReason::ByInterviewer { name }, outputs);
        Ok(())
    }
}
