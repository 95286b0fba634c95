//! As whom somebody stands before an interview's door; the only place that decides what a link's key
//! is worth. Knows nothing of time: that is `admission`.

use super::{HeldSeat, LinkKey, Participant, ParticipantId, UserId};

/// What a caller can show for themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Claim<'a> {
    /// The account that is signed in.
    pub user: Option<UserId>,
    /// The places the browser's session holds, the latest last.
    pub seats: &'a [HeldSeat],
    /// The key in the link.
    pub key: Option<&'a LinkKey>,
}

/// As whom the caller stands before one interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// This participant, by account or by a place the session holds.
    Participant(ParticipantId),
    /// This participant, by the personal key in the link: the session is to hold the place.
    PersonalLink(ParticipantId),
    /// Nobody yet, but the general guest link is valid.
    GuestLink,
    /// The personal link is valid and belongs to an interviewer's account.
    SignInNeeded,
    /// Nobody who may enter.
    NotInvited,
}

/// Decides as whom the caller stands. `candidates` are participants of the interview, removed ones
/// included: at least those whom the claim can mean. An account comes before the key in the link,
/// and that before the places held, so that people sharing a browser are who their link says.
pub fn standing(
    guest_key: Option<&LinkKey>,
    candidates: &[Participant],
    claim: &Claim<'_>,
) -> Standing {
    let mine = candidates
        .iter()
        .find(|p| claim.user.is_some() && p.user() == claim.user);
    if let Some(participant) = mine {
        return if participant.removed_at.is_none() {
            Standing::Participant(participant.id)
        } else {
            Standing::NotInvited
        };
    }
    by_personal_link(candidates, claim)
        .or_else(|| by_held_seat(candidates, claim.seats))
        .unwrap_or_else(|| by_guest_link(guest_key, candidates, claim))
}

fn by_personal_link(candidates: &[Participant], claim: &Claim<'_>) -> Option<Standing> {
    let key = claim.key?;
    let named = candidates
        .iter()
        .find(|p| p.removed_at.is_none() && p.key.as_ref() == Some(key))?;
    Some(match (named.needs_account(), claim.user) {
        (false, _) => Standing::PersonalLink(named.id),
        (true, None) => Standing::SignInNeeded,
        (true, Some(_)) => Standing::NotInvited,
    })
}

fn by_held_seat(candidates: &[Participant], seats: &[HeldSeat]) -> Option<Standing> {
    let holds = |seat: &&HeldSeat| {
        candidates.iter().any(|participant| {
            participant.id == seat.participant
                && participant.removed_at.is_none()
                && participant.key.as_ref() == Some(&seat.key)
                && !participant.needs_account()
        })
    };
    seats
        .iter()
        .rev()
        .find(holds)
        .map(|seat| Standing::Participant(seat.participant))
}

/// The general link admits anybody but those who were taken off the list in this browser.
fn by_guest_link(
    guest_key: Option<&LinkKey>,
    candidates: &[Participant],
    claim: &Claim<'_>,
) -> Standing {
    let was_removed = candidates.iter().any(|participant| {
        participant.removed_at.is_some()
            && claim
                .seats
                .iter()
                .any(|seat| seat.participant == participant.id)
    });
    if claim.key.is_some() && claim.key == guest_key && !was_removed {
        Standing::GuestLink
    } else {
        Standing::NotInvited
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{InterviewId, Role, Timestamp, participant::ParticipantAccount};

    fn key(letter: char) -> LinkKey {
        LinkKey::parse(&letter.to_string().repeat(LinkKey::LENGTH)).unwrap()
    }

    fn participant(id: i64, user: Option<i64>, role: Role, letter: Option<char>) -> Participant {
        let account = user.map(|id| ParticipantAccount {
            id: UserId(id),
            user_name: "u".into(),
        });
        Participant {
            id: ParticipantId(id),
            interview: InterviewId(1),
            account,
            name: "somebody".into(),
            role,
            key: letter.map(key),
            mark: String::new(),
            passed: None,
            arrived_at: None,
            removed_at: None,
        }
    }

    /// Host 1 (user 10), co-interviewer 2 (user 20, key b), interviewee 3 (user 30, key c), guest 4
    /// (key d), removed user 5 (user 50), removed guest 6; the general key is g.
    fn everybody() -> Vec<Participant> {
        let removed = |p: Participant| Participant {
            removed_at: Some(Timestamp(1)),
            ..p
        };
        vec![
            participant(1, Some(10), Role::MainInterviewer, None),
            participant(2, Some(20), Role::CoInterviewer, Some('b')),
            participant(3, Some(30), Role::Interviewee, Some('c')),
            participant(4, None, Role::Interviewee, Some('d')),
            removed(participant(5, Some(50), Role::Interviewee, None)),
            removed(participant(6, None, Role::Interviewee, Some('f'))),
        ]
    }

    #[test]
    fn each_claim_has_its_standing() {
        use Standing::{GuestLink, NotInvited, PersonalLink, SignInNeeded};
        let me = |id| Standing::Participant(ParticipantId(id));
        let link = |id| PersonalLink(ParticipantId(id));
        let check = |user: Option<i64>, seats: &[(i64, char)], letter: Option<char>, expected| {
            let hold = |(id, letter): &(i64, char)| HeldSeat {
                participant: ParticipantId(*id),
                key: key(*letter),
            };
            let seats: Vec<HeldSeat> = seats.iter().map(hold).collect();
            let in_link = letter.map(key);
            let claim = Claim {
                user: user.map(UserId),
                seats: &seats,
                key: in_link.as_ref(),
            };
            let seen = standing(Some(&key('g')), &everybody(), &claim);
            assert_eq!(seen, expected, "{user:?} {seats:?} {letter:?}");
        };
        check(None, &[], None, NotInvited);
        check(None, &[], Some('x'), NotInvited);
        check(Some(10), &[], None, me(1));
        check(Some(10), &[(4, 'd')], Some('d'), me(1));
        check(Some(99), &[], None, NotInvited);
        check(Some(99), &[], Some('g'), GuestLink);
        check(Some(50), &[], Some('g'), NotInvited);
        check(Some(50), &[(4, 'd')], Some('d'), NotInvited);
        check(None, &[], Some('b'), SignInNeeded);
        check(Some(20), &[], Some('b'), me(2));
        check(Some(99), &[], Some('b'), NotInvited);
        check(None, &[(2, 'b')], None, NotInvited);
        check(None, &[], Some('c'), link(3));
        check(Some(99), &[], Some('c'), link(3));
        check(None, &[(3, 'c')], None, me(3));
        check(None, &[], Some('d'), link(4));
        check(None, &[(4, 'd')], None, me(4));
        check(None, &[(4, 'x')], None, NotInvited);
        check(None, &[(3, 'c'), (4, 'd')], None, me(4));
        check(None, &[(4, 'd'), (3, 'c')], Some('d'), link(4));
        check(None, &[(4, 'd')], Some('g'), me(4));
        check(None, &[], Some('f'), NotInvited);
        check(None, &[(6, 'f')], None, NotInvited);
        check(None, &[(6, 'f')], Some('g'), NotInvited);
        check(None, &[(6, 'f')], Some('d'), link(4));
        check(None, &[], Some('g'), GuestLink);
    }

    #[test]
    fn without_a_general_key_nothing_is_a_general_key() {
        assert_eq!(standing(None, &[], &Claim::default()), Standing::NotInvited);
        let key = key('g');
        let claim = Claim {
            key: Some(&key),
            ..Claim::default()
        };
        assert_eq!(standing(None, &[], &claim), Standing::NotInvited);
    }
}
