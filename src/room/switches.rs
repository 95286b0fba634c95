//! What people send, switched by themselves or by whoever is in charge.

use crate::model::{PeerId, Timestamp};
use crate::protocol::{MediaState, RejectCode, ServerMessage};

use super::allowance::SWITCHES;
use super::requests::{Sender, Taken};
use super::{Output, Room, send};

/// What was switched off for somebody whose page has not said anything since: it may not have heard
/// of it, so whoever comes back is told again instead of being heard again.
#[derive(Debug, Default)]
pub(super) struct Unheard {
    muted_by: Option<String>,
    share_stopped_by: Option<String>,
}

impl Unheard {
    /// What a page that comes back with `media` really sends.
    pub fn applied_to(&self, media: MediaState) -> MediaState {
        MediaState {
            microphone: media.microphone && self.muted_by.is_none(),
            screen: media.screen && self.share_stopped_by.is_none(),
            ..media
        }
    }

    /// What to tell it.
    pub fn messages(&self) -> impl Iterator<Item = ServerMessage> {
        let muted = self.muted_by.clone();
        let stopped = self.share_stopped_by.clone();
        let muted = muted.map(|by| ServerMessage::Muted { by });
        muted
            .into_iter()
            .chain(stopped.map(|by| ServerMessage::ShareStopped { by }))
    }
}

impl Room {
    pub(super) fn set_media(
        &mut self,
        now: Timestamp,
        sender: Sender,
        media: MediaState,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        let seat = self.seats.at_mut(sender.socket);
        let seat = seat.ok_or(RejectCode::Forbidden)?;
        if seat.media != media {
            if !seat.allowances.switches.take(now, SWITCHES) {
                return Err(RejectCode::TooFast);
            }
            seat.media = media;
            let peer = seat.peer();
            let others = self.seats.sockets_without(sender.participant);
            send(others, ServerMessage::MediaChanged { peer, media }, outputs);
        }
        if let Some(seat) = self.seats.at_mut(sender.socket) {
            seat.unheard = Unheard::default();
        }
        Ok(())
    }

    pub(super) fn mute(
        &mut self,
        sender: Sender,
        peer: PeerId,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        self.check_target(peer)?;
        let by = self.name_of(sender);
        let Some(seat) = self.seats.of_mut(peer.into()) else {
            return Err(RejectCode::UnknownPeer);
        };
        if seat.media.microphone {
            seat.media.microphone = false;
            seat.unheard.muted_by = Some(by.clone());
            self.tell_switched_off(peer, ServerMessage::Muted { by }, outputs);
        }
        Ok(())
    }

    pub(super) fn stop_share(
        &mut self,
        sender: Sender,
        peer: PeerId,
        outputs: &mut Vec<Output>,
    ) -> Taken {
        self.check_target(peer)?;
        let by = self.name_of(sender);
        let Some(seat) = self.seats.of_mut(peer.into()) else {
            return Err(RejectCode::UnknownPeer);
        };
        if seat.media.screen {
            seat.media.screen = false;
            seat.unheard.share_stopped_by = Some(by.clone());
            self.tell_switched_off(peer, ServerMessage::ShareStopped { by }, outputs);
        }
        Ok(())
    }

    fn tell_switched_off(&self, peer: PeerId, word: ServerMessage, outputs: &mut Vec<Output>) {
        if let Some(seat) = self.seats.of(peer.into()) {
            let media = seat.media;
            let changed = ServerMessage::MediaChanged { peer, media };
            send(self.seats.sockets(), changed, outputs);
            send(seat.socket().into_iter().collect(), word, outputs);
        }
    }
}
