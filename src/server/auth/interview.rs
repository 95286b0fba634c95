//! Proofs of what the caller is to one interview. None of these types can be made in another way
//! than by passing its check; roles are looked up anew each time.

use std::ops::Deref;

use crate::{
    model::{
        Interview, InterviewId, InterviewNumber, LinkKey, Participant, ParticipantId, Refusal,
        Role, Timestamp,
        admission::within_window,
        standing::{Claim, Standing, standing},
    },
    server::{
        attempts::Purpose,
        db::{interviews, participants},
        error::{Error, in_seconds},
        request::Request,
    },
};

/// The caller is a participant of this interview who was not removed: by account, or by a seat that
/// the browser's session holds.
#[derive(Clone, Debug)]
pub struct Access {
    interview: Interview,
    me: Participant,
}

impl Access {
    /// # Errors
    /// `NotFound` for strangers with an account and for unknown numbers alike, `Unauthenticated`
    /// for strangers without one.
    pub async fn check(request: &Request, number: InterviewNumber) -> Result<Self, Error> {
        let standing = match stand(request, number, None).await? {
            Some((interview, Standing::Participant(_), Some(me))) => Some(Self { interview, me }),
            _ => None,
        };
        standing.ok_or_else(|| match request.find_user() {
            Some(_) => Error::NotFound,
            None => Error::Unauthenticated,
        })
    }

    /// The interview, with its guest key.
    pub fn interview(&self) -> &Interview {
        &self.interview
    }

    /// The caller's own place in it.
    pub fn me(&self) -> &Participant {
        &self.me
    }

    /// Whether the private note of that place is the caller's: an account's is not that of those who
    /// have its place by a link alone.
    pub fn owns_note(&self, request: &Request) -> bool {
        self.me.account.is_none() || self.me.user() == request.user_id()
    }
}

