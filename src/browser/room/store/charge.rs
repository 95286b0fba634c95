//! Who may do what now, and what whoever is in charge did to this person.

use leptos::prelude::*;

use super::RoomStore;
use crate::{
    model::{PeerId, Role, Timestamp},
    protocol::ServerMessage,
};

/// Something that happened to this person, or that they must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Their microphone was switched off.
    Muted { by: String },
    /// Their screen share was ended.
    ShareStopped { by: String },
    /// They have this role from now on.
    RoleIs(Role),
    /// They run the interview while the main interviewer, by name if it is known, is away.
    StandsIn { away: Option<String> },
    /// They do not run the interview any more; by name who does, if anybody.
    StandInOver { by: Option<String> },
    /// The interview ends at another time than was known.
    EndsAt(Timestamp),
}

impl Notice {
    /// True when the newer notice makes this one old news.
    fn is_outdated_by(&self, newer: &Self) -> bool {
        let charge =
            |notice: &Self| matches!(notice, Self::StandsIn { .. } | Self::StandInOver { .. });
        std::mem::discriminant(self) == std::mem::discriminant(newer)
            || (charge(self) && charge(newer))
    }
}

impl RoomStore {
    /// Takes a notice away that was read.
    pub fn dismiss(self, notice: &Notice) {
        self.notices
            .update(|notices| notices.retain(|shown| shown != notice));
    }

    pub(super) fn tell(self, notice: Notice) {
        self.notices.update(|notices| {
            notices.retain(|shown| !shown.is_outdated_by(&notice));
            notices.push(notice);
        });
    }

    pub(super) fn apply_charge(self, message: &ServerMessage) {
        match message {
            ServerMessage::RoleChanged { peer, role } => {
                self.change(*peer, |member| member.role = *role);
                if self.is_me_untracked(*peer) && self.role.get_untracked() != *role {
                    self.take_role(*role);
                    self.tell(Notice::RoleIs(*role));
                }
            }
            ServerMessage::ChargeChanged { peer } => self.put_in_charge(*peer),
            ServerMessage::LockChanged { locked } => self.locked.set(*locked),
            ServerMessage::Muted { by } => self.tell(Notice::Muted { by: by.clone() }),
            ServerMessage::ShareStopped { by } => {
                self.tell(Notice::ShareStopped { by: by.clone() });
            }
            _ => {}
        }
    }

    /// What only interviewers may see goes with the role.
    pub(super) fn take_role(self, role: Role) {
        self.role.set(role);
        if !role.may_see_details() {
            self.forget_overview();
        }
    }

    /// Notes who runs the interview, and tells a stand-in when it begins and when it is over.
    pub(super) fn put_in_charge(self, peer: Option<PeerId>) {
        let before = self.in_charge.get_untracked();
        self.in_charge.set(peer);
        if before == peer || self.role.get_untracked() == Role::MainInterviewer {
            return;
        }
        let mine = |peer: Option<PeerId>| peer.is_some_and(|peer| self.is_me_untracked(peer));
        if mine(peer) {
            let away = self.host.get_value();
            self.tell(Notice::StandsIn { away });
        } else if mine(before) {
            let by = peer.and_then(|peer| self.name_untracked(peer));
            self.tell(Notice::StandInOver { by });
        }
    }

    /// Says so when the end is another one than this page showed.
    pub(super) fn notice_end(self, ends_at: Timestamp) {
        let before = self.ends_at.get_untracked();
        if before.is_some_and(|before| before != ends_at) && !self.waits.get_untracked() {
            self.tell(Notice::EndsAt(ends_at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_outdates_those_of_its_kind_and_being_in_charge_its_end() {
        let muted = |by: &str| Notice::Muted { by: by.into() };
        assert!(muted("Anna").is_outdated_by(&muted("David")));
        let shared = Notice::ShareStopped { by: "Anna".into() };
        assert!(!muted("Anna").is_outdated_by(&shared));
        let begins = Notice::StandsIn { away: None };
        let ends = Notice::StandInOver { by: None };
        assert!(begins.is_outdated_by(&ends) && ends.is_outdated_by(&begins));
        assert!(!begins.is_outdated_by(&Notice::RoleIs(Role::Interviewee)));
    }
}
