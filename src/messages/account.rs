//! To be written.

#[derive(Debug)]
pub struct AccountMessages {}

pub(super) const ENGLISH: AccountMessages = AccountMessages {};
pub(super) const CHINESE: AccountMessages = AccountMessages {};
