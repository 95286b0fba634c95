//! What stands ready before a server is started: interviews with their people for Colloquy, as many sessions for its
//! peers.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use bench_support::{Booking, Colloquy, Machine, Scratch, Seat};
use serde_json::Value;

use crate::options::Options;

/// Where the peers' programs are, seen from the checkout.
const BENCH: &str = "benches/room";

/// Everything that the servers need to know of their members.
#[derive(Debug)]
pub struct Setting {
    pub colloquy: Colloquy,
    /// The folder with the peers' programs.
    pub bench: PathBuf,
    /// For everything that this run writes.
    pub scratch: Scratch,
    pub server_cores: String,
    /// Colloquy's members.
    pub seats: Vec<Seat>,
    /// The peers' members, in as many rooms.
    pub peers: Vec<Seat>,
}

impl Setting {
    pub async fn prepare(options: &Options, machine: &Machine) -> Result<Self> {
        let scratch = Scratch::inside(&std::env::temp_dir())?;
        let bench = PathBuf::from(BENCH)
            .canonicalize()
            .context("start it in the checkout")?;
        let colloquy = Colloquy::new(&options.program, &scratch, machine)?;
        let booking = Booking {
            rooms: options.rooms,
            seats: options.seats,
            co_interviewers: 0,
        };
        let seats = booking.carry_out(&colloquy).await?;
        let peers = peers(options, &bench, &scratch.join("sessions.json"))?;
        Ok(Self {
            colloquy,
            bench,
            scratch,
            server_cores: machine.server_list(),
            seats,
            peers,
        })
    }
}

fn peers(options: &Options, bench: &Path, file: &Path) -> Result<Vec<Seat>> {
    let (rooms, seats) = (options.rooms.to_string(), options.seats.to_string());
    let status = Command::new("node")
        .arg(bench.join("peers/make-sessions.mjs"))
        .arg(file)
        .args([rooms, seats])
        .status()
        .context("node cannot be started; install Node 20 or newer")?;
    if !status.success() {
        bail!("the peers' sessions were not made");
    }
    let made: Value = serde_json::from_slice(&fs::read(file)?)?;
    let sessions = made["sessions"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let seat = |(index, session): (usize, &Value)| {
        Some(Seat {
            room: session["room"].as_str()?.to_owned(),
            place: index % options.seats,
            cookie: session["cookie"].as_str()?.to_owned(),
        })
    };
    sessions
        .iter()
        .enumerate()
        .map(seat)
        .collect::<Option<_>>()
        .context("sessions.json")
}
