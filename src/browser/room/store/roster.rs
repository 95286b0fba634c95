//! Who sits in the room: the members as signals, this person included. Connections stand elsewhere.

use leptos::prelude::*;

use super::RoomStore;
use crate::{
    model::{PeerId, Role},
    protocol::Member,
};

impl RoomStore {
    /// The member of that seat as it stands, not this person's own. Reactive.
    pub fn member(self, peer: PeerId) -> Option<Member> {
        self.members
            .with(|members| members.iter().find(|member| member.peer == peer).cloned())
    }

    /// This person first, then the others in the order of their arrival. Reactive.
    pub fn everyone(self) -> Vec<Member> {
        let others = self.members.get();
        self.me.get().into_iter().chain(others).collect()
    }

    /// True for this person's own seat. Reactive.
    pub fn is_me(self, peer: PeerId) -> bool {
        self.me
            .with(|me| me.as_ref().is_some_and(|me| me.peer == peer))
    }

    pub(super) fn is_me_untracked(self, peer: PeerId) -> bool {
        untrack(|| self.is_me(peer))
    }

    pub(super) fn seat(self, member: &Member) {
        if self.is_me_untracked(member.peer) {
            return;
        }
        self.members.update(|members| {
            match members.iter_mut().find(|seated| seated.peer == member.peer) {
                Some(seated) => *seated = member.clone(),
                None => members.push(member.clone()),
            }
        });
        self.remember_host();
    }

    pub(in crate::browser::room) fn change(self, peer: PeerId, change: impl FnOnce(&mut Member)) {
        if self.is_me_untracked(peer) {
            return self.me.update(|me| {
                if let Some(me) = me {
                    change(me);
                }
            });
        }
        self.members.update(|members| {
            if let Some(member) = members.iter_mut().find(|member| member.peer == peer) {
                change(member);
            }
        });
    }

    pub(super) fn forget(self, peer: PeerId) {
        self.members
            .update(|members| members.retain(|member| member.peer != peer));
        self.links.update(|links| {
            links.remove(&peer);
        });
        self.streams.update(|streams| {
            streams.remove(&peer);
        });
        self.forget_details(peer);
    }

    /// Keeps the main interviewer's name for the time when they are away.
    pub(super) fn remember_host(self) {
        let name = untrack(|| self.everyone())
            .into_iter()
            .find(|member| member.role == Role::MainInterviewer)
            .map(|member| member.name);
        if name.is_some() {
            self.host.set_value(name);
        }
    }

    /// The name of whoever sits there now.
    pub(super) fn name_untracked(self, peer: PeerId) -> Option<String> {
        untrack(|| self.everyone())
            .into_iter()
            .find(|member| member.peer == peer)
            .map(|member| member.name)
    }
}
