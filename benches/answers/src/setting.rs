//! What stands ready before a server is started: interviews with a question shown, two people at each answer for
//! Colloquy, and as many documents for its peers.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use bench_support::{Booking, Colloquy, Machine, Scratch, Seat, address};
use colloquy::protocol::AnswerKey;

use crate::{disk::Disk, options::Options, questions};

/// Where the peers' programs are, seen from the checkout.
const BENCH: &str = "benches/answers";

/// Everything that the servers need to know of their people.
#[derive(Debug)]
pub struct Setting {
    pub colloquy: Colloquy,
    /// The folder with the peers' programs.
    pub bench: PathBuf,
    /// The program that runs them.
    pub node: PathBuf,
    /// For everything that this run writes.
    pub scratch: Scratch,
    pub disk: Disk,
    pub server_cores: String,
    /// Two after two, who share a document.
    pub places: Vec<Place>,
}

/// Where somebody writes.
#[derive(Clone, Debug)]
pub struct Place {
    pub seat: Seat,
    /// Colloquy's name of the document.
    pub answer: AnswerKey,
    /// The peers' name of it.
    pub document: String,
    /// Whether it is this one's own answer.
    pub owns: bool,
}

impl Setting {
    pub async fn prepare(options: &Options, machine: &Machine) -> Result<Self> {
        let scratch = Scratch::inside(&options.folder)?;
        let bench = PathBuf::from(BENCH)
            .canonicalize()
            .context("start it in the checkout")?;
        let colloquy = Colloquy::new(&options.program, &scratch, machine)?;
        let booking = Booking {
            rooms: options.rooms,
            seats: options.seats,
            // With the host, one for each of those who are interviewed.
            co_interviewers: options.seats / 2 - 1,
        };
        let seats = booking.carry_out(&colloquy).await?;
        let places = places(options, &colloquy, &seats).await?;
        Ok(Self {
            node: node(&bench)?,
            disk: Disk::of(scratch.path())?,
            server_cores: machine.server_list(),
            colloquy,
            bench,
            scratch,
            places,
        })
    }
}

/// Shows everybody a question and says who writes where.
async fn places(options: &Options, colloquy: &Colloquy, seats: &[Seat]) -> Result<Vec<Place>> {
    println!("Showing a question in {} rooms ...", options.rooms);
    let server = colloquy.start_to_prepare().await?;
    let half = options.seats / 2;
    let mut places = Vec::with_capacity(seats.len());
    for (number, room) in seats.chunks_exact(options.seats).enumerate() {
        let host = room.first().context("a room has a host")?;
        let answers = questions::show(&server, host, &address(number)).await?;
        ensure!(answers.len() == half, "{} answers of {half}", answers.len());
        let (interviewers, owners) = room.split_at(half);
        for ((owner, other), answer) in owners.iter().zip(interviewers).zip(answers) {
            let document = format!("document-{}", places.len() / 2);
            for (seat, owns) in [(owner, true), (other, false)] {
                places.push(Place {
                    seat: seat.clone(),
                    answer,
                    document: document.clone(),
                    owns,
                });
            }
        }
    }
    server.stop().await?;
    Ok(places)
}

/// The Node that npm brought, for this kind of processor: newer than the one that Colloquy's own tools need.
fn node(bench: &Path) -> Result<PathBuf> {
    let kind = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let file = bench.join(format!("node_modules/node-linux-{kind}/bin/node"));
    file.canonicalize()
        .with_context(|| format!("no {}", file.display()))
}
