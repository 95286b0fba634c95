//! Measures rooms: Colloquy and its peers one after the other, round after round, on the same machine. Decides in which
//! order things happen; measures nothing itself.

mod browsers;
mod contestant;
mod crowd;
mod load;
mod member;
mod options;
mod report;
mod restart;
mod setting;
mod visit;

use std::process::ExitCode;

use anyhow::Result;
use bench_support::Machine;

use crate::{
    contestant::{Contestant, Figures},
    load::Plan,
    options::Options,
    setting::Setting,
};

fn main() -> ExitCode {
    bench_support::carry_out::<Options>(measure)
}

/// Everything that is measured, in the order in which it is.
async fn measure(options: &Options, machine: &Machine) -> Result<String> {
    let setting = Setting::prepare(options, machine).await?;
    let mut figures = Figures::default();
    if options.has("room") {
        rounds(options, &setting, &mut figures).await?;
    }
    if options.has("restart") {
        for trial in 0..options.trials {
            for contestant in [Contestant::Colloquy, Contestant::SocketIo] {
                let back = restart::measure(&setting, contestant).await?;
                println!(
                    "restart {}: {} back after {:.0} ms",
                    trial + 1,
                    contestant.name(),
                    back
                );
                figures.add(contestant, "restart", back);
            }
        }
    }
    if options.has("browser") {
        browsers::measure(options, machine, &setting, &mut figures).await?;
    }
    report::table(options, machine, &setting, &figures)
}

/// Fan-out, joins and memory: first how much each server carries, then all of them in turn.
async fn rounds(options: &Options, setting: &Setting, figures: &mut Figures) -> Result<()> {
    let mut plans = Vec::new();
    for contestant in Contestant::ALL {
        let sustained = visit::find_sustained(options, setting, contestant).await?;
        println!(
            "{} sustains {sustained} messages a second",
            contestant.name()
        );
        plans.push((contestant, sustained));
    }
    let same = plans
        .iter()
        .map(|(_, sustained)| *sustained)
        .min()
        .unwrap_or_default();
    for round in 0..options.rounds {
        for (contestant, sustained) in &plans {
            let plan = Plan {
                full: *sustained,
                half: *sustained / 2,
                same,
                // It takes as long as the slowest of them needs to notice, so it is done once.
                watches_silence: round + 1 == options.rounds,
            };
            println!("round {}: {}", round + 1, contestant.name());
            visit::visit(options, setting, *contestant, &plan, figures).await?;
        }
    }
    Ok(())
}
