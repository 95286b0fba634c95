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
        let Some((to, signal)) = as_heard(sender.participant.into(), signal) else {
            return Ok(());
        };
        let mut others = self.seats.without(sender.participant);
        let target = others
            .find(|seat| seat.peer() == to)
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

/// Who a signal is for, and what they hear; `None` for anything but a signal.
fn as_heard(from: PeerId, signal: ClientMessage) -> Option<(PeerId, ServerMessage)> {
    match signal {
        ClientMessage::Offer {
            to,
            connection,
            number,
            sdp,
        } => Some((
            to,
            ServerMessage::Offer {
                from,
                connection,
                number,
                sdp,
            },
        )),
        ClientMessage::Answer {
            to,
            connection,
            number,
            sdp,
        } => Some((
            to,
            ServerMessage::Answer {
                from,
                connection,
                number,
                sdp,
            },
        )),
        ClientMessage::Candidate {
            to,
            connection,
            candidate,
        } => Some((
            to,
            ServerMessage::Candidate {
                from,
                connection,
                candidate,
            },
        )),
        _ => None,
    }
}
