//! To be written.

#[derive(Debug)]
pub struct CommonMessages {}

pub(super) const ENGLISH: CommonMessages = CommonMessages {};
pub(super) const CHINESE: CommonMessages = CommonMessages {};
