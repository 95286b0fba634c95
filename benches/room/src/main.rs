//! Measures rooms: Colloquy and its peers one after the other, round after round, on the same machine. Reads the
//! options and decides in which order things happen; measures nothing itself.

mod browsers;
mod contestant;
mod crowd;
mod figures;
mod http;
mod load;
mod machine;
mod member;
mod options;
mod process;
mod report;
mod restart;
mod seed;
mod tally;
mod visit;
mod wire;

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use tokio::runtime::Builder;

use crate::{
    contestant::{Contestant, Setting},
    figures::Figures,
    load::Plan,
    machine::Machine,
    options::Options,
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nroom-bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let Some(options) = Options::parse(std::env::args().skip(1))? else {
        println!("{}", options::USAGE);
        return Ok(());
    };
    let machine = Machine::look(options.members() + 500)?;
    // The servers get one half of the cores and this program the other, so that neither takes the other's time.
    machine.keep_to_own_half()?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(machine.own_cores())
        .enable_all()
        .build()?;
    let report = runtime.block_on(measure(&options, &machine))?;
    println!("\n{report}");
    if let Some(file) = &options.write {
        report::write_into(file, &report)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Everything that is measured, in the order in which it is.
async fn measure(options: &Options, machine: &Machine) -> Result<String> {
    let setting = seed::prepare(options, machine).await?;
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
    report::table(options, machine, &figures)
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
