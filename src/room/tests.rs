//! What the room must keep to: each rule in a test of its own, and all of them under random use.

#![allow(
    clippy::cloned_ref_to_slice_refs,
    clippy::large_enum_variant,
    clippy::type_complexity,
    reason = "tests are tables, and read best when they look like one"
)]

mod answers;
mod arriving;
mod charge;
mod chat;
mod client;
mod ending;
mod leaving;
mod lock;
mod overview;
mod pages;
mod properties;
mod questions;
mod reference;
mod rights;
mod runs;
mod signals;
mod signs;
mod stage;
mod waiting;
