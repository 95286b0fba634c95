//! A bench from its command line to its report. What is measured, and in which order, is the bench's own affair.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context as _, Result};
use tokio::runtime::Builder;

use crate::{machine::Machine, report};

/// What a bench can be asked for.
pub trait Options: Sized {
    /// What is measured, as the marks around its figures call it.
    const SUBJECT: &'static str;
    const USAGE: &'static str;

    /// Everything, as it is meant to be measured.
    fn whole() -> Self;

    /// Tiny and short.
    fn quick() -> Self;

    /// Takes one option; false when there is none of that name.
    fn set(&mut self, name: &str, value: &str) -> Result<bool>;

    /// Fails when the options do not make sense together.
    fn check(&self) -> Result<()>;

    /// How many files must be allowed to be open at once.
    fn files(&self) -> usize;

    /// Where the figures are to be written, besides being shown.
    fn write(&self) -> Option<&PathBuf>;
}

/// Reads the command line, measures on this program's half of the cores, shows the report and writes it where it was
/// asked for.
pub fn carry_out<O: Options>(
    measure: impl AsyncFnOnce(&O, &Machine) -> Result<String>,
) -> ExitCode {
    match run::<O>(measure) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nbench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run<O: Options>(measure: impl AsyncFnOnce(&O, &Machine) -> Result<String>) -> Result<()> {
    let Some(options) = parse::<O>(std::env::args().skip(1))? else {
        println!("{}", O::USAGE);
        return Ok(());
    };
    let machine = Machine::look(options.files())?;
    // The servers get one half of the cores and this program the other, so that neither takes the other's time.
    machine.keep_to_own_half()?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(machine.own_cores())
        .enable_all()
        .build()?;
    let report = runtime.block_on(measure(&options, &machine))?;
    println!("\n{report}");
    if let Some(file) = options.write() {
        write(file, O::SUBJECT, &report)?;
    }
    Ok(())
}

fn write(file: &Path, subject: &str, text: &str) -> Result<()> {
    report::write_into(file, subject, text)
        .with_context(|| format!("cannot write {}", file.display()))
}

/// None when only help was asked for.
fn parse<O: Options>(arguments: impl Iterator<Item = String>) -> Result<Option<O>> {
    let words: Vec<String> = arguments.collect();
    let quick = words.iter().any(|word| word == "--quick");
    let mut options = if quick { O::quick() } else { O::whole() };
    let mut words = words.into_iter().filter(|word| word != "--quick");
    while let Some(word) = words.next() {
        if word == "--help" {
            return Ok(None);
        }
        let value = words
            .next()
            .with_context(|| format!("{word} needs a value"))?;
        if !options.set(&word, &value)? {
            anyhow::bail!("there is no {word}.\n\n{}", O::USAGE);
        }
    }
    options.check()?;
    Ok(Some(options))
}

/// The whole number that an option was given.
pub fn number(name: &str, value: &str) -> Result<usize> {
    value
        .parse()
        .with_context(|| format!("{name} {value}: not a number"))
}

/// The time that an option was given, in whole seconds.
pub fn seconds(name: &str, value: &str) -> Result<Duration> {
    Ok(Duration::from_secs(number(name, value)?.try_into()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq)]
    struct Plain {
        rooms: usize,
    }

    impl Options for Plain {
        const SUBJECT: &'static str = "nothing";
        const USAGE: &'static str = "--rooms N";

        fn whole() -> Self {
            Self { rooms: 500 }
        }

        fn quick() -> Self {
            Self { rooms: 20 }
        }

        fn set(&mut self, name: &str, value: &str) -> Result<bool> {
            if name == "--rooms" {
                self.rooms = number(name, value)?;
            }
            Ok(name == "--rooms")
        }

        fn check(&self) -> Result<()> {
            anyhow::ensure!(self.rooms > 0, "no room");
            Ok(())
        }

        fn files(&self) -> usize {
            0
        }

        fn write(&self) -> Option<&PathBuf> {
            None
        }
    }

    #[test]
    fn options_are_read_in_any_order() {
        let check = |line: &str, expected: Option<usize>| {
            let words = line.split_whitespace().map(str::to_owned);
            let options = parse::<Plain>(words).unwrap();
            assert_eq!(options.map(|options| options.rooms), expected, "{line}");
        };
        check("", Some(500));
        check("--rooms 7", Some(7));
        check("--quick", Some(20));
        check("--rooms 7 --quick", Some(7));
        check("--quick --help", None);
        for line in ["--rooms", "--rooms x", "--rooms 0", "--doors 3"] {
            let words = line.split_whitespace().map(str::to_owned);
            assert!(parse::<Plain>(words).is_err(), "{line}");
        }
    }
}
