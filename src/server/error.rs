//! Why the server did not do what it was asked, and what callers are told of it.

use std::time::Duration;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sea_orm::DbErr;

use crate::{
    api::ApiError,
    model::{Field, Problem, Problems, question::file::Misplaced},
};

/// Everything that can keep a request from being carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for the caller.
    #[error("not found")]
    NotFound,
    #[error("nobody is signed in")]
    Unauthenticated,
    #[error("not allowed")]
    Forbidden,
    /// Something else happened first.
    #[error("something else happened first")]
    Conflict,
    /// Some fields of the form are wrong.
    #[error("invalid fields: {0}")]
    Invalid(Problems),
    /// Some places of a text that was to be imported are wrong.
    #[error("{} mistakes in a text of questions", .0.len())]
    Misplaced(Vec<Misplaced>),
    #[error("user name or password is wrong")]
    WrongCredentials,
    #[error("sign-up is closed")]
    SignUpClosed,
    #[error("too many tries, {} s to wait", wait.as_secs())]
    TooMany { wait: Duration },
    /// A defect or an outage. Logged where it becomes an answer, and nowhere before.
    #[error("{0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A defect or an outage, with what caused it.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// One wrong field.
    pub fn invalid(field: Field, problem: Problem) -> Self {
        Self::Invalid((field, problem).into())
    }
}

/// A wait in seconds, rounded up: after it, nobody is told to wait again.
pub(super) fn in_seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

impl From<Error> for ApiError {
    /// The one place where failures become answers: it logs what is the server's own fault.
    fn from(error: Error) -> Self {
        let answer = match error {
            Error::NotFound => Self::NotFound,
            Error::Unauthenticated => Self::Unauthenticated,
            Error::Forbidden => Self::Forbidden,
            Error::Conflict => Self::Conflict,
            Error::Invalid(problems) => Self::Invalid(problems),
            Error::Misplaced(mistakes) => Self::Misplaced(mistakes),
            Error::WrongCredentials => Self::WrongCredentials,
            Error::SignUpClosed => Self::SignUpClosed,
            Error::TooMany { wait } => Self::TooMany {
                wait_seconds: in_seconds(wait),
            },
            Error::Internal(source) => {
                tracing::error!(error = %source, "a request failed");
                Self::Internal
            }
        };
        super::request::set_page_status(&answer);
        answer
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let answer = ApiError::from(self);
        let status = StatusCode::from_u16(answer.status());
        status
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response()
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::internal(error)
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Invalid(problems)
    }
}

impl From<tower_sessions::session::Error> for Error {
    fn from(error: tower_sessions::session::Error) -> Self {
        Self::internal(error)
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::internal(error)
    }
}
