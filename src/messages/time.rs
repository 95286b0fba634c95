//! Dates, times and spans in words.

use crate::model::LocalDateTime;

/// Sentences about time.
#[derive(Debug)]
pub struct TimeMessages {
    /// A day with its weekday: `Mon 23 Nov`, with the year when it is not the year of the second.
    pub day: fn(LocalDateTime, Option<LocalDateTime>) -> String,
    /// As [`Self::day`], but `Today` when both are on one day; then the time of day.
    pub moment: fn(LocalDateTime, Option<LocalDateTime>) -> String,
    /// A length in minutes: `45 min`.
    pub minutes: fn(u32) -> String,
    /// `34 min left`, `less than a minute left`.
    pub left: fn(u32) -> String,
    /// A wait counted down in seconds: `2 d 3 h`, `1 h 04 min`, `4:09`.
    pub countdown: fn(u64) -> String,
}

/// The time of day: `09:30`.
pub fn clock(local: LocalDateTime) -> String {
    format!("{:02}:{:02}", local.hour, local.minute)
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const CHINESE_WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

fn name<'a>(names: &[&'a str], place: u8) -> &'a str {
    names.get(usize::from(place)).copied().unwrap_or("")
}

fn english_day(at: LocalDateTime, now: Option<LocalDateTime>) -> String {
    let weekday = name(&WEEKDAYS, at.weekday());
    let month = name(&MONTHS, at.month.saturating_sub(1));
    match now {
        Some(now) if now.year == at.year => format!("{weekday} {} {month}", at.day),
        _ => format!("{weekday} {} {month} {}", at.day, at.year),
    }
}

fn chinese_day(at: LocalDateTime, now: Option<LocalDateTime>) -> String {
    let weekday = name(&CHINESE_WEEKDAYS, at.weekday());
    match now {
        Some(now) if now.year == at.year => format!("{}月{}日 {weekday}", at.month, at.day),
        _ => format!("{}年{}月{}日 {weekday}", at.year, at.month, at.day),
    }
}

fn moment(
    at: LocalDateTime,
    now: Option<LocalDateTime>,
    today: &str,
    day: fn(LocalDateTime, Option<LocalDateTime>) -> String,
) -> String {
    match now {
        Some(now) if now.same_day(at) => format!("{today} {}", clock(at)),
        _ => format!("{} {}", day(at, now), clock(at)),
    }
}

fn countdown(seconds: u64, day: &str, hour: &str, minute: &str) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    if days > 0 {
        format!("{days} {day} {} {hour}", hours % 24)
    } else if hours > 0 {
        format!("{hours} {hour} {:02} {minute}", minutes % 60)
    } else {
        format!("{minutes}:{:02}", seconds % 60)
    }
}

pub(super) const ENGLISH: TimeMessages = TimeMessages {
    day: english_day,
    moment: |at, now| moment(at, now, "Today", english_day),
    minutes: |minutes| format!("{minutes} min"),
    left: |minutes| match minutes {
        0 => "less than a minute left".into(),
        minutes => format!("{minutes} min left"),
    },
    countdown: |seconds| countdown(seconds, "d", "h", "min"),
};

pub(super) const CHINESE: TimeMessages = TimeMessages {
    day: chinese_day,
    moment: |at, now| moment(at, now, "今天", chinese_day),
    minutes: |minutes| format!("{minutes} 分钟"),
    left: |minutes| match minutes {
        0 => "剩余不到一分钟".into(),
        minutes => format!("剩余 {minutes} 分钟"),
    },
    countdown: |seconds| countdown(seconds, "天", "小时", "分"),
};
