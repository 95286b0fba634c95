//! The rows as they are stored, one file a table. They never leave `server::db`.

pub mod answer;
pub mod answer_update;
pub mod interview;
pub mod interview_question;
pub mod participant;
pub mod question;
pub mod session;
pub mod user;
