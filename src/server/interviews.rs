//! Interviews: booking, changing, calling off. What they look like is in the files below it.

mod details;
mod list;

use std::time::Duration;

use sea_orm::DatabaseTransaction;

pub use self::{details::details, list::list};
use super::{
    attempts::Purpose,
    auth::interview::Host,
    db::{
        interviews,
        participants::{self, NewParticipant, Who},
    },
    draw,
    error::Error,
    interview_questions, invitees,
    request::Request,
    time_zones,
};
use crate::{
    api::interviews::{BookingDefaults, BookingForm},
    model::{
        Booking, Field, InterviewId, InterviewNumber, LocalDateTime, Problem, Problems, Role,
        Timestamp, UserId,
        booking::{self, BookingText, LATEST_BOOKING},
        interview::MOST_SEATS,
        question,
    },
};

/// How many numbers are drawn before giving up: even with nine of ten taken, all would be taken
/// once in 37,000 bookings.
const MOST_DRAWS: u32 = 100;
const HALF_HOUR: u8 = 30;

/// What an empty booking form starts with.
///
/// # Errors
/// `Unauthenticated`.
pub async fn booking_defaults(request: &Request) -> Result<BookingDefaults, Error> {
    request.user()?;
    let reader = request.server.db().reader();
    for _ in 0..MOST_DRAWS {
        let number = draw::number()?;
        if interviews::is_free(reader, number).await? {
            let starts_at = suggested_start(request.now(), &request.viewer.time_zone);
            return Ok(BookingDefaults { number, starts_at });
        }
    }
    Err(Error::internal("no interview number is free"))
}

/// The next full half hour but one on the wall clock.
fn suggested_start(now: Timestamp, zone: &str) -> LocalDateTime {
    let past = time_zones::to_local(now, zone).minute % HALF_HOUR;
    let minutes = u64::from(2 * HALF_HOUR - past);
    time_zones::to_local(now + Duration::from_secs(minutes * 60), zone)
}

/// Books an interview: under the number on the form, or under another when that one is taken.
///
/// # Errors
/// `Unauthenticated`, `Invalid`, `TooMany` after too many bookings or inviting too many users.
pub async fn book(request: &Request, form: BookingForm) -> Result<InterviewNumber, Error> {
    let host = request.user()?.id;
    let now = request.now();
    let zone = &request.viewer.time_zone;
    let mut problems = Problems::default();
    let booking = Booking::parse(text(&form), |local| not_past(local, zone, now));
    let booking = booking.map_err(|found| problems.0.extend(found.0)).ok();
    let seats = booking.as_ref().map_or(MOST_SEATS, |booking| booking.seats);
    let invited = invited(request, host, &form, seats, &mut problems).await?;
    let chosen = question::chosen(form.questions.iter().map(String::as_str));
    let chosen = problems.take(Field::Questions, chosen).unwrap_or_default();
    let booking = booking.filter(|_| problems.0.is_empty()).ok_or(problems)?;

    let attempts = request.server.attempts();
    attempts.take_new(now, request.keys(Purpose::Book))?;
    let transaction = request.server.db().begin().await?;
    let wished = form.number.parse().ok();
    let (number, id) = insert(&transaction, wished, host, &booking, now).await?;
    let myself = NewParticipant {
        who: Who::Account(host),
        role: Role::MainInterviewer,
        key: None,
    };
    for person in std::iter::once(myself).chain(invited) {
        participants::insert(&transaction, id, person, now).await?;
    }
    interview_questions::insert_chosen(&transaction, id, host, &chosen, now).await?;
    transaction.commit().await?;
    Ok(number)
}

/// The invitees of the form, as far as nothing is wrong with them. Rows that cannot have a seat
/// anyway are not looked up.
async fn invited(
    request: &Request,
    host: UserId,
    form: &BookingForm,
    seats: u32,
    problems: &mut Problems,
) -> Result<Vec<NewParticipant>, Error> {
    let rows = form.invitees.iter();
    let rows = rows.map(|row| (row.user.as_str(), row.name.as_str(), row.role.as_str()));
    let invitees = match booking::invitees(rows) {
        Ok(invitees) if invitees.len() < seats as usize => invitees,
        Ok(_) => {
            problems.0.push((Field::Invitee, Problem::NoSeat));
            return Ok(Vec::new());
        }
        Err(found) => {
            problems.0.extend(found.0);
            return Ok(Vec::new());
        }
    };
    if invitees.is_empty() {
        return Ok(Vec::new());
    }
    invitees::resolve(request, host, invitees, problems).await
}

