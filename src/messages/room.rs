//! To be written.

#[derive(Debug)]
pub struct RoomMessages {}

pub(super) const ENGLISH: RoomMessages = RoomMessages {};
pub(super) const CHINESE: RoomMessages = RoomMessages {};
