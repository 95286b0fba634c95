//! Participants: inviting, links, private notes, results.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;
use crate::model::{InterviewNumber, ParticipantId, UserId};

/// A user found by the invite dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundUser {
    pub id: UserId,
    pub user_name: String,
    pub display_name: String,
}

/// The user of that user name or user id.
///
/// # Errors
/// `Unauthenticated`, `Invalid` with the field `Invitee` for an unknown one, `TooMany`.
#[server(prefix = "/api", endpoint = "find_user", input = server_fn::codec::PostUrl)]
pub async fn find_user(user: String) -> Result<FoundUser, ApiError> {
    use crate::server::{participants, request::Request};
    let request = Request::current()?;
    Ok(participants::find_user(&request, &user).await?)
}

/// Invites a user by user name or id, or somebody without an account by `name`; comes back to the
/// interview's page.
///
/// # Errors
/// `NotFound` for strangers, `Forbidden`, `Invalid`, `Conflict` when the interview is over, `TooMany`
/// after inviting too many unknown users.
#[server(prefix = "/api", endpoint = "invite", input = server_fn::codec::PostUrl)]
pub async fn invite(
    number: InterviewNumber,
    #[server(default)] user: String,
    #[server(default)] name: String,
    role: String,
) -> Result<(), ApiError> {
    use crate::server::{participants, request::Request};
    let request = Request::current()?;
    participants::invite(&request, number, &user, &name, &role).await?;
    request.redirect(&format!("/interviews/{number}#participants"));
    Ok(())
}

/// Takes somebody off the list; their link stops working and they leave the room.
///
/// # Errors
/// `NotFound` for strangers, `Forbidden`, also for the main interviewer's own place.
#[server(prefix = "/api", endpoint = "remove_participant", input = server_fn::codec::PostUrl)]
pub async fn remove_participant(
    number: InterviewNumber,
    participant: ParticipantId,
) -> Result<(), ApiError> {
    use crate::server::{participants, request::Request};
    let request = Request::current()?;
    participants::remove(&request, number, participant).await?;
    request.redirect(&format!("/interviews/{number}#participants"));
    Ok(())
}

/// Makes a new personal link, which revokes the old one; or, with `on` empty, only revokes it.
///
/// # Errors
/// `NotFound` for strangers, `Forbidden`.
#[server(prefix = "/api", endpoint = "set_personal_link", input = server_fn::codec::PostUrl)]
pub async fn set_personal_link(
    number: InterviewNumber,
    participant: ParticipantId,
    #[server(default)] on: String,
) -> Result<(), ApiError> {
    use crate::server::{participants, request::Request};
    let request = Request::current()?;
    participants::set_personal_link(&request, number, participant, !on.is_empty()).await?;
    request.redirect(&format!("/interviews/{number}#participants"));
    Ok(())
}

/// Makes a new general guest link, which revokes the old one; or, with `on` empty, switches it off.
///
/// # Errors
/// `NotFound` for strangers, `Forbidden`.
#[server(prefix = "/api", endpoint = "set_guest_link", input = server_fn::codec::PostUrl)]
pub async fn set_guest_link(
    number: InterviewNumber,
    #[server(default)] on: String,
) -> Result<(), ApiError> {
    use crate::server::{participants, request::Request};
    let request = Request::current()?;
    participants::set_guest_link(&request, number, !on.is_empty()).await?;
    request.redirect(&format!("/interviews/{number}#links"));
    Ok(())
}

/// Keeps the viewer's private note on an interview; nobody else ever sees it.
///
/// # Errors
/// `NotFound` for strangers, `Invalid`.
#[server(prefix = "/api", endpoint = "save_mark", input = server_fn::codec::PostUrl)]
pub async fn save_mark(
    number: InterviewNumber,
    #[server(default)] mark: String,
) -> Result<(), ApiError> {
    use crate::server::{participants, request::Request};
    let request = Request::current()?;
    participants::save_mark(&request, number, &mark).await?;
    request.redirect(&format!("/interviews/{number}?saved=mark"));
    Ok(())
}

/// Records that an interviewee passed (`passed`), failed (`failed`), or neither (empty).
///
/// # Errors
/// `NotFound` for strangers, `Forbidden` for interviewees, `Invalid` for anything but an interviewee.
#[server(prefix = "/api", endpoint = "record_result", input = server_fn::codec::PostUrl)]
pub async fn record_result(
    number: InterviewNumber,
    participant: ParticipantId,
    #[server(default)] result: String,
) -> Result<(), ApiError> {
    use crate::server::{participants, request::Request};
    let request = Request::current()?;
    participants::record_result(&request, number, participant, &result).await?;
    request.redirect(&format!("/interviews/{number}#participants"));
    Ok(())
}
