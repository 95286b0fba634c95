//! Who may do what with an interview.

use crate::{
    model::{InterviewId, InterviewNumber, ParticipantId, Refusal, Role, Timestamp},
    server::{Server, error::Error, request::Request},
};

/// A participant before open doors.
#[derive(Debug)]
pub struct Admission {
    interview: InterviewId,
    number: InterviewNumber,
    title: String,
    seats: u32,
    ends_at: Timestamp,
    participant: ParticipantId,
    name: String,
    role: Role,
}

impl Admission {
    /// Whether the caller may enter now.
    pub async fn of(_: &Server, _: &Request, _: &str) -> Result<Result<Self, Refusal>, Error> {
        Ok(Err(Refusal::Unknown))
    }
    pub fn interview(&self) -> InterviewId {
        self.interview
    }
    pub fn number(&self) -> InterviewNumber {
        self.number
    }
    pub fn title(&self) -> &str {
        &self.title
    }
    pub fn seats(&self) -> u32 {
        self.seats
    }
    pub fn ends_at(&self) -> Timestamp {
        self.ends_at
    }
    pub fn participant(&self) -> ParticipantId {
        self.participant
    }
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn role(&self) -> Role {
        self.role
    }
}
