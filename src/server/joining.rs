//! Joining.

use super::{error::Error, request::Request};
use crate::{api::join::JoinPage, model::InterviewNumber};

pub async fn check(_: &Request, _: &str, _: &str) -> Result<JoinPage, Error> {
    Err(Error::NotFound)
}
pub async fn join_as_guest(_: &Request, _: InterviewNumber, _: &str, _: &str) -> Result<(), Error> {
    Err(Error::NotFound)
}
