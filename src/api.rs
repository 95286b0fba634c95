//! The server functions: what pages may ask of the server. Ten lines each; the work is in `server`.

pub mod account;
pub mod check;
pub mod interview_questions;
pub mod interviews;
pub mod join;
pub mod participants;
pub mod questions;

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use serde::{Deserialize, Serialize};

use crate::{
    messages::Messages,
    model::{LocalDateTime, Problems, Timestamp, question::file::Misplaced},
};

/// What a server function answers when it did nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    NotFound,
    Unauthenticated,
    Forbidden,
    /// Something else happened first.
    Conflict,
    /// Some fields are wrong.
    Invalid(Problems),
    /// These places of a text that was to be imported are wrong; nothing of it was.
    Misplaced(Vec<Misplaced>),
    /// User name or password is wrong; which of them is not told.
    WrongCredentials,
    /// This server makes no accounts by itself.
    SignUpClosed,
    /// Too many tries.
    TooMany {
        wait_seconds: u32,
    },
    /// A defect or an outage of the server. Carries no text: details are in the server's log.
    Internal,
    /// The server did not answer.
    Unreachable,
}

impl ApiError {
    /// The HTTP status of the answer.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Unauthenticated | Self::WrongCredentials => 401,
            Self::Forbidden | Self::SignUpClosed => 403,
            Self::Conflict => 409,
            Self::Invalid(_) | Self::Misplaced(_) => 422,
            Self::TooMany { .. } => 429,
            Self::Internal => 500,
            Self::Unreachable => 503,
        }
    }

    /// The sentence for the reader. Problems of single fields stand at the fields.
    pub fn text(&self, messages: &Messages) -> String {
        let sentences = &messages.problem;
        match self {
            Self::NotFound => sentences.not_found.into(),
            Self::Unauthenticated => sentences.unauthenticated.into(),
            Self::Forbidden => sentences.forbidden.into(),
            Self::Conflict => sentences.conflict.into(),
            Self::Invalid(_) => sentences.invalid.into(),
            Self::Misplaced(_) => sentences.not_imported.into(),
            Self::WrongCredentials => sentences.wrong_credentials.into(),
            Self::SignUpClosed => sentences.sign_up_closed.into(),
            Self::TooMany { wait_seconds } => (sentences.too_many)(*wait_seconds),
            Self::Internal => sentences.internal.into(),
            Self::Unreachable => sentences.unreachable.into(),
        }
    }

    /// The problems of single fields, if that is what it is.
    pub const fn problems(&self) -> Option<&Problems> {
        match self {
            Self::Invalid(problems) => Some(problems),
            _ => None,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::Invalid(Problems::default())
            }
            _ => Self::Internal,
        }
    }
}

/// A moment, and the same on the wall clock of the viewer's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub at: Timestamp,
    pub local: LocalDateTime,
}
