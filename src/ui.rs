//! The pages, on both targets: routes and what every page shares. Decides nothing; asks `api`.

pub mod app;
pub mod components;
pub mod pages;
pub mod query;
pub mod room;

pub use app::{App, Viewing, document, use_messages, use_viewer};
