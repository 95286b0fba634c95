//! Adapters to the browser. Called from effects and event handlers only.

pub mod check;
pub mod chime;
pub mod clipboard;
pub mod clock;
pub mod editor;
pub mod externs;
pub mod family;
pub mod file_text;
pub mod in_view;
pub mod listener;
pub mod media;
mod package;
pub mod page;
pub mod peer;
pub mod room;
pub mod runner;
pub mod socket;
pub mod storage;
pub mod visit;
pub mod wake_lock;
