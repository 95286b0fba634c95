//! Passes offers, answers and candidates between two who are present; looks at the address only.

use crate::model::PeerId;
use crate::protocol::{ClientMessage, RejectCode, ServerMessage};

use super::requests::{Sender, Taken};
use super::{Output, Room, send};

impl Room {
    pub(super) fn pass_on(
        &self,
        sender: Sender,
        signal: ClientMessage,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let to = target_of(&signal);
        let Some(signal) = as_heard(sender.participant.into(), signal) else {
            return Ok(());
        };
        let mut others = self.seats.without(sender.participant);
        let target = others
            .find(|seat| Some(seat.peer()) == to)
            .ok_or(RejectCode::UnknownPeer)?;
        match (target.socket(), &signal) {
            (Some(socket), _) => send(vec![socket], signal, outputs),
            // Candidates go on trickling for a while after a socket is lost, and are worth nothing
            // to somebody who comes back: no reason to tell the sender about each.
            (None, ServerMessage::Candidate { .. }) => {}
            (None, _) => return Err(RejectCode::UnknownPeer),
        }
        Ok(())
    }
}

/// Who a signal is for; `None` for anything but a signal.
fn target_of(signal: &ClientMessage) -> Option<PeerId> {
    match signal {
        ClientMessage::Offer { to, .. }
        | ClientMessage::Answer { to, .. }
        | ClientMessage::Candidate { to, .. } => Some(*to),
        _ => None,
    }
}

/// What the target of a signal hears; `None` for anything but a signal.
fn as_heard(from: PeerId, signal: ClientMessage) -> Option<ServerMessage> {
    match signal {
        ClientMessage::Offer {
            connection,
            number,
            sdp,
            ..
        } => Some(ServerMessage::Offer {
            from,
            connection,
            number,
            sdp,
        }),
        ClientMessage::Answer {
            connection,
            number,
            sdp,
            ..
        } => Some(ServerMessage::Answer {
            from,
            connection,
            number,
            sdp,
        }),
        ClientMessage::Candidate {
            connection,
            candidate,
            ..
        } => Some(ServerMessage::Candidate {
            from,
            connection,
            candidate,
        }),
        _ => None,
    }
}
