//! Participants.

use super::{error::Error, request::Request};
use crate::{
    api::participants::FoundUser,
    model::{InterviewNumber, ParticipantId},
};

pub async fn find_user(_: &Request, _: &str) -> Result<FoundUser, Error> {
    Err(Error::NotFound)
}
pub async fn invite(
    _: &Request,
    _: InterviewNumber,
    _: &str,
    _: &str,
    _: &str,
) -> Result<(), Error> {
    Err(Error::NotFound)
}
pub async fn remove(_: &Request, _: InterviewNumber, _: ParticipantId) -> Result<(), Error> {
    Err(Error::NotFound)
}
pub async fn set_personal_link(
    _: &Request,
    _: InterviewNumber,
    _: ParticipantId,
    _: bool,
) -> Result<(), Error> {
    Err(Error::NotFound)
}
pub async fn set_guest_link(_: &Request, _: InterviewNumber, _: bool) -> Result<(), Error> {
    Err(Error::NotFound)
}
pub async fn save_mark(_: &Request, _: InterviewNumber, _: &str) -> Result<(), Error> {
    Err(Error::NotFound)
}
pub async fn record_result(
    _: &Request,
    _: InterviewNumber,
    _: ParticipantId,
    _: &str,
) -> Result<(), Error> {
    Err(Error::NotFound)
}
