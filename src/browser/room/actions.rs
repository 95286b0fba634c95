//! What a person asks the server for in the room, chat and leaving apart. Decides no right: the server
//! refuses what may not be.

use leptos::prelude::*;

use super::{Phase, RoomClient};
use crate::{
    model::{PeerId, Role},
    protocol::{ClientMessage, Reaction},
};

impl RoomClient {
    /// Raises the own hand, or takes it down.
    pub fn toggle_hand(self) {
        let Some(me) = self.store.me.get_untracked() else {
            return;
        };
        let peer = me.peer;
        self.ask(&match me.hand {
            Some(_) => ClientMessage::LowerHand { peer },
            None => ClientMessage::RaiseHand {},
        });
    }

    /// Takes somebody's hand down.
    pub fn lower_hand(self, peer: PeerId) {
        self.ask(&ClientMessage::LowerHand { peer });
    }

    /// Shows everyone a sign for a moment.
    pub fn react(self, reaction: Reaction) {
        self.ask(&ClientMessage::React { reaction });
    }

    /// Makes somebody a co-interviewer or an interviewee.
    pub fn change_role(self, peer: PeerId, role: Role) {
        self.ask(&ClientMessage::ChangeRole { peer, role });
    }

    /// Lets somebody in who waits.
    pub fn admit(self, peer: PeerId) {
        self.ask(&ClientMessage::Admit { peer });
    }

    /// Lets everybody in who waits.
    pub fn admit_all(self) {
        self.ask(&ClientMessage::AdmitAll {});
    }

    /// Sends somebody away who waits; false when the server could not be asked, as below.
    pub fn refuse(self, peer: PeerId, reason: String) -> bool {
        self.ask(&ClientMessage::Refuse { peer, reason })
    }

    /// Writes to one person who waits.
    pub fn send_to_waiting(self, peer: PeerId, text: String) -> bool {
        self.ask(&ClientMessage::SendToWaiting { peer, text })
    }

    /// Takes somebody out of the interview for good.
    pub fn remove(self, peer: PeerId) -> bool {
        self.ask(&ClientMessage::Remove { peer })
    }

    /// Switches somebody's microphone off.
    pub fn mute(self, peer: PeerId) {
        self.ask(&ClientMessage::Mute { peer });
    }

    /// Ends somebody's screen share.
    pub fn stop_share(self, peer: PeerId) {
        self.ask(&ClientMessage::StopShare { peer });
    }

    /// Lets everybody new wait until admitted, or not.
    pub fn set_lock(self, locked: bool) {
        self.ask(&ClientMessage::SetLock { locked });
    }

    /// Prolongs the interview.
    pub fn extend(self, minutes: u32) {
        self.ask(&ClientMessage::Extend { minutes });
    }

    /// Asks to end the interview for everyone. The server decides, and tells everyone.
    pub fn end(self) -> bool {
        self.ask(&ClientMessage::End {})
    }

    /// Sends what only somebody seated may say, or returns false when that cannot be now.
    pub(super) fn ask(self, message: &ClientMessage) -> bool {
        let live = self
            .store
            .phase
            .with_untracked(|phase| *phase == Phase::Live);
        let asked = live && self.driver().is_some_and(|driver| driver.send(message));
        if asked {
            self.store.rejected.set(None);
        }
        asked
    }
}
