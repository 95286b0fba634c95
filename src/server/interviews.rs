//! Interviews.

use super::{error::Error, request::Request};
use crate::{
    api::interviews::{
        BookingDefaults, BookingForm, InterviewDetails, InterviewPage, Period, Side,
    },
    model::InterviewNumber,
};

pub async fn booking_defaults(_: &Request) -> Result<BookingDefaults, Error> {
    Err(Error::NotFound)
}
pub async fn book(_: &Request, _: BookingForm) -> Result<InterviewNumber, Error> {
    Err(Error::NotFound)
}
pub async fn edit(_: &Request, _: InterviewNumber, _: BookingForm) -> Result<(), Error> {
    Err(Error::NotFound)
}
pub async fn cancel(_: &Request, _: InterviewNumber) -> Result<(), Error> {
    Err(Error::NotFound)
}
pub async fn list(
    _: &Request,
    _: Side,
    _: Period,
    _: &str,
    _: u32,
) -> Result<InterviewPage, Error> {
    Err(Error::NotFound)
}
pub async fn details(_: &Request, _: InterviewNumber) -> Result<InterviewDetails, Error> {
    Err(Error::NotFound)
}
