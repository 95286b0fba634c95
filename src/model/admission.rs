//! Whether somebody may enter an interview now, and if not, why not.

use serde::{Deserialize, Serialize};

use super::{InterviewState, Timestamp, interview::Schedule};

/// Why somebody may not enter. Each is a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "refusal")]
pub enum Refusal {
    /// No interview has this number.
    Unknown,
    /// The person is invited, but the doors are not open yet.
    TooEarly {
        opens_at: Timestamp,
        starts_at: Timestamp,
    },
    /// Ended by an interviewer, or its time ran out.
    Over { expired: bool },
    /// The interviewer called it off.
    Cancelled,
    /// Every seat is taken.
    Full,
    /// The person is not invited and the link carries no valid key.
    NotInvited,
    /// The link belongs to an account that is not signed in.
    SignInNeeded,
    /// Too many numbers were tried from this address or account.
    TooManyTries { wait_seconds: u32 },
}

impl Refusal {
    /// The HTTP status (RFC 9110 section 15, RFC 6585 section 4) of the page that says so.
    pub const fn status(self) -> u16 {
        match self {
            Self::Unknown => 404,
            Self::TooEarly { .. } | Self::NotInvited => 403,
            Self::Over { .. } | Self::Cancelled => 410,
            Self::Full => 409,
            Self::SignInNeeded => 401,
            Self::TooManyTries { .. } => 429,
        }
    }
}

/// Decides for somebody who is known to be a participant.
///
/// # Errors
/// `Cancelled`, `Over` or `TooEarly`.
pub fn within_window(schedule: &Schedule, now: Timestamp) -> Result<(), Refusal> {
    if schedule.cancelled {
        return Err(Refusal::Cancelled);
    }
    match schedule.state_at(now) {
        InterviewState::Ended => return Err(Refusal::Over { expired: false }),
        InterviewState::Expired => return Err(Refusal::Over { expired: true }),
        InterviewState::NotStarted => {}
    }
    if now < schedule.opens_at() {
        return Err(Refusal::TooEarly {
            opens_at: schedule.opens_at(),
            starts_at: schedule.starts_at,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_its_refusal() {
        let booked = Schedule {
            starts_at: Timestamp(10_000_000),
            ends_at: Timestamp(20_000_000),
            stored_state: InterviewState::NotStarted,
            cancelled: false,
        };
        let early = Refusal::TooEarly {
            opens_at: booked.opens_at(),
            starts_at: booked.starts_at,
        };
        let check = |schedule: Schedule, now, expected| {
            assert_eq!(within_window(&schedule, Timestamp(now)), expected);
        };
        check(booked, 0, Err(early));
        check(booked, booked.opens_at().0, Ok(()));
        check(booked, 19_999_999, Ok(()));
        check(booked, 20_000_000, Err(Refusal::Over { expired: true }));
        check(
            Schedule {
                cancelled: true,
                ..booked
            },
            0,
            Err(Refusal::Cancelled),
        );
        let ended = Schedule {
            stored_state: InterviewState::Ended,
            ..booked
        };
        check(ended, 15_000_000, Err(Refusal::Over { expired: false }));
    }
}
