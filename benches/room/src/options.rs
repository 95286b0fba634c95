//! The command line.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, bail};

pub const USAGE: &str = "\
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

impl Options {
    /// None when only help was asked for.
    pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Self>> {
        let words: Vec<String> = arguments.collect();
        let quick = words.iter().any(|word| word == "--quick");
        let mut options = if quick { Self::quick() } else { Self::whole() };
        let mut words = words.into_iter().filter(|word| word != "--quick");
        while let Some(word) = words.next() {
            if word == "--help" {
                return Ok(None);
            }
            let value = words
                .next()
                .with_context(|| format!("{word} needs a value"))?;
            options.set(&word, &value)?;
        }
        if options.seats < 2 || options.seats > 20 || options.rooms == 0 || options.rounds == 0 {
            bail!("there must be a room, a round, and 2 to 20 seats");
        }
        Ok(Some(options))
    }

    fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let number = || {
            value
                .parse::<usize>()
                .with_context(|| format!("{name} {value}: not a number"))
        };
        let seconds = || Ok::<_, anyhow::Error>(Duration::from_secs(number()?.try_into()?));
        match name {
            "--rooms" => self.rooms = number()?,
            "--seats" => self.seats = number()?,
            "--rounds" => self.rounds = number()?,
            "--seconds" => self.seconds = seconds()?,
            "--trials" => self.trials = number()?,
            "--silence" => self.silence = seconds()?,
            "--only" => self.only = value.split(',').map(str::to_owned).collect(),
            "--write" => self.write = Some(value.into()),
            "--program" => self.program = value.into(),
            _ => bail!("there is no {name}.\n\n{USAGE}"),
        }
        Ok(())
    }

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

    pub fn members(&self) -> usize {
        self.rooms * self.seats
    }

    /// Whether this part is to be measured.
    pub fn has(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == part)
    }
}
