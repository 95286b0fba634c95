//! What all benches need: the machine, servers as processes, people with seats, sockets, and figures for people to
//! read. Knows nothing of what is measured.

mod bench;
mod crowd;
mod figures;
mod http;
mod machine;
mod process;
mod program;
mod report;
mod scratch;
mod seed;
mod tally;
mod wire;

pub use bench::{Options, carry_out, number, seconds};
pub use crowd::Crowd;
pub use figures::Figures;
pub use http::{Answer, post};
pub use machine::Machine;
pub use process::Process;
pub use program::{Colloquy, join};
pub use report::{Packages, caution, row, version};
pub use scratch::Scratch;
pub use seed::{Booking, Seat, address};
pub use tally::{Counts, Tally, quantile};
pub use wire::{Frame, Wire};

/// Successive multiples of it spread evenly between 0 and 1, and look like chance.
pub const GOLDEN: f64 = 0.618_033_988_749_895;
