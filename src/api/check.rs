//! The check of devices and network: who may use it, and what it needs to know.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ApiError, join::Invitation};
use crate::{
    model::{InterviewNumber, Refusal, Timestamp},
    protocol::IceServer,
};

/// What `/join/{number}/check` shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum CheckPage {
    /// A page that says why not and what to do next. Never because it is too early or full.
    Refused {
        refusal: Refusal,
        /// Told only to those who are invited or hold a valid key.
        interview: Option<Invitation>,
        now: Timestamp,
    },
    Ready {
        interview: Invitation,
        /// Empty while a guest has not told it.
        name: String,
    },
}

/// Decides whether the viewer may check devices and network for that interview: whoever may enter
/// some day may check today.
///
/// # Errors
/// `Internal` only; every refusal is a [`CheckPage`].
#[server(prefix = "/api", endpoint = "load_check", input = server_fn::codec::PostUrl)]
pub async fn load_check(
    number: String,
    #[server(default)] key: String,
) -> Result<CheckPage, ApiError> {
    use crate::server::{check, request::Request};
    let request = Request::current()?;
    Ok(check::load(&request, &number, &key).await?)
}

/// The STUN and TURN servers to try, as the room will name them.
///
/// # Errors
/// `Forbidden` for those who may not enter, now or later, `TooMany`.
#[server(prefix = "/api", endpoint = "load_ice_servers", input = server_fn::codec::PostUrl)]
pub async fn load_ice_servers(
    number: InterviewNumber,
    #[server(default)] key: String,
) -> Result<Vec<IceServer>, ApiError> {
    use crate::server::{check, request::Request};
    let request = Request::current()?;
    Ok(check::ice_servers(&request, number, &key).await?)
}
