//! To be written.

#[derive(Debug)]
pub struct InterviewMessages {}

pub(super) const ENGLISH: InterviewMessages = InterviewMessages {};
pub(super) const CHINESE: InterviewMessages = InterviewMessages {};
