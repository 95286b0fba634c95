//! Joining: whether somebody may enter, and as whom. Seats in the room are given by the room alone;
//! what is said here of a full one is a courtesy.

use super::{
    attempts::{Key, Purpose},
    auth::interview::{Denied, Door, knock, turn_away},
    db::{
        interviews,
        participants::{self, NewParticipant, Who},
    },
    draw,
    error::Error,
    request::Request,
    time_zones,
};
use crate::{
    api::join::{Invitation, JoinPage},
    model::{
        DisplayName, Field, HeldSeat, Interview, InterviewNumber, LinkKey, ParticipantId, Refusal,
        Role, admission::within_window,
    },
};

/// How many may be on the list of one interview before the general guest link adds nobody more: it
/// may have leaked. Seats are fewer, but people leave and others come.
const MOST_BY_GUEST_LINK: u64 = 100;
/// Somebody who has no participant yet, and so no seat either.
const NOBODY: ParticipantId = ParticipantId(0);

/// Decides what the caller finds at the door of an interview.
///
/// # Errors
/// `Internal`.
pub async fn check(request: &Request, number: &str, key: &str) -> Result<JoinPage, Error> {
    let page = match decide(request, number, key).await {
        Ok(page) => page,
        Err(Denied::Refused(refusal)) => JoinPage::Refused {
            refusal,
            interview: None,
            now: request.now(),
        },
        Err(Denied::Failed(error)) => return Err(error),
    };
    if let JoinPage::Refused { refusal, .. } = &page {
        request.set_status(refusal.status());
    }
    Ok(page)
}

async fn decide(request: &Request, number: &str, key: &str) -> Result<JoinPage, Denied> {
    let number = number
        .parse()
        .map_err(|_| turn_away(request, Refusal::Unknown))?;
    let now = request.now();
    let (interview, me) = match knock(request, number, LinkKey::parse(key).as_ref()).await? {
        Door::Participant(access) => (access.interview().clone(), Some(access.me().clone())),
        Door::GuestLink(interview) => (interview, None),
        Door::SignInNeeded(interview) => {
            return Ok(refused(request, Refusal::SignInNeeded, &interview));
        }
    };
    let (seat, role) = me
        .as_ref()
        .map_or((NOBODY, Role::Interviewee), |me| (me.id, me.role));
    if let Err(refusal) = may_enter(request, &interview, seat, role).await {
        return Ok(refused(request, refusal, &interview));
    }
    let invitation = invitation(request, &interview);
    // Looking joins nobody, not even an account: whoever follows a link may not know where it leads.
    Ok(match me {
        None => JoinPage::NameNeeded {
            interview: invitation,
        },
        Some(me) => JoinPage::Lobby {
            interview: invitation,
            name: me.name,
            role: me.role,
            now,
        },
    })
}

/// Joins by the general guest link: as the account that is signed in, else under a name. Those who
/// are somebody in the interview already stay who they are.
///
/// # Errors
/// `Invalid`, `Forbidden` for an unknown number and a key that is not valid alike, `TooMany` after
/// too many of these or too many new guests, `Conflict` when the doors are closed or it is full.
pub async fn join_as_guest(
    request: &Request,
    number: InterviewNumber,
    key: &str,
    name: &str,
) -> Result<(), Error> {
    let interview = match knock(request, number, LinkKey::parse(key).as_ref()).await {
        Ok(Door::GuestLink(interview)) => interview,
        Ok(Door::Participant(_)) => return Ok(()),
        Ok(Door::SignInNeeded(_)) => return Err(Error::Forbidden),
        Err(Denied::Refused(refusal)) => return Err(as_error(refusal)),
        Err(Denied::Failed(error)) => return Err(error),
    };
    may_enter(request, &interview, NOBODY, Role::Interviewee)
        .await
        .map_err(|_| Error::Conflict)?;
    if let Some(user) = request.find_user() {
        let who = Who::Account(user.id);
        return add(request, &interview, who, None).await.map(|_| ());
    }
    let name = DisplayName::parse(name).map_err(|problem| Error::invalid(Field::Name, problem))?;
    let address = Key::address(Purpose::JoinAsGuest, request.address());
    request
        .server
        .attempts()
        .take_new(request.now(), [address])?;
    let key = draw::key()?;
    let who = Who::Guest(name.as_str().to_owned());
    let participant = add(request, &interview, who, Some(key.clone())).await?;
    request.hold_seat(HeldSeat { participant, key }).await
}

/// The booked window first, then the seats.
async fn may_enter(
    request: &Request,
    interview: &Interview,
    participant: ParticipantId,
    role: Role,
) -> Result<(), Refusal> {
    within_window(&interview.schedule, request.now())?;
    let hub = request.server.hub();
    let free = hub
        .has_seat_for(interview.id, participant, role, interview.seats)
        .await;
    if free { Ok(()) } else { Err(Refusal::Full) }
}

/// Makes somebody who came by the general guest link an interviewee. `Conflict` when the list is
/// full, or the link or the time was changed since they came.
async fn add(
    request: &Request,
    interview: &Interview,
    who: Who,
    key: Option<LinkKey>,
) -> Result<ParticipantId, Error> {
    let transaction = request.server.db().begin().await?;
    interviews::lock(&transaction, interview.id).await?;
    let current = interviews::find(&transaction, interview.number).await?;
    let open = current.is_some_and(|current| {
        current.guest_key == interview.guest_key
            && within_window(&current.schedule, request.now()).is_ok()
    });
    if !open {
        return Err(Error::Conflict);
    }
    if let Who::Account(user) = who {
        // Another tab may have come first.
        let before = participants::find_account(&transaction, interview.id, user).await?;
        if let Some(before) = before {
            return Ok(before.id);
        }
    }
    if participants::count_present(&transaction, interview.id).await? >= MOST_BY_GUEST_LINK {
        return Err(Error::Conflict);
    }
    let new = NewParticipant {
        who,
        role: Role::Interviewee,
        key,
    };
    let added = participants::insert(&transaction, interview.id, new, request.now()).await?;
    transaction.commit().await?;
    added.ok_or(Error::Conflict)
}

pub(super) fn as_error(refusal: Refusal) -> Error {
    match refusal {
        Refusal::TooManyTries { wait_seconds } => Error::TooMany {
            wait: std::time::Duration::from_secs(wait_seconds.into()),
        },
        _ => Error::Forbidden,
    }
}

fn refused(request: &Request, refusal: Refusal, interview: &Interview) -> JoinPage {
    let interview = Some(invitation(request, interview));
    JoinPage::Refused {
        refusal,
        interview,
        now: request.now(),
    }
}

pub(super) fn invitation(request: &Request, interview: &Interview) -> Invitation {
    let moment = |at| time_zones::moment(at, &request.viewer.time_zone);
    Invitation {
        number: interview.number,
        title: interview.title.clone(),
        host: interview.host_name.clone(),
        starts_at: moment(interview.schedule.starts_at),
        ends_at: moment(interview.schedule.ends_at),
    }
}
