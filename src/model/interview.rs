//! What an interview is made of: its number, its booking, its state.

use std::{fmt, str::FromStr, time::Duration};

use serde::{Deserialize, Serialize};

use super::{InterviewId, LinkKey, Problem, Role, Timestamp, UserId, problem::line};

/// The most people one room holds, the main interviewer included.
pub const MOST_SEATS: u32 = 20;
/// The fewest seats that make an interview.
pub const FEWEST_SEATS: u32 = 2;
/// How long before the booked start the doors open.
pub const DOORS_OPEN_EARLY: Duration = Duration::from_secs(10 * 60);
/// The longest interview, in minutes.
pub const LONGEST_MINUTES: u32 = 8 * 60;
/// The shortest interview, in minutes.
pub const SHORTEST_MINUTES: u32 = 5;

/// Six random digits that name an interview and never admit anybody by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InterviewNumber(u32);

impl InterviewNumber {
    /// How many numbers there are.
    pub const COUNT: u32 = 1_000_000;

    /// The number drawn as `drawn`, which is taken modulo [`Self::COUNT`].
    pub const fn from_draw(drawn: u32) -> Self {
        Self(drawn % Self::COUNT)
    }

    /// As people read it: `482 913`.
    pub fn spaced(self) -> String {
        format!("{:03} {:03}", self.0 / 1000, self.0 % 1000)
    }

    /// As it is stored.
    pub const fn as_u32(self) -> u32 {
        self.0
    }
}

impl FromStr for InterviewNumber {
    type Err = Problem;

    /// Takes six digits with any spaces or hyphens between them.
    fn from_str(text: &str) -> Result<Self, Problem> {
        let separator = |c: char| c.is_whitespace() || c == '-';
        let digits: String = text.chars().filter(|c| !separator(*c)).collect();
        if digits.is_empty() {
            return Err(Problem::Missing);
        }
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Problem::Malformed);
        }
        digits.parse().map(Self).map_err(|_| Problem::Malformed)
    }
}

impl fmt::Display for InterviewNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl TryFrom<String> for InterviewNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map_err(|_| format!("not an interview number: {text:?}"))
    }
}

impl From<InterviewNumber> for String {
    fn from(number: InterviewNumber) -> Self {
        number.to_string()
    }
}

/// Declares an enum that is stored and posted as its number.
macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $number:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$variant_doc])* $variant = $number),+
        }

        impl $name {
            /// Every value, in the order of the numbers.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The number it is stored as.
            pub const fn number(self) -> i32 {
                self as i32
            }

            /// The value stored as `number`.
            pub fn from_number(number: i32) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.number() == number)
            }
        }
    };
}

numbered! {
    /// Whether the interview is recorded and who may play the recording (seed 002: auth).
    RecordingPermission {
        NotKept = 1,
        Private = 2,
        OpenToInterviewee = 3,
        OpenToEveryone = 4,
    }
}

numbered! {
    /// Whether interviewees may look at the questions afterwards (seed 002: testAuth).
    ReviewPermission {
        Interviewee = 1,
        InterviewersOnly = 2,
    }
}

numbered! {
    /// Who waits before the room until an interviewer lets them in; interviewers never do.
    WaitingRoom {
        /// Whoever is invited walks in.
        Nobody = 1,
        /// Interviewees who are not signed in to an account.
        Guests = 2,
        /// Every interviewee.
        Interviewees = 3,
    }
}

impl WaitingRoom {
    /// True when somebody of `role` waits who never was in the room; `known` means signed in to the
    /// account that was invited.
    pub const fn holds(self, role: Role, known: bool) -> bool {
        match self {
            Self::Nobody => false,
            Self::Guests => !role.is_interviewer() && !known,
            Self::Interviewees => !role.is_interviewer(),
        }
    }
}

numbered! {
    /// How far an interview is (seed 002: type).
    InterviewState {
        /// Booked or running.
        NotStarted = 0,
        /// Ended by an interviewer.
        Ended = 1,
        /// Its time ran out.
        Expired = 2,
    }
}

/// The kinds of question an interview wants boards for (seed 002: 1 coding, 2 text).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionKinds {
    pub coding: bool,
    pub text: bool,
}

/// Parses an interview's title: 1 to 120 characters on one line.
///
/// # Errors
/// `Missing`, `TooLong` or `BadCharacter`.
pub fn title(text: &str) -> Result<String, Problem> {
    line(text, 120)
}

/// Parses a duration in minutes.
///
/// # Errors
/// `Missing`, `Malformed` or `OutOfRange`.
pub fn duration(text: &str) -> Result<Duration, Problem> {
    let minutes = whole(text, SHORTEST_MINUTES, LONGEST_MINUTES)?;
    Ok(Duration::from_secs(u64::from(minutes) * 60))
}

/// Parses the number of seats.
///
/// # Errors
/// `Missing`, `Malformed` or `OutOfRange`.
pub fn seats(text: &str) -> Result<u32, Problem> {
    whole(text, FEWEST_SEATS, MOST_SEATS)
}

fn whole(text: &str, least: u32, most: u32) -> Result<u32, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    let value: u32 = text.parse().map_err(|_| Problem::Malformed)?;
    if !(least..=most).contains(&value) {
        return Err(Problem::OutOfRange { least, most });
    }
    Ok(value)
}

/// When an interview takes place and whether it still can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// The state as stored; [`Schedule::state_at`] is the one that counts.
    pub stored_state: InterviewState,
    pub cancelled: bool,
}