async fn insert(
    transaction: &DatabaseTransaction,
    wished: Option<InterviewNumber>,
    host: UserId,
    booking: &Booking,
    now: Timestamp,
) -> Result<(InterviewNumber, InterviewId), Error> {
    let guest_key = draw::key()?;
    let mut wished = wished;
    for _ in 0..MOST_DRAWS {
        let number = wished.take().map_or_else(draw::number, Ok)?;
        let id = interviews::insert(transaction, number, host, booking, &guest_key, now).await?;
        if let Some(id) = id {
            return Ok((number, id));
        }
    }
    Err(Error::internal("no interview number is free"))
}

/// Changes a booking and tells those in its room.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden`, `Invalid`, `Conflict` when it is
/// over.
pub async fn edit(
    request: &Request,
    number: InterviewNumber,
    form: BookingForm,
) -> Result<(), Error> {
    let host = Host::check(request, number).await?;
    let interview = host.interview();
    let now = request.now();
    if !interview.schedule.may_change(now) {
        return Err(Error::Conflict);
    }
    let zone = &request.viewer.time_zone;
    let unchanged = interview.schedule.starts_at;
    let booking = Booking::parse(text(&form), |local| {
        // Compared on the wall clock, which shows two moments alike when clocks go back.
        let same = local == time_zones::to_local(unchanged, zone);
        if same {
            Ok(unchanged)
        } else {
            not_past(local, zone, now)
        }
    })?;
    if booking.ends_at <= now {
        return Err(Error::invalid(Field::Duration, Problem::InThePast));
    }

    let transaction = request.server.db().begin().await?;
    interviews::lock(&transaction, interview.id).await?;
    let people = participants::count_present(&transaction, interview.id).await?;
    if booking.seats < interview.seats && u64::from(booking.seats) < people {
        return Err(Error::invalid(Field::Seats, Problem::NoSeat));
    }
    if !interviews::update(&transaction, interview.id, &booking, now).await? {
        return Err(Error::Conflict);
    }
    transaction.commit().await?;
    let hub = request.server.hub();
    hub.rescheduled(interview.id, &booking.title, booking.seats, booking.ends_at);
    Ok(())
}

/// Calls an interview off and tells those in its room.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden`, `Conflict` when it is over.
pub async fn cancel(request: &Request, number: InterviewNumber) -> Result<(), Error> {
    let host = Host::check(request, number).await?;
    let id = host.interview().id;
    let cancelled = interviews::cancel(request.server.db().writer(), id, request.now()).await?;
    if !cancelled {
        return Err(Error::Conflict);
    }
    request.server.hub().cancelled(id);
    Ok(())
}

fn text(form: &BookingForm) -> BookingText<'_> {
    BookingText {
        title: &form.title,
        starts_at: &form.starts_at,
        duration: &form.duration,
        seats: &form.seats,
        coding: &form.coding,
        text: &form.text,
        recording_permission: &form.recording_permission,
        review_permission: &form.review_permission,
        waiting: &form.waiting,
    }
}

fn not_past(local: LocalDateTime, zone: &str, now: Timestamp) -> Result<Timestamp, Problem> {
    let moment = time_zones::to_utc(local, zone)?;
    // Forms know minutes only, so the running minute counts as a whole one.
    let earliest = now - LATEST_BOOKING - Duration::from_secs(59);
    if moment < earliest {
        Err(Problem::InThePast)
    } else {
        Ok(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_starts_with_the_next_full_half_hour_but_one() {
        let check = |now: &str, zone: &str, expected: &str| {
            let now = time_zones::to_utc(now.parse().unwrap(), "UTC").unwrap();
            assert_eq!(
                suggested_start(now, zone).to_string(),
                expected,
                "{now:?} {zone}"
            );
        };
        check("2026-11-23T09:05", "UTC", "2026-11-23T10:00");
        check("2026-11-23T09:30", "UTC", "2026-11-23T10:30");
        check("2026-11-23T09:59", "Europe/Paris", "2026-11-23T11:30");
        check("2026-11-23T09:05", "Asia/Kathmandu", "2026-11-23T15:30");
        check("2027-03-28T00:10", "Europe/Paris", "2027-03-28T03:00");
    }
}
