//! What seated people ask for; every right is decided by the seat, never by the message.

use crate::model::{Language, ParticipantId, Timestamp};
use crate::protocol::{ClientMessage, CloseCode, RejectCode};

use super::allowance::{OFFERS, REPLIES};
use super::{Output, Room, SocketId, reject};

/// Who sent a message, as the seat says and not as the message does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sender {
    pub socket: SocketId,
    pub participant: ParticipantId,
    pub language: Language,
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
        let Some(sender) = self.sender(socket) else {
            return self.handle_waiting_message(now, socket, message, outputs);
        };
        let about = message.tag();
        if let Err(code) = self.take_message(now, sender, message, outputs) {
            reject(sender.socket, sender.language, about, code, outputs);
        }
    }

    /// Who sits at a socket.
    pub(super) fn sender(&self, socket: SocketId) -> Option<Sender> {
        let seat = self.seats.at(socket)?;
        Some(Sender {
            socket,
            participant: seat.participant(),
            language: seat.occupant.language,
        })
    }

    fn take_message(
        &mut self,
        now: Timestamp,
        sender: Sender,
        message: ClientMessage,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        match message {
            ClientMessage::Join { .. } => return Err(RejectCode::AlreadyJoined),
            ClientMessage::Offer { .. }
            | ClientMessage::Answer { .. }
            | ClientMessage::Candidate { .. } => {
                if self.may_signal(now, sender, &message) {
                    self.pass_on(sender, message, outputs)?;
                }
            }
            ClientMessage::SetMedia { media } => self.set_media(now, sender, media, outputs)?,
            ClientMessage::SetSpeaking { speaking } => {
                self.set_speaking(now, sender, speaking, outputs);
            }
            ClientMessage::ReportLinks { links } => {
                self.report_links(now, sender.participant, links, outputs);
            }
            ClientMessage::SendChat { text } => self.send_chat(now, sender, &text, outputs)?,
            ClientMessage::RaiseHand {} => self.raise_hand(now, sender, outputs)?,
            ClientMessage::LowerHand { peer } => self.lower_hand(now, sender, peer, outputs)?,
            ClientMessage::React { reaction } => self.react(now, sender, reaction, outputs)?,
            ClientMessage::ShowQuestion { .. }
            | ClientMessage::HideQuestion { .. }
            | ClientMessage::Look { .. }
            | ClientMessage::ReportRun { .. } => self.take_work(now, sender, message, outputs)?,
            ClientMessage::ChangeRole { .. }
            | ClientMessage::Admit { .. }
            | ClientMessage::AdmitAll {}
            | ClientMessage::Refuse { .. }
            | ClientMessage::SendToWaiting { .. }
            | ClientMessage::Mute { .. }
            | ClientMessage::StopShare { .. }
            | ClientMessage::Remove { .. }
            | ClientMessage::SetLock { .. }
            | ClientMessage::Extend { .. }
            | ClientMessage::End {} => self.take_command(now, sender, message, outputs)?,
            ClientMessage::Leave {} => self.vacate(sender.participant, CloseCode::Left, outputs),
        }
        Ok(())
    }

    /// Takes what is about questions and answers.
    fn take_work(
        &mut self,
        now: Timestamp,
        sender: Sender,
        message: ClientMessage,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        match message {
            ClientMessage::ShowQuestion { question } => {
                self.show_question(now, sender, question, outputs)
            }
            ClientMessage::HideQuestion { question } => {
                self.hide_question(now, sender, question, outputs)
            }
            ClientMessage::Look { at } => self.look(now, sender, at, outputs),
            ClientMessage::ReportRun { answer, run } => {
                self.report_run(now, sender, answer, run, outputs)
            }
            _ => Err(RejectCode::Forbidden),
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
}
