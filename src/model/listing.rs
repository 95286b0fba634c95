//! What a person asks of the list of their interviews, and what a row of it tells.

use serde::{Deserialize, Serialize};

use super::{InterviewNumber, Role, interview::Schedule};

/// How many interviews one page of a list shows.
pub const ROWS_OF_A_PAGE: u32 = 20;

/// Which interviews are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Those the viewer booked.
    #[default]
    Created,
    /// Those the viewer is or was in without having booked them.
    Attended,
}

/// Which part of time is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Everything not over yet, the soonest first, running ones included.
    #[default]
    Upcoming,
    /// Doors open, not over.
    Running,
    /// Ended, expired, cancelled; the latest first.
    Past,
}

/// One interview in the list of one of its participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub number: InterviewNumber,
    pub title: String,
    pub schedule: Schedule,
    pub my_role: Role,
    /// The viewer's private note.
    pub mark: String,
    /// Names of the others.
    pub people: Vec<String>,
    /// Passed or failed: of the interviewees, when all agree.
    pub passed: Option<bool>,
}

/// How many pages `rows` fill; an empty list is one page.
pub fn pages(rows: u64) -> u32 {
    let pages = rows.div_ceil(u64::from(ROWS_OF_A_PAGE)).max(1);
    u32::try_from(pages).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_may_be_short() {
        assert_eq!([0, 1, 20, 21, 40, 41].map(pages), [1, 1, 1, 2, 2, 3]);
    }
}
