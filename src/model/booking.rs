//! What the booking form says, parsed; every mistake is found at once. Knows no zone's rules.

use std::time::Duration;

use super::{
    Field, Invitee, LocalDateTime, Problem, Problems, QuestionKinds, RecordingPermission,
    ReviewPermission, Timestamp, WaitingRoom, interview,
};

/// How long ago a booked start may lie, for those who book while they sit down.
pub const LATEST_BOOKING: Duration = Duration::from_secs(5 * 60);

/// The fields of a booking as they were posted.
#[derive(Clone, Copy, Debug, Default)]
pub struct BookingText<'a> {
    pub title: &'a str,
    pub starts_at: &'a str,
    pub duration: &'a str,
    pub seats: &'a str,
    pub coding: &'a str,
    pub text: &'a str,
    pub recording_permission: &'a str,
    pub review_permission: &'a str,
    pub waiting: &'a str,
}

/// What an interviewer decides about an interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub title: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub seats: u32,
    pub kinds: QuestionKinds,
    pub recording_permission: RecordingPermission,
    pub review_permission: ReviewPermission,
    pub waiting: WaitingRoom,
}

impl Booking {
    /// Parses every field. `to_moment` finds the moment of a wall-clock time in the zone of whoever
    /// booked, and says what is wrong with it.
    ///
    /// # Errors
    /// The problems of all fields, in the order of the form.
    pub fn parse(
        text: BookingText<'_>,
        to_moment: impl FnOnce(LocalDateTime) -> Result<Timestamp, Problem>,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let starts_at = local(text.starts_at).and_then(to_moment);
        let recording = numbered(text.recording_permission, RecordingPermission::from_number);
        let review = numbered(text.review_permission, ReviewPermission::from_number);
        let waiting = numbered(text.waiting, WaitingRoom::from_number);
        let title = problems.take(Field::Title, interview::title(text.title));
        let starts_at = problems.take(Field::StartsAt, starts_at);
        let duration = problems.take(Field::Duration, interview::duration(text.duration));
        let seats = problems.take(Field::Seats, interview::seats(text.seats));
        let recording_permission = problems.take(Field::RecordingPermission, recording);
        let review_permission = problems.take(Field::ReviewPermission, review);
        let waiting = problems.take(Field::Waiting, waiting);
        let kinds = QuestionKinds {
            coding: is_on(text.coding),
            text: is_on(text.text),
        };
        let parsed = || {
            let starts_at = starts_at?;
            Some(Self {
                title: title?,
                starts_at,
                ends_at: starts_at + duration?,
                seats: seats?,
                kinds,
                recording_permission: recording_permission?,
                review_permission: review_permission?,
                waiting: waiting?,
            })
        };
        parsed().ok_or(problems)
    }
}

/// Parses the rows of invitees, passing over empty ones.
///
/// # Errors
/// The problems of all rows, in their order.
pub fn invitees<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
) -> Result<Vec<Invitee>, Problems> {
    let mut problems = Problems::default();
    let mut invitees = Vec::new();
    for (user, name, role) in rows {
        match Invitee::parse(user, name, role) {
            Ok(invitee) => invitees.extend(invitee),
            Err(of_row) => problems.0.extend(of_row.0),
        }
    }
    if problems.0.is_empty() {
        Ok(invitees)
    } else {
        Err(problems)
    }
}

fn local(text: &str) -> Result<LocalDateTime, Problem> {
    if text.trim().is_empty() {
        Err(Problem::Missing)
    } else {
        text.parse()
    }
}

fn numbered<T>(text: &str, from_number: impl Fn(i32) -> Option<T>) -> Result<T, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    text.parse()
        .ok()
        .and_then(from_number)
        .ok_or(Problem::Malformed)
}

fn is_on(checkbox: &str) -> bool {
    !checkbox.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: BookingText<'_> = BookingText {
        title: " Backend engineer ",
        starts_at: "2026-11-23T09:30",
        duration: "45",
        seats: "4",
        coding: "on",
        text: "",
        recording_permission: "2",
        review_permission: "1",
        waiting: "2",
    };

    fn parse(text: BookingText<'_>) -> Result<Booking, Problems> {
        Booking::parse(text, |_| Ok(Timestamp(1_000_000)))
    }

    #[test]
    fn a_good_form_is_a_booking() {
        let expected = Booking {
            title: "Backend engineer".into(),
            starts_at: Timestamp(1_000_000),
            ends_at: Timestamp(1_000_000 + 45 * 60 * 1000),
            seats: 4,
            kinds: QuestionKinds {
                coding: true,
                text: false,
            },
            recording_permission: RecordingPermission::Private,
            review_permission: ReviewPermission::Interviewee,
            waiting: WaitingRoom::Guests,
        };
        assert_eq!(parse(GOOD), Ok(expected));
    }

    #[test]
    fn every_mistake_is_found_at_once_in_the_order_of_the_form() {
        let empty = parse(BookingText::default()).map_err(|problems| problems.0);
        let fields = [
            Field::Title,
            Field::StartsAt,
            Field::Duration,
            Field::Seats,
            Field::RecordingPermission,
            Field::ReviewPermission,
            Field::Waiting,
        ];
        assert_eq!(
            empty,
            Err(fields.map(|field| (field, Problem::Missing)).to_vec())
        );
    }

    #[test]
    fn each_field_is_judged() {
        let check = |text: BookingText<'_>, field: Field, problem: Problem| {
            assert_eq!(parse(text), Err((field, problem).into()));
        };
        check(
            BookingText {
                starts_at: "tomorrow",
                ..GOOD
            },
            Field::StartsAt,
            Problem::Malformed,
        );
        let recording = BookingText {
            recording_permission: "5",
            ..GOOD
        };
        check(recording, Field::RecordingPermission, Problem::Malformed);
        let review = BookingText {
            review_permission: "0",
            ..GOOD
        };
        check(review, Field::ReviewPermission, Problem::Malformed);
        let waiting = BookingText {
            waiting: "4",
            ..GOOD
        };
        check(waiting, Field::Waiting, Problem::Malformed);
        let skipped = Booking::parse(GOOD, |_| Err(Problem::SkippedByClockChange));
        assert_eq!(
            skipped,
            Err((Field::StartsAt, Problem::SkippedByClockChange).into())
        );
    }

    #[test]
    fn empty_rows_of_invitees_are_passed_over_and_mistakes_collected() {
        let parsed = invitees([("", "", ""), ("anna", "", "1"), ("", "Lin", "2")]);
        assert_eq!(parsed.map(|all| all.len()), Ok(2));
        let problems = invitees([("a b", "", "9"), ("", "Lin", "")]).map_err(|p| p.0);
        let expected = vec![
            (Field::Invitee, Problem::UnknownUser),
            (Field::Role, Problem::Malformed),
            (Field::Role, Problem::Missing),
        ];
        assert_eq!(problems, Err(expected));
    }
}
