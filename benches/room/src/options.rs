//! The command line.

use std::{path::PathBuf, time::Duration};

use anyhow::{Result, bail};
use bench_support::{number, seconds};

const USAGE: &str = "\
Measures rooms against socket.io and bun in the same run. Started by `cargo xtask bench room`.

  --quick           tiny and short: shows that everything works, says nothing about speed
  --rooms N         rooms (500)
  --seats N         members of each room (20, at most 20)
  --rounds N        rounds in which every server has its turn (3)
  --seconds N       how long each load is measured (8)
  --trials N        first frames, lost links and restarts of each server (15)
  --silence N       how long silent sockets are watched, in seconds (50)
  --only A,B        some of: room, restart, browser
  --write FILE      replace the figures in this file
  --program FILE    Colloquy's program (set by xtask)";

/// What was asked for.
#[derive(Debug)]
pub struct Options {
    pub quick: bool,
    pub rooms: usize,
    pub seats: usize,
    pub rounds: usize,
    pub seconds: Duration,
    pub trials: usize,
    pub silence: Duration,
    only: Vec<String>,
    pub write: Option<PathBuf>,
    pub program: PathBuf,
}

impl bench_support::Options for Options {
    const SUBJECT: &'static str = "the room";
    const USAGE: &'static str = USAGE;

    fn whole() -> Self {
        Self {
            quick: false,
            rooms: 500,
            seats: 20,
            rounds: 3,
            seconds: Duration::from_secs(8),
            trials: 15,
            silence: Duration::from_secs(50),
            only: Vec::new(),
            write: None,
            program: "target/release/colloquy".into(),
        }
    }

    fn quick() -> Self {
        Self {
            quick: true,
            rooms: 20,
            rounds: 1,
            seconds: Duration::from_secs(1),
            trials: 2,
            silence: Duration::from_secs(3),
            ..Self::whole()
        }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<bool> {
        match name {
            "--rooms" => self.rooms = number(name, value)?,
            "--seats" => self.seats = number(name, value)?,
            "--rounds" => self.rounds = number(name, value)?,
            "--seconds" => self.seconds = seconds(name, value)?,
            "--trials" => self.trials = number(name, value)?,
            "--silence" => self.silence = seconds(name, value)?,
            "--only" => self.only = value.split(',').map(str::to_owned).collect(),
            "--write" => self.write = Some(value.into()),
            "--program" => self.program = value.into(),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn check(&self) -> Result<()> {
        if self.seats < 2 || self.seats > 20 || self.rooms == 0 || self.rounds == 0 {
            bail!("there must be a room, a round, and 2 to 20 seats");
        }
        Ok(())
    }

    fn files(&self) -> usize {
        self.members() + 500
    }

    fn write(&self) -> Option<&PathBuf> {
        self.write.as_ref()
    }
}

impl Options {
    pub fn members(&self) -> usize {
        self.rooms * self.seats
    }

    /// Whether this part is to be measured.
    pub fn has(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == part)
    }
}
