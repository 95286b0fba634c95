//! The only door to rooms.

use crate::model::{InterviewId, ParticipantId, Timestamp, UserId};

/// Reaches every live room.
#[derive(Clone, Debug, Default)]
pub struct Hub;

impl Hub {
    /// Tells a room that its booking changed.
    pub fn rescheduled(
        &self,
        _interview: InterviewId,
        _title: &str,
        _seats: u32,
        _ends_at: Timestamp,
    ) {
    }

    /// Tells a room that its interview was called off.
    pub fn cancelled(&self, _interview: InterviewId) {}

    /// Takes somebody out of a room.
    pub fn removed(&self, _interview: InterviewId, _participant: ParticipantId) {}

    /// Closes the sockets of one session.
    pub fn close_session(&self, _session_id: &str) {}

    /// Closes the sockets of an account, except those of one session.
    pub fn close_user(&self, _user: UserId, _except_session: Option<&str>) {}

    /// Whether a room has a seat for somebody.
    pub async fn has_seat_for(
        &self,
        _interview: InterviewId,
        _participant: ParticipantId,
        _seats: u32,
    ) -> bool {
        true
    }

    /// Closes every socket and waits for the rooms' writes.
    pub async fn drain(&self) {}
}
