//! Time zones: the only place that knows their rules.

use chrono::{DateTime, Datelike, Timelike};
use chrono_tz::Tz;

use crate::{
    api::Moment,
    model::{LocalDateTime, Timestamp},
};

/// The IANA names of every zone, sorted.
pub fn names() -> Vec<String> {
    chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| zone.name().to_owned())
        .collect()
}

/// True for the IANA name of a zone.
pub fn is_known(zone: &str) -> bool {
    zone.parse::<Tz>().is_ok()
}

/// A moment with its wall-clock time in `zone`, or in UTC when the zone is unknown.
pub fn moment(at: Timestamp, zone: &str) -> Moment {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let time = DateTime::from_timestamp_millis(at.0)
        .unwrap_or_default()
        .with_timezone(&zone);
    let part = |part: u32| u8::try_from(part).unwrap_or(0);
    let local = LocalDateTime {
        year: time.year(),
        month: part(time.month()),
        day: part(time.day()),
        hour: part(time.hour()),
        minute: part(time.minute()),
    };
    Moment { at, local }
}