/// Declares a proof that the caller is a participant whose role has a right.
macro_rules! access_with_right {
    ($(#[$doc:meta])* $name:ident by $right:path) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Access);

        impl $name {
            /// # Errors
            /// Those of [`Access::check`], and `Forbidden` without the right.
            pub async fn check(request: &Request, number: InterviewNumber) -> Result<Self, Error> {
                let access = Access::check(request, number).await?;
                if $right(access.me.role) { Ok(Self(access)) } else { Err(Error::Forbidden) }
            }
        }

        impl Deref for $name {
            type Target = Access;

            fn deref(&self) -> &Access {
                &self.0
            }
        }
    };
}

access_with_right! {
    /// The caller may change the booking, its people and its links.
    Host by Role::may_edit_booking
}

access_with_right! {
    /// The caller is one of the interviewers.
    Interviewer by Role::is_interviewer
}

/// The caller may enter the room now, if a seat is free.
#[derive(Clone, Debug)]
pub struct Admission {
    access: Access,
    /// The participant's account is the one that is signed in.
    known: bool,
}

impl Admission {
    /// Admits a participant to the room of a number: asked anew by every socket that leads into it.
    ///
    /// # Errors
    /// The refusal, or `Internal`.
    pub async fn check(request: &Request, number: &str) -> Result<Self, Denied> {
        let number = number
            .parse()
            .map_err(|_| turn_away(request, Refusal::Unknown))?;
        match knock(request, number, None).await? {
            Door::Participant(access) => {
                within_window(&access.interview.schedule, request.now())
                    .map_err(Denied::Refused)?;
                let user = access.me.user();
                let known = user.is_some() && user == request.user_id();
                Ok(Self { access, known })
            }
            Door::GuestLink(_) | Door::SignInNeeded(_) => Err(Denied::Refused(Refusal::NotInvited)),
        }
    }

    pub fn interview(&self) -> InterviewId {
        self.access.interview.id
    }

    pub fn number(&self) -> InterviewNumber {
        self.access.interview.number
    }

    pub fn title(&self) -> &str {
        &self.access.interview.title
    }

    pub fn seats(&self) -> u32 {
        self.access.interview.seats
    }

    pub fn ends_at(&self) -> Timestamp {
        self.access.interview.schedule.ends_at
    }

    pub fn participant(&self) -> ParticipantId {
        self.access.me.id
    }

    pub fn name(&self) -> &str {
        &self.access.me.name
    }

    pub fn role(&self) -> Role {
        self.access.me.role
    }

    /// The account's user name, if that account is signed in: those who came by its link may be
    /// anybody.
    pub fn user_name(&self) -> Option<&str> {
        let account = self.access.me.account.as_ref().filter(|_| self.known);
        account.map(|account| account.user_name.as_str())
    }

    /// Whether the booking lets somebody like this wait, and they never were in the room.
    pub fn waits(&self) -> bool {
        let (interview, me) = (&self.access.interview, &self.access.me);
        !self.arrived() && interview.waiting.holds(me.role, self.known)
    }

    /// Whether they were in the room before.
    pub fn arrived(&self) -> bool {
        self.access.me.arrived_at.is_some()
    }

    /// Whether everybody waits who never was in the room.
    pub fn locked(&self) -> bool {
        self.access.interview.locked
    }
}

/// Why somebody is not admitted.
#[derive(Debug)]
pub enum Denied {
    Refused(Refusal),
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Denied {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What somebody who is invited, or holds a valid key, finds at an interview's door.
#[derive(Clone, Debug)]
pub enum Door {
    /// They are this participant.
    Participant(Access),
    /// The general guest link is valid, and they are nobody yet.
    GuestLink(Interview),
    /// The personal link belongs to an interviewer's account that is not signed in.
    SignInNeeded(Interview),
}

/// Finds out who stands before the door. By a valid personal key the browser's session comes to
/// hold that participant's seat.
///
/// # Errors
/// `Unknown`, `NotInvited`, `TooManyTries`, or `Internal`.
pub async fn knock(
    request: &Request,
    number: InterviewNumber,
    key: Option<&LinkKey>,
) -> Result<Door, Denied> {
    let Some((interview, standing, me)) = stand(request, number, key).await? else {
        return Err(turn_away(request, Refusal::Unknown));
    };
    match (standing, me) {
        (Standing::Participant(_), Some(me)) => Ok(Door::Participant(Access { interview, me })),
        (Standing::PersonalLink(_), Some(me)) => {
            if let Some(seat) = me.seat() {
                request.hold_seat(seat).await?;
            }
            Ok(Door::Participant(Access { interview, me }))
        }
        (Standing::GuestLink, _) => Ok(Door::GuestLink(interview)),
        (Standing::SignInNeeded, _) => Ok(Door::SignInNeeded(interview)),
        _ => Err(turn_away(request, Refusal::NotInvited)),
    }
}

/// Refuses somebody who may be guessing, and counts it. Those who are invited are never counted and
/// never kept out by the guesses of others, so the limit tells a guesser nothing.
pub fn turn_away(request: &Request, refusal: Refusal) -> Denied {
    match request.attempt(request.keys(Purpose::InterviewNumber)) {
        Ok(()) => Denied::Refused(refusal),
        Err(Error::TooMany { wait }) => {
            let wait_seconds = in_seconds(wait);
            Denied::Refused(Refusal::TooManyTries { wait_seconds })
        }
        Err(error) => Denied::Failed(error),
    }
}

/// The interview, as whom the caller stands before it, and that participant. None when no
/// interview has the number.
async fn stand(
    request: &Request,
    number: InterviewNumber,
    key: Option<&LinkKey>,
) -> Result<Option<(Interview, Standing, Option<Participant>)>, Error> {
    let reader = request.server.db().reader();
    let Some(interview) = interviews::find(reader, number).await? else {
        return Ok(None);
    };
    let user = request.find_user().map(|user| user.id);
    let claim = Claim {
        user,
        seats: request.guest_of(),
        key,
    };
    let mut candidates = participants::load_candidates(reader, interview.id, &claim).await?;
    let standing = standing(interview.guest_key.as_ref(), &candidates, &claim);
    let me = match standing {
        Standing::Participant(id) | Standing::PersonalLink(id) => {
            candidates.iter().position(|candidate| candidate.id == id)
        }
        Standing::GuestLink | Standing::SignInNeeded | Standing::NotInvited => None,
    };
    Ok(Some((
        interview,
        standing,
        me.map(|place| candidates.swap_remove(place)),
    )))
}