impl Schedule {
    /// The moment from which people may enter.
    pub fn opens_at(&self) -> Timestamp {
        self.starts_at - DOORS_OPEN_EARLY
    }

    /// How long it is booked for, in minutes.
    pub fn minutes(&self) -> u32 {
        u32::try_from(self.ends_at.since(self.starts_at).as_secs() / 60).unwrap_or(u32::MAX)
    }

    /// The state at `now`: an interview never ended becomes expired by itself.
    pub fn state_at(&self, now: Timestamp) -> InterviewState {
        match self.stored_state {
            InterviewState::NotStarted if now >= self.ends_at => InterviewState::Expired,
            state => state,
        }
    }

    /// True when the doors are open at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.cancelled
            && self.state_at(now) == InterviewState::NotStarted
            && now >= self.opens_at()
    }

    /// True when the booking can still be changed.
    pub fn may_change(&self, now: Timestamp) -> bool {
        !self.cancelled && self.state_at(now) == InterviewState::NotStarted
    }
}

/// One booked interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    pub id: InterviewId,
    pub number: InterviewNumber,
    pub title: String,
    /// The main interviewer.
    pub host: UserId,
    /// The main interviewer's display name.
    pub host_name: String,
    pub schedule: Schedule,
    pub seats: u32,
    pub kinds: QuestionKinds,
    pub recording_permission: RecordingPermission,
    pub review_permission: ReviewPermission,
    pub waiting: WaitingRoom,
    /// True when everybody new waits until admitted, whatever `waiting` says.
    pub locked: bool,
    /// The key of the general guest link; None while it is switched off.
    pub guest_key: Option<LinkKey>,
    /// How often the booking was changed.
    pub sequence: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_six_digits_with_or_without_spaces() {
        let check = |input: &str, expected: Result<&str, Problem>| {
            let parsed = input
                .parse::<InterviewNumber>()
                .map(|number| number.to_string());
            assert_eq!(
                parsed.as_deref().map_err(|problem| *problem),
                expected,
                "{input:?}"
            );
        };
        check("482913", Ok("482913"));
        check(" 482 913 ", Ok("482913"));
        check("000-042", Ok("000042"));
        check("", Err(Problem::Missing));
        check("48291", Err(Problem::Malformed));
        check("4829133", Err(Problem::Malformed));
        check("48291x", Err(Problem::Malformed));
        check("４８２９１３", Err(Problem::Malformed));
        assert_eq!(InterviewNumber::from_draw(1_000_042).spaced(), "000 042");
    }

    #[test]
    fn stored_numbers_never_change() {
        let numbers = |all: &[InterviewState]| all.iter().map(|s| s.number()).collect::<Vec<_>>();
        assert_eq!(numbers(InterviewState::ALL), [0, 1, 2]);
        assert_eq!(
            RecordingPermission::from_number(4),
            Some(RecordingPermission::OpenToEveryone)
        );
        assert_eq!(ReviewPermission::from_number(0), None);
        assert_eq!(WaitingRoom::from_number(2), Some(WaitingRoom::Guests));
    }

    #[test]
    fn interviewers_never_wait_and_interviewees_as_the_setting_says() {
        let check = |setting: WaitingRoom, role: Role, expected: [bool; 2]| {
            let held = [false, true].map(|known| setting.holds(role, known));
            assert_eq!(held, expected, "{setting:?} {role:?}");
        };
        for setting in WaitingRoom::ALL {
            check(*setting, Role::MainInterviewer, [false, false]);
            check(*setting, Role::CoInterviewer, [false, false]);
        }
        check(WaitingRoom::Nobody, Role::Interviewee, [false, false]);
        check(WaitingRoom::Guests, Role::Interviewee, [true, false]);
        check(WaitingRoom::Interviewees, Role::Interviewee, [true, true]);
    }

    #[test]
    fn durations_and_seats() {
        let range = |least, most| Err(Problem::OutOfRange { least, most });
        assert_eq!(duration("45"), Ok(Duration::from_secs(2700)));
        assert_eq!(duration("4"), range(5, 480).map(|()| Duration::ZERO));
        assert_eq!(seats("20"), Ok(20));
        assert_eq!(seats("21"), range(2, 20).map(|()| 0));
        assert_eq!(seats("1"), range(2, 20).map(|()| 0));
        assert_eq!(seats(""), Err(Problem::Missing));
        assert_eq!(seats("two"), Err(Problem::Malformed));
    }

    #[test]
    fn doors_open_early_and_close_by_themselves() {
        let schedule = Schedule {
            starts_at: Timestamp(1_000_000_000),
            ends_at: Timestamp(1_000_600_000),
            stored_state: InterviewState::NotStarted,
            cancelled: false,
        };
        let opens = schedule.opens_at();
        assert!(!schedule.is_open(Timestamp(opens.0 - 1)));
        assert!(schedule.is_open(opens));
        assert!(schedule.is_open(Timestamp(schedule.ends_at.0 - 1)));
        assert!(!schedule.is_open(schedule.ends_at));
        assert_eq!(schedule.state_at(schedule.ends_at), InterviewState::Expired);
        assert!(
            !Schedule {
                cancelled: true,
                ..schedule
            }
            .is_open(opens)
        );
        let ended = Schedule {
            stored_state: InterviewState::Ended,
            ..schedule
        };
        assert!(!ended.is_open(opens));
        assert_eq!(ended.state_at(schedule.ends_at), InterviewState::Ended);
    }
}
