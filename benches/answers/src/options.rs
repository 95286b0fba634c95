//! The command line.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, ensure};
use bench_support::{number, seconds};

const USAGE: &str = "\
Measures what is written together: how fast a keystroke is on the other screen, and how many updates become durable.
Against Hocuspocus, y-websocket and one commit for each update, in the same run. Started by `cargo xtask bench answers`.

  --quick           tiny and short: shows that everything works, says nothing about speed
  --rooms N         rooms (250)
  --seats N         people in each room, an even number: two share an answer and both write in it (20, at most 20)
  --documents N     answers that are written in while keystrokes are timed (50)
  --speed N         keystrokes a second of each person meanwhile (5)
  --pace N          updates a second of each person at most, while durable ones are counted (10, at most 40: less
                    than Colloquy lets a seat say in the long run)
  --window N        updates of each person that may wait for their receipt, before the next is written (4)
  --rounds N        rounds in which every server has its turn (3)
  --seconds N       how long each load is measured (10)
  --folder DIR      where the servers' data is; must be on a disk (the system's folder for temporary files)
  --only A,B        some of: keystroke, durable
  --write FILE      replace the figures in this file
  --program FILE    Colloquy's program (set by xtask)";

/// Less than the frames a second that Colloquy takes from a seat in the long run, which are 50.
const FASTEST: f64 = 40.0;

/// What was asked for.
#[derive(Debug)]
pub struct Options {
    pub quick: bool,
    pub rooms: usize,
    pub seats: usize,
    pub documents: usize,
    pub speed: f64,
    pub pace: f64,
    pub window: u64,
    pub rounds: usize,
    pub seconds: Duration,
    pub folder: PathBuf,
    only: Vec<String>,
    pub write: Option<PathBuf>,
    pub program: PathBuf,
}

impl bench_support::Options for Options {
    const SUBJECT: &'static str = "answers";
    const USAGE: &'static str = USAGE;

    fn whole() -> Self {
        Self {
            quick: false,
            rooms: 250,
            seats: 20,
            documents: 50,
            speed: 5.0,
            pace: 10.0,
            window: 4,
            rounds: 3,
            seconds: Duration::from_secs(10),
            folder: std::env::temp_dir(),
            only: Vec::new(),
            write: None,
            program: "target/release/colloquy".into(),
        }
    }

    fn quick() -> Self {
        Self {
            quick: true,
            rooms: 5,
            documents: 10,
            rounds: 1,
            seconds: Duration::from_secs(2),
            ..Self::whole()
        }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<bool> {
        match name {
            "--rooms" => self.rooms = number(name, value)?,
            "--seats" => self.seats = number(name, value)?,
            "--documents" => self.documents = number(name, value)?,
            "--speed" => self.speed = rate(name, value)?,
            "--pace" => self.pace = rate(name, value)?,
            "--window" => self.window = number(name, value)?.try_into()?,
            "--rounds" => self.rounds = number(name, value)?,
            "--seconds" => self.seconds = seconds(name, value)?,
            "--folder" => self.folder = value.into(),
            "--only" => self.only = value.split(',').map(str::to_owned).collect(),
            "--write" => self.write = Some(value.into()),
            "--program" => self.program = value.into(),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn check(&self) -> Result<()> {
        ensure!(
            self.seats.is_multiple_of(2) && (2..=20).contains(&self.seats),
            "--seats must be even, from 2 to 20"
        );
        ensure!(
            (1..=self.people() / 2).contains(&self.documents),
            "--documents must be from 1 to {}, two people for each",
            self.people() / 2
        );
        ensure!(
            self.rounds > 0 && self.window > 0,
            "there must be a round and a window"
        );
        for (name, rate) in [("--speed", self.speed), ("--pace", self.pace)] {
            ensure!(
                rate > 0.0 && rate <= FASTEST,
                "{name} must be more than 0, and at most {FASTEST}: Colloquy lets nobody say more"
            );
        }
        Ok(())
    }

    fn files(&self) -> usize {
        self.people() + 500
    }

    fn write(&self) -> Option<&PathBuf> {
        self.write.as_ref()
    }
}

impl Options {
    pub fn people(&self) -> usize {
        self.rooms * self.seats
    }

    /// Whether this part is to be measured.
    pub fn has(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == part)
    }
}

fn rate(name: &str, value: &str) -> Result<f64> {
    value
        .parse()
        .with_context(|| format!("{name} {value}: not a number"))
}

#[cfg(test)]
mod tests {
    use bench_support::Options as _;

    use super::*;

    #[test]
    fn what_a_seat_may_not_do_is_not_asked_of_it() {
        let check = |name: &str, value: &str, fine: bool| {
            let mut options = Options::whole();
            assert!(options.set(name, value).unwrap());
            assert_eq!(options.check().is_ok(), fine, "{name} {value}");
        };
        check("--pace", "40", true);
        check("--pace", "41", false);
        check("--pace", "0", false);
        check("--speed", "0.5", true);
        check("--seats", "7", false);
        check("--seats", "22", false);
        check("--documents", "2500", true);
        check("--documents", "2501", false);
        check("--window", "0", false);
        assert!(!Options::whole().set("--doors", "1").unwrap());
    }
}
