//! Wall-clock times of the world's zones; the only place that knows their rules.

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, TimeZone, Timelike, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::{
    api::Moment,
    model::{LocalDateTime, Problem, Timestamp},
};

/// The IANA names of every zone, sorted.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = TZ_VARIANTS
        .iter()
        .map(|zone| zone.name().to_owned())
        .collect();
    names.sort_unstable();
    names
}

/// True for the IANA name of a zone.
pub fn is_known(zone: &str) -> bool {
    zone.parse::<Tz>().is_ok()
}

/// What the clock on the wall shows at `moment`; an unknown zone is UTC.
pub fn to_local(moment: Timestamp, zone: &str) -> LocalDateTime {
    let utc = DateTime::<Utc>::from_timestamp_millis(moment.0).unwrap_or_default();
    let local = utc.with_timezone(&parse(zone)).naive_local();
    let small = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    LocalDateTime {
        year: local.year(),
        month: small(local.month()),
        day: small(local.day()),
        hour: small(local.hour()),
        minute: small(local.minute()),
    }
}

/// The moment at which the clock on the wall shows `local`: the earlier of two when clocks go back.
///
/// # Errors
/// `SkippedByClockChange` when clocks go forward over it, `Malformed` for a day no calendar has.
pub fn to_utc(local: LocalDateTime, zone: &str) -> Result<Timestamp, Problem> {
    let day = NaiveDate::from_ymd_opt(local.year, local.month.into(), local.day.into());
    let naive = day
        .and_then(|day| day.and_hms_opt(local.hour.into(), local.minute.into(), 0))
        .ok_or(Problem::Malformed)?;
    match parse(zone).from_local_datetime(&naive) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => {
            Ok(Timestamp(moment.timestamp_millis()))
        }
        LocalResult::None => Err(Problem::SkippedByClockChange),
    }
}

/// The moment together with its wall-clock time.
pub fn moment(at: Timestamp, zone: &str) -> Moment {
    Moment {
        at,
        local: to_local(at, zone),
    }
}

fn parse(zone: &str) -> Tz {
    zone.parse().unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the wall-clock time in UTC.
    fn check(local: &str, zone: &str, expected: Result<&str, Problem>) {
        let utc = to_utc(local.parse().unwrap(), zone);
        let seen = utc.map(|moment| to_local(moment, "UTC").to_string());
        assert_eq!(
            seen.as_deref().map_err(|problem| *problem),
            expected,
            "{local} {zone}"
        );
    }

    #[test]
    fn paris_goes_forward_in_spring() {
        check("2027-03-28T01:59", "Europe/Paris", Ok("2027-03-28T00:59"));
        check(
            "2027-03-28T02:00",
            "Europe/Paris",
            Err(Problem::SkippedByClockChange),
        );
        check(
            "2027-03-28T02:59",
            "Europe/Paris",
            Err(Problem::SkippedByClockChange),
        );
        check("2027-03-28T03:00", "Europe/Paris", Ok("2027-03-28T01:00"));
    }

    #[test]
    fn paris_goes_back_in_autumn_and_the_earlier_of_two_is_meant() {
        check("2026-10-25T01:59", "Europe/Paris", Ok("2026-10-24T23:59"));
        check("2026-10-25T02:30", "Europe/Paris", Ok("2026-10-25T00:30"));
        check("2026-10-25T03:00", "Europe/Paris", Ok("2026-10-25T02:00"));
    }

    #[test]
    fn shanghai_keeps_its_clocks() {
        check("2027-03-28T02:30", "Asia/Shanghai", Ok("2027-03-27T18:30"));
        check("2026-10-25T02:30", "Asia/Shanghai", Ok("2026-10-24T18:30"));
    }

    #[test]
    fn names_are_those_that_are_known() {
        let names = names();
        assert!(names.is_sorted() && names.len() > 300);
        for zone in ["UTC", "Europe/Paris", "Asia/Shanghai"] {
            assert!(
                is_known(zone) && names.iter().any(|name| name == zone),
                "{zone}"
            );
        }
        assert!(!is_known("Europe/Atlantis") && !is_known(""));
        check(
            "2026-11-23T09:30",
            "Europe/Atlantis",
            Ok("2026-11-23T09:30"),
        );
    }

    #[test]
    fn every_moment_that_a_wall_clock_shows_comes_back_within_its_fold() {
        for zone in [
            "Europe/Paris",
            "Asia/Shanghai",
            "America/St_Johns",
            "Australia/Lord_Howe",
        ] {
            for half_hours in 0..17_520 {
                let at = Timestamp(1_767_225_600_000 + half_hours * 1_800_000);
                let back = to_utc(to_local(at, zone), zone).unwrap();
                assert!(
                    back <= at && at.since(back).as_secs() <= 3600,
                    "{zone} {at:?}"
                );
            }
        }
    }
}
