//! Queries about interviews.

use sea_orm::DbErr;

use super::Database;
use crate::model::{InterviewId, Timestamp};

/// Marks the interviews whose time ran out before `now` as expired.
///
/// # Errors
/// When the database fails.
pub async fn expire_overdue(_db: &Database, _now: Timestamp) -> Result<(), DbErr> {
    Ok(())
}

/// Records that an interviewer ended an interview.
///
/// # Errors
/// When the database fails.
pub async fn record_end(_: &Database, _: InterviewId, _: Timestamp) -> Result<(), DbErr> {
    Ok(())
}

/// Records that an interview's time ran out.
///
/// # Errors
/// When the database fails.
pub async fn record_expiry(_: &Database, _: InterviewId, _: Timestamp) -> Result<(), DbErr> {
    Ok(())
}
