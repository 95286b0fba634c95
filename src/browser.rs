//! Adapters to the browser. Called from effects and event handlers only.

pub mod clipboard;
pub mod page;
