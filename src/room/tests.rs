//! What the room must keep to: each rule in a test of its own, and all of them under random use.

mod arriving;
mod chat;
mod client;
mod ending;
mod leaving;
mod properties;
mod reference;
mod signals;
mod stage;
