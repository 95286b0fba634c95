//! What the two ends of a hand-over do, case by case and in storms.

mod cases;
mod liars;
mod storms;
mod world;
