//! Which question and whose answer stand in front, and who can have answers. Changes nothing.

use super::Owner;
use crate::{
    model::{PeerId, Role},
    protocol::Member,
};

/// The first wish that can be had, else the first of all.
pub(super) fn choose<T: Copy + PartialEq>(offered: &[T], wishes: [Option<T>; 2]) -> Option<T> {
    let mut wishes = wishes.into_iter().flatten();
    let wished = wishes.find(|wished| offered.contains(wished));
    wished.or_else(|| offered.first().copied())
}

/// The interviewees who are here, in the order in which they came, then those who were here before.
pub(super) fn owners(before: &[Owner], everyone: &[Member]) -> Vec<Owner> {
    let interviewees = everyone
        .iter()
        .filter(|member| member.role == Role::Interviewee);
    let here = interviewees.map(|member| Owner {
        peer: member.peer,
        name: member.name.clone(),
    });
    let mut owners: Vec<Owner> = here.collect();
    let is_here = |peer: PeerId| everyone.iter().any(|member| member.peer == peer);
    for gone in before.iter().filter(|owner| !is_here(owner.peer)) {
        owners.push(gone.clone());
    }
    owners
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{model::PageId, protocol::MediaState};

    #[test]
    fn a_wish_counts_only_while_it_can_be_had() {
        assert_eq!(choose(&[1, 2, 3], [Some(2), Some(3)]), Some(2));
        assert_eq!(choose(&[1, 3], [Some(2), Some(3)]), Some(3));
        assert_eq!(choose(&[1, 3], [None, None]), Some(1));
        assert_eq!(choose::<i32>(&[], [Some(2), None]), None);
    }

    #[test]
    fn who_left_keeps_their_answers_and_who_was_promoted_has_none() {
        let member = |peer: i64, role| Member {
            peer: PeerId(peer),
            name: format!("member {peer}"),
            role,
            page: PageId(Uuid::nil()),
            media: MediaState::default(),
            hand: None,
            present: true,
        };
        let peers = |owners: &[Owner]| owners.iter().map(|owner| owner.peer.0).collect::<Vec<_>>();
        let first = owners(
            &[],
            &[
                member(1, Role::MainInterviewer),
                member(2, Role::Interviewee),
                member(3, Role::Interviewee),
            ],
        );
        assert_eq!(peers(&first), [2, 3]);
        let second = owners(
            &first,
            &[
                member(1, Role::MainInterviewer),
                member(3, Role::CoInterviewer),
                member(4, Role::Interviewee),
            ],
        );
        assert_eq!(peers(&second), [4, 2]);
    }
}
