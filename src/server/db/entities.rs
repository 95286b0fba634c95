//! The rows as they are stored, one file a table. They never leave `server::db`.

pub mod interview;
pub mod participant;
pub mod session;
pub mod user;
