//! What people show without words: raised hands, reactions, and that they are speaking.

use crate::model::{PeerId, Timestamp};
use crate::protocol::{Reaction, RejectCode, ServerMessage};

use super::allowance::{HANDS, REACTIONS, SPEAKING};
use super::requests::{Sender, Taken};
use super::{Output, Room, send};

impl Room {
    pub(super) fn raise_hand(
        &mut self,
        now: Timestamp,
        sender: Sender,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        if seat.hand.is_some() {
            return Ok(());
        }
        if !seat.allowances.hands.take(now, HANDS) {
            return Err(RejectCode::TooFast);
        }
        seat.hand = Some(now);
        let raised = ServerMessage::HandChanged {
            peer: seat.peer(),
            raised_at: seat.hand,
        };
        send(self.seats.sockets(), raised, outputs);
        Ok(())
    }

    /// Everybody lowers their own, whoever is in charge anybody's.
    pub(super) fn lower_hand(
        &mut self,
        now: Timestamp,
        sender: Sender,
        peer: PeerId,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        if PeerId::from(sender.participant) != peer {
            self.check_charge(now, sender)?;
            self.check_target(peer)?;
        }
        let seat = self.seats.of_mut(peer.into());
        let seat = seat.ok_or(RejectCode::UnknownPeer)?;
        if seat.hand.take().is_some() {
            let raised_at = None;
            let lowered = ServerMessage::HandChanged { peer, raised_at };
            send(self.seats.sockets(), lowered, outputs);
        }
        Ok(())
    }

    pub(super) fn react(
        &mut self,
        now: Timestamp,
        sender: Sender,
        reaction: Reaction,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        if !seat.allowances.reactions.take(now, REACTIONS) {
            return Err(RejectCode::TooFast);
        }
        let peer = seat.peer();
        let reacted = ServerMessage::Reacted { peer, reaction };
        send(self.seats.sockets(), reacted, outputs);
        Ok(())
    }

    /// Too many are dropped: the next change of mind mends what was missed.
    pub(super) fn set_speaking(
        &mut self,
        now: Timestamp,
        sender: Sender,
        speaking: bool,
        outputs: &mut Vec<Output>,
    ) {
        let Some(seat) = self.seats.at_mut(sender.socket) else {
            return;
        };
        if seat.allowances.speaking.take(now, SPEAKING) {
            let peer = seat.peer();
            let others = self.seats.sockets_without(sender.participant);
            let changed = ServerMessage::SpeakingChanged { peer, speaking };
            send(others, changed, outputs);
        }
    }
}
