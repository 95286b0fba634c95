//! What the room must keep to: each rule in a test of its own, and all of them under random use.

mod arriving;
mod charge;
mod chat;
mod client;
mod ending;
mod leaving;
mod overview;
mod properties;
mod reference;
mod rights;
mod signals;
mod signs;
mod stage;
mod waiting;
