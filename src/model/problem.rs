//! What can be wrong with one field of a form; says it as data, `messages` says it in words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A field of a form, named as in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    UserName,
    DisplayName,
    Email,
    Password,
    CurrentPassword,
    NewPassword,
    Language,
    TimeZone,
    Number,
    Title,
    StartsAt,
    Duration,
    Seats,
    RecordingPermission,
    ReviewPermission,
    Waiting,
    Invitee,
    Role,
    Name,
    Mark,
    Text,
    Kind,
    Content,
    ReferenceAnswer,
    Starters,
    Examples,
    Public,
    /// The questions chosen for an interview.
    Questions,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was entered.
    Missing,
    /// Fewer than `least` characters.
    TooShort { least: u32 },
    /// More than `most` characters.
    TooLong { most: u32 },
    /// Below `least` or above `most`.
    OutOfRange { least: u32, most: u32 },
    /// A character that cannot stand there.
    BadCharacter,
    /// Not in the form the field takes.
    Malformed,
    /// Somebody else has it.
    Taken,
    /// Nobody of that name.
    UnknownUser,
    /// That person is in the interview already.
    AlreadyInvited,
    /// The moment has passed.
    InThePast,
    /// That local time does not exist on that day in that zone (clocks go forward).
    SkippedByClockChange,
    /// The password does not match the account.
    WrongPassword,
    /// There would be more people than seats.
    NoSeat,
    /// More than `most` of them.
    TooMany { most: u32 },
    /// The same language twice.
    Repeated,
    /// No such question, or not for the caller.
    UnknownQuestion,
    /// That question is chosen already.
    AlreadyChosen,
}

/// Every problem found in one form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problems(pub Vec<(Field, Problem)>);

impl Problems {
    /// Keeps the parsed value, or notes the problem under `field`.
    pub fn take<T>(&mut self, field: Field, result: Result<T, Problem>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problem) => {
                self.0.push((field, problem));
                None
            }
        }
    }

    /// The problem of one field, if it has one.
    pub fn of(&self, field: Field) -> Option<Problem> {
        self.0
            .iter()
            .find(|(named, _)| *named == field)
            .map(|(_, problem)| *problem)
    }
}

impl From<(Field, Problem)> for Problems {
    fn from(one: (Field, Problem)) -> Self {
        Self(vec![one])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (field, problem)) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{field:?}: {problem:?}")?;
        }
        Ok(())
    }
}

/// Trims, then checks the length in characters and refuses control characters.
///
/// # Errors
/// `Missing`, `TooLong` or `BadCharacter`.
pub fn line(text: &str, most: u32) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    if text.chars().any(char::is_control) {
        return Err(Problem::BadCharacter);
    }
    limited(text, most)
}

/// Checks the length of a text of several lines, which may be empty.
///
/// # Errors
/// `TooLong`, or `BadCharacter` for control characters other than line breaks and tabs.
pub fn paragraph(text: &str, most: u32) -> Result<String, Problem> {
    let allowed = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    if !text.chars().all(allowed) {
        return Err(Problem::BadCharacter);
    }
    limited(text.trim(), most)
}

fn limited(text: &str, most: u32) -> Result<String, Problem> {
    if text.chars().count() > most as usize {
        return Err(Problem::TooLong { most });
    }
    Ok(text.to_owned())
}
