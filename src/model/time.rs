//! Moments and wall-clock times; must not read any clock or know any zone's rules.

use std::{
    fmt,
    ops::{Add, Sub},
    str::FromStr,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::Problem;

/// A moment in UTC, in milliseconds since 1970.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The time from `earlier` until this moment; zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(milliseconds(duration)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(milliseconds(duration)))
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// A wall-clock time without a zone, to the minute, as `<input type="datetime-local">` writes it:
/// `2026-11-23T09:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalDateTime {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
}

impl LocalDateTime {
    /// 0 for Monday to 6 for Sunday (Zeller's congruence).
    pub fn weekday(self) -> u8 {
        let (month, year) = if self.month < 3 {
            (i32::from(self.month) + 12, self.year - 1)
        } else {
            (i32::from(self.month), self.year)
        };
        let century = year.div_euclid(100);
        let of_century = year.rem_euclid(100);
        let saturday_first = i32::from(self.day)
            + (13 * (month + 1)) / 5
            + of_century
            + of_century / 4
            + century.div_euclid(4)
            + 5 * century;
        u8::try_from((saturday_first + 5).rem_euclid(7)).unwrap_or(0)
    }

    /// True when both are on one day.
    pub fn same_day(self, other: Self) -> bool {
        (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }
}

impl FromStr for LocalDateTime {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        parse_local(text.trim()).ok_or(Problem::Malformed)
    }
}

fn parse_local(text: &str) -> Option<LocalDateTime> {
    let (date, time) = text.split_once(['T', ' '])?;
    let mut date = date.splitn(3, '-');
    let mut time = time.split(':');
    let local = LocalDateTime {
        year: date
            .next()?
            .parse()
            .ok()
            .filter(|year| (1970..=9999).contains(year))?,
        month: date
            .next()?
            .parse()
            .ok()
            .filter(|month| (1..=12).contains(month))?,
        day: date.next()?.parse().ok()?,
        hour: time.next()?.parse().ok().filter(|hour| *hour < 24)?,
        minute: time.next()?.parse().ok().filter(|minute| *minute < 60)?,
    };
    let leap = local.year % 4 == 0 && (local.year % 100 != 0 || local.year % 400 == 0);
    let days = match local.month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=days).contains(&local.day).then_some(local)
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
        } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

impl TryFrom<String> for LocalDateTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map_err(|_| format!("not a local time: {text:?}"))
    }
}

impl From<LocalDateTime> for String {
    fn from(local: LocalDateTime) -> Self {
        local.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_parse_or_are_refused() {
        let check = |input: &str, expected: Option<&str>| {
            let parsed = input
                .parse::<LocalDateTime>()
                .ok()
                .map(|local| local.to_string());
            assert_eq!(parsed.as_deref(), expected, "{input}");
        };
        check("2026-11-23T09:30", Some("2026-11-23T09:30"));
        check(" 2026-11-23 09:30:59 ", Some("2026-11-23T09:30"));
        check("2028-02-29T00:00", Some("2028-02-29T00:00"));
        check("2026-02-29T00:00", None);
        check("2026-13-01T00:00", None);
        check("2026-11-31T00:00", None);
        check("2026-11-23T24:00", None);
        check("2026-11-23", None);
        check("", None);
    }

    #[test]
    fn weekdays_are_right() {
        let check = |input: &str, expected: u8| {
            assert_eq!(
                input.parse::<LocalDateTime>().map(LocalDateTime::weekday),
                Ok(expected)
            );
        };
        check("2026-11-21T00:00", 5);
        check("2026-11-23T00:00", 0);
        check("2000-02-29T00:00", 1);
        check("1970-01-01T00:00", 3);
    }
}
