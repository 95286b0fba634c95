//! Measures answers: Colloquy and its peers one after the other, round after round, on the same machine. Decides in
//! which order things happen; measures nothing itself.

mod class;
mod commit_each;
mod contestant;
mod dialect;
mod disk;
mod load;
mod notes;
mod options;
mod questions;
mod reader;
mod report;
mod setting;
mod stroke;
mod typist;
mod visit;

use std::process::ExitCode;

use anyhow::Result;
use bench_support::Machine;

use crate::{
    contestant::{Contestant, Figures},
    options::Options,
    setting::Setting,
};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    // One of the peers is in this program.
    if words.next().as_deref() == Some(commit_each::WORD) {
        return commit_each::run(words.next().as_deref());
    }
    bench_support::carry_out::<Options>(measure)
}

/// Everything that is measured, in the order in which it is.
async fn measure(options: &Options, machine: &Machine) -> Result<String> {
    let setting = Setting::prepare(options, machine).await?;
    let mut figures = Figures::default();
    if options.has("keystroke") {
        for round in 0..options.rounds {
            for contestant in Contestant::SHARING {
                println!("keystrokes {}: {}", round + 1, contestant.name());
                visit::keystrokes(options, &setting, contestant, &mut figures).await?;
            }
        }
    }
    if options.has("durable") {
        durable(options, &setting, &mut figures).await?;
    }
    report::table(options, machine, &setting, &figures)
}

/// Durable updates: first how many each server carries, then all of them in turn.
async fn durable(options: &Options, setting: &Setting, figures: &mut Figures) -> Result<()> {
    let mut loads = Vec::new();
    for contestant in Contestant::KEEPING {
        let sustained = visit::find_sustained(options, setting, contestant).await?;
        println!(
            "{} sustains {sustained:.0} updates a second",
            contestant.name()
        );
        loads.push((contestant, sustained));
    }
    let same = loads
        .iter()
        .map(|(_, sustained)| *sustained)
        .fold(f64::INFINITY, f64::min);
    for round in 0..options.rounds {
        for (contestant, sustained) in &loads {
            println!("durable {}: {}", round + 1, contestant.name());
            let rates = [
                ("full", *sustained),
                ("half", *sustained / 2.0),
                ("same", same),
            ];
            visit::durable(options, setting, *contestant, &rates, figures).await?;
        }
    }
    Ok(())
}
