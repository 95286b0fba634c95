//! The figures as a table for people. Says whether something went missing; measures nothing.

use std::fmt::Write as _;

use anyhow::Result;
use bench_support::{Machine, Packages, caution, row, version};

use crate::{
    contestant::{Contestant, Figures},
    options::Options,
    setting::Setting,
};

/// One row: what, its figure, how many decimals, what is aimed at.
type Row = (&'static str, &'static str, usize, &'static str);

const ROWS: [Row; 14] = [
    ("keystroke to the other screen, p50, ms", "key-p50", 2, ""),
    (
        "keystroke to the other screen, p95, ms",
        "key-p95",
        2,
        "20 ms",
    ),
    (
        "keystroke to the other screen, p99, ms",
        "key-p99",
        2,
        "2 ms",
    ),
    ("CPU-seconds for 1,000 keystrokes", "key-cpu", 3, ""),
    (
        "durable: acknowledged updates a second at the load sustained",
        "full-rate",
        0,
        "50,000",
    ),
    ("durable: p50 at that load, ms", "full-p50", 2, ""),
    ("durable: p99 at that load, ms", "full-p99", 2, "5 ms"),
    (
        "durable: CPU-seconds for 1,000 at that load",
        "full-cpu",
        3,
        "",
    ),
    (
        "durable: p50 at half of the load sustained, ms",
        "half-p50",
        2,
        "",
    ),
    (
        "durable: p99 at half of the load sustained, ms",
        "half-p99",
        2,
        "5 ms",
    ),
    (
        "durable: acknowledged updates a second at the same load",
        "same-rate",
        0,
        "",
    ),
    ("durable: p50 at the same load, ms", "same-p50", 2, ""),
    ("durable: p99 at the same load, ms", "same-p99", 2, ""),
    (
        "durable: CPU-seconds for 1,000 at the same load",
        "same-cpu",
        3,
        "",
    ),
];

/// Machine, versions and table in Markdown.
pub fn table(
    options: &Options,
    machine: &Machine,
    setting: &Setting,
    figures: &Figures,
) -> Result<String> {
    let mut text = String::new();
    let in_memory = setting.disk.is_in_memory();
    let in_memory = in_memory.then_some("the data lay in memory, where nothing is durable");
    for why in caution(machine, options.quick).into_iter().chain(in_memory) {
        writeln!(text, "**Preliminary: {why}.**\n")?;
    }
    writeln!(text, "{}.", machine.describe())?;
    writeln!(text, "{}.", setting.disk.describe())?;
    writeln!(text, "{}.", versions(setting))?;
    writeln!(
        text,
        "Keystrokes: {} documents, 2 people each, {} keystrokes a second each. Durable: {} people in {} rooms, at most \
         {} updates a second each and {} of them without a receipt. {} rounds, {} s a load. Each server has {} core(s), \
         the load generator {} other(s).\n",
        options.documents,
        options.speed,
        options.people(),
        options.rooms,
        options.pace,
        options.window,
        options.rounds,
        options.seconds.as_secs(),
        machine.server_cores(),
        machine.own_cores(),
    )?;
    let names = Contestant::ALL.map(Contestant::name).join(" | ");
    writeln!(text, "| median of rounds | {names} | aim |")?;
    writeln!(text, "|---|--:|--:|--:|--:|---|")?;
    for (what, name, decimals, aim) in ROWS {
        let values = Contestant::ALL.map(|contestant| figures.median(contestant, name));
        text.extend(row(what, &values, decimals, aim));
    }
    ratios(&mut text, figures)?;
    remarks(&mut text, options, figures)?;
    Ok(text)
}

fn ratios(text: &mut String, figures: &Figures) -> Result<()> {
    let of = |contestant| figures.median(contestant, "full-rate");
    if let (Some(own), Some(each), Some(node)) = (
        of(Contestant::Colloquy),
        of(Contestant::CommitEach),
        of(Contestant::Hocuspocus),
    ) {
        writeln!(
            text,
            "\nDurable updates a second: {:.1} x a commit each, {:.1} x Hocuspocus with a commit each.",
            own / each,
            own / node
        )?;
    }
    Ok(())
}

/// What the table does not show: who was never at the limit, who fell behind, and what went missing.
fn remarks(text: &mut String, options: &Options, figures: &Figures) -> Result<()> {
    let offered = options.pace * options.people() as f64;
    let mut vanished = false;
    for contestant in Contestant::ALL {
        let who = contestant.name();
        let worst = |name: &str| figures.quantile(contestant, name, 1.0).unwrap_or_default();
        let median = |name: &str| figures.median(contestant, name);
        if median("full-kept") == Some(1.0)
            && median("full-rate").is_some_and(|rate| rate >= offered * 0.97)
        {
            writeln!(
                text,
                "\n{who} took all {offered:.0} updates a second that so many people may make: it was not at its limit."
            )?;
        }
        for name in ["full", "half", "same"] {
            if median(&format!("{name}-kept")) == Some(0.0) {
                writeln!(
                    text,
                    "\n{who} fell behind under its load \"{name}\" in half of the rounds or more."
                )?;
            }
        }
        if worst("key-missing") > 0.0 {
            let missing = worst("key-missing");
            writeln!(
                text,
                "\n{missing:.0} keystrokes never came to the other screen by {who}."
            )?;
        }
        if worst("vanished") > 0.0 {
            vanished = true;
            let missing = worst("vanished");
            writeln!(
                text,
                "\n{missing:.0} updates that {who} had acknowledged were not in its file."
            )?;
        }
    }
    if median_of_any(figures, "vanished") && !vanished {
        writeln!(
            text,
            "\nEvery update that was acknowledged was in the file of its server afterwards."
        )?;
    }
    Ok(())
}

fn median_of_any(figures: &Figures, name: &str) -> bool {
    let mut all = Contestant::ALL.into_iter();
    all.any(|contestant| figures.median(contestant, name).is_some())
}

fn versions(setting: &Setting) -> String {
    let packages = Packages::of(&setting.bench);
    format!(
        "{}; Node {} for the peers; Hocuspocus {}; y-websocket's server {}; yjs {}",
        version("rustc"),
        version(&setting.node),
        packages.version("@hocuspocus/server"),
        packages.version("@y/websocket-server"),
        packages.version("yjs"),
    )
}
