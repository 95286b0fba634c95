//! Participants: finding, inviting, removing, links, private notes, results.

use super::{
    auth::interview::{Access, Host, Interviewer},
    db::{
        interviews,
        participants::{self, NewParticipant, Who},
    },
    draw,
    error::Error,
    invitees,
    request::Request,
};
use crate::{
    api::participants::FoundUser,
    model::{
        Field, InterviewNumber, Invitee, LinkKey, Participant, ParticipantId, Problem, Problems,
        Role, participant::LONGEST_MARK, problem::paragraph,
    },
};

/// The user of that user name or user id.
///
/// # Errors
/// `Unauthenticated`, `Invalid` for an unknown one, `TooMany` after too many unknown ones.
pub async fn find_user(request: &Request, user: &str) -> Result<FoundUser, Error> {
    request.user()?;
    let found = invitees::find_user(request, user).await?;
    Ok(FoundUser {
        id: found.id,
        user_name: found.user_name,
        display_name: found.display_name,
    })
}

/// Invites a user, or somebody without an account by name; those once removed come back.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden`, `Invalid`, `Conflict` when the
/// interview is over.
pub async fn invite(
    request: &Request,
    number: InterviewNumber,
    user: &str,
    name: &str,
    role: &str,
) -> Result<(), Error> {
    let host = Host::check(request, number).await?;
    let interview = host.interview();
    if !interview.schedule.may_change(request.now()) {
        return Err(Error::Conflict);
    }
    let invitee = Invitee::parse(user, name, role)?
        .ok_or_else(|| Error::invalid(Field::Invitee, Problem::Missing))?;
    let mut problems = Problems::default();
    let invited = invitees::resolve(request, interview.host, vec![invitee], &mut problems).await?;
    if !problems.0.is_empty() {
        return Err(problems.into());
    }
    for person in invited {
        add(request, &host, person).await?;
    }
    Ok(())
}

async fn add(request: &Request, host: &Host, person: NewParticipant) -> Result<(), Error> {
    let interview = host.interview();
    let transaction = request.server.db().begin().await?;
    interviews::lock(&transaction, interview.id).await?;
    let before = match person.who {
        Who::Account(user) => participants::find_account(&transaction, interview.id, user).await?,
        Who::Guest(_) => None,
    };
    if before
        .as_ref()
        .is_some_and(|before| before.removed_at.is_none())
    {
        return Err(Error::invalid(Field::Invitee, Problem::AlreadyInvited));
    }
    let people = participants::count_present(&transaction, interview.id).await?;
    if people >= u64::from(interview.seats) {
        return Err(Error::invalid(Field::Invitee, Problem::NoSeat));
    }
    match before {
        Some(before) => {
            participants::bring_back(&transaction, before.id, person.role, person.key.as_ref())
                .await?;
        }
        None => {
            participants::insert(&transaction, interview.id, person, request.now()).await?;
        }
    }
    Ok(transaction.commit().await?)
}

/// Takes somebody off the list and out of the room.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden`, also for the main interviewer.
pub async fn remove(
    request: &Request,
    number: InterviewNumber,
    participant: ParticipantId,
) -> Result<(), Error> {
    let host = Host::check(request, number).await?;
    let person = find(request, &host, participant).await?;
    if person.role.may_edit_booking() {
        return Err(Error::Forbidden);
    }
    participants::remove(request.server.db().writer(), person.id, request.now()).await?;
    request.server.hub().removed(person.interview, person.id);
    Ok(())
}

/// Replaces the personal link, or with `on` false revokes it. Whoever came by the old one
/// leaves the room; somebody signed in to the account it belongs to stays.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden`, also for the main interviewer.
pub async fn set_personal_link(
    request: &Request,
    number: InterviewNumber,
    participant: ParticipantId,
    on: bool,
) -> Result<(), Error> {
    let host = Host::check(request, number).await?;
    let person = find(request, &host, participant).await?;
    if !person.may_have_link() {
        return Err(Error::Forbidden);
    }
    let key = new_key(on)?;
    participants::set_key(request.server.db().writer(), person.id, key.as_ref()).await?;
    let hub = request.server.hub();
    match person.user() {
        Some(account) => hub.close_bearers(person.id, account),
        None => hub.removed(person.interview, person.id),
    }
    Ok(())
}

/// Replaces the general guest link, or with `on` false switches it off. Those who came by it stay.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden`.
pub async fn set_guest_link(
    request: &Request,
    number: InterviewNumber,
    on: bool,
) -> Result<(), Error> {
    let host = Host::check(request, number).await?;
    let key = new_key(on)?;
    let writer = request.server.db().writer();
    interviews::set_guest_key(writer, host.interview().id, key.as_ref()).await?;
    Ok(())
}

/// Keeps the caller's private note on an interview.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden` for those who have an account's place
/// by a link alone, `Invalid`.
pub async fn save_mark(
    request: &Request,
    number: InterviewNumber,
    mark: &str,
) -> Result<(), Error> {
    let access = Access::check(request, number).await?;
    if !access.owns_note(request) {
        return Err(Error::Forbidden);
    }
    // Forms send two characters for each line break, which their `maxlength` counts as one.
    let mark = paragraph(&mark.replace("\r\n", "\n"), LONGEST_MARK)
        .map_err(|problem| Error::invalid(Field::Mark, problem))?;
    participants::set_mark(request.server.db().writer(), access.me().id, &mark).await?;
    Ok(())
}

/// Records that an interviewee passed, failed, or neither.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden` for interviewees, `Invalid` for
/// anything but an interviewee.
pub async fn record_result(
    request: &Request,
    number: InterviewNumber,
    participant: ParticipantId,
    result: &str,
) -> Result<(), Error> {
    let interviewer = Interviewer::check(request, number).await?;
    let passed = match result {
        "passed" => Some(true),
        "failed" => Some(false),
        "" => None,
        _ => return Err(Problems::default().into()),
    };
    let person = find(request, &interviewer, participant).await?;
    if person.role != Role::Interviewee {
        return Err(Error::invalid(Field::Role, Problem::Malformed));
    }
    participants::set_passed(request.server.db().writer(), person.id, passed).await?;
    Ok(())
}

/// Somebody in the interview the caller has access to.
async fn find(
    request: &Request,
    access: &Access,
    participant: ParticipantId,
) -> Result<Participant, Error> {
    let reader = request.server.db().reader();
    let found = participants::find(reader, access.interview().id, participant).await?;
    found.ok_or(Error::NotFound)
}

fn new_key(on: bool) -> Result<Option<LinkKey>, Error> {
    if on { draw::key().map(Some) } else { Ok(None) }
}
