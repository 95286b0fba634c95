//! To be written.

#[derive(Debug)]
pub struct JoinMessages {}

pub(super) const ENGLISH: JoinMessages = JoinMessages {};
pub(super) const CHINESE: JoinMessages = JoinMessages {};
