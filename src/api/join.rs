//! Joining: whether somebody may enter, and as whom.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ApiError, Moment};
use crate::model::{InterviewNumber, Refusal, Role, Timestamp};

/// What `/join/{number}` shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum JoinPage {
    /// A page that says why not and what to do next.
    Refused {
        refusal: Refusal,
        /// Told only to those who are invited or hold a valid key.
        interview: Option<Invitation>,
        now: Timestamp,
    },
    /// The general guest link is valid: a name is all that is missing, or of an account its consent.
    NameNeeded { interview: Invitation },
    /// Come in.
    Lobby {
        interview: Invitation,
        name: String,
        role: Role,
        now: Timestamp,
    },
}

/// What an invited person may know before entering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub number: InterviewNumber,
    pub title: String,
    pub host: String,
    pub starts_at: Moment,
    pub ends_at: Moment,
}

/// Decides whether the viewer may enter, and by a valid personal key makes the viewer that guest.
/// On the server's first rendering it sets the page's status as [`Refusal::status`] says.
///
/// # Errors
/// `Internal` only; every refusal is a [`JoinPage`].
#[server(prefix = "/api", endpoint = "check_join", input = server_fn::codec::PostUrl)]
pub async fn check_join(
    number: String,
    #[server(default)] key: String,
) -> Result<JoinPage, ApiError> {
    use crate::server::{joining, request::Request};
    let request = Request::current()?;
    Ok(joining::check(&request, &number, &key).await?)
}

/// Joins by the general guest link, under `name` or as the account that is signed in, then goes to
/// the lobby.
///
/// # Errors
/// `Invalid`, `Forbidden` when the key is not, or no longer, valid, `Conflict` when it is full or over,
/// `TooMany`.
#[server(prefix = "/api", endpoint = "join_as_guest", input = server_fn::codec::PostUrl)]
pub async fn join_as_guest(
    number: InterviewNumber,
    key: String,
    name: String,
) -> Result<(), ApiError> {
    use crate::server::{joining, request::Request};
    let request = Request::current()?;
    joining::join_as_guest(&request, number, &key, &name).await?;
    request.redirect(&format!("/join/{number}"));
    Ok(())
}
