//! The figures as a table for people. Computes ratios and says whether a target is met; measures nothing.

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

const ROWS: [Row; 15] = [
    (
        "fan-out: load sustained, messages in a second",
        "full-rate",
        0,
        "",
    ),
    (
        "fan-out: deliveries a second at that load",
        "full-deliveries",
        0,
        "",
    ),
    (
        "fan-out: deliveries per CPU-second at that load",
        "full-per-cpu",
        0,
        "10 x socket.io, 1 x bun",
    ),
    (
        "fan-out: deliveries per CPU-second at the same load",
        "same-per-cpu",
        0,
        "",
    ),
    (
        "fan-out: p50 at half of the load sustained, ms",
        "half-p50",
        2,
        "",
    ),
    (
        "fan-out: p99 at half of the load sustained, ms",
        "half-p99",
        2,
        "1 ms",
    ),
    ("fan-out: p99 at the same load, ms", "same-p99", 2, ""),
    ("idle joined member, KiB of memory", "memory", 1, "6 KiB"),
    ("silent sockets all found after, s", "silence", 1, "20 s"),
    (
        "authenticated joins per CPU-second, first time",
        "join-per-cpu",
        0,
        "8,000",
    ),
    (
        "authenticated joins a second, first time",
        "join-rate",
        0,
        "",
    ),
    (
        "authenticated joins per CPU-second, coming back",
        "rejoin-per-cpu",
        0,
        "8,000",
    ),
    (
        "authenticated joins a second, coming back",
        "rejoin-rate",
        0,
        "",
    ),
    (
        "signalling back after the link is back, ms",
        "link-back",
        0,
        "300 ms",
    ),
    (
        "room of one full house back after kill and start, ms",
        "restart",
        0,
        "2,000 ms",
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
    if let Some(why) = caution(machine, options.quick) {
        writeln!(text, "**Preliminary: {why}.**\n")?;
    }
    writeln!(text, "{}.", machine.describe())?;
    writeln!(text, "{}.", versions(setting))?;
    writeln!(
        text,
        "{} rooms x {} members, {} rounds, {} s a load; {} trials in browsers. Each server has {} core(s), the \
         load generator {} other(s).\n",
        options.rooms,
        options.seats,
        options.rounds,
        options.seconds.as_secs(),
        options.trials,
        machine.server_cores(),
        machine.own_cores(),
    )?;
    writeln!(
        text,
        "| median of rounds | Colloquy | socket.io | bun | aim |\n|---|--:|--:|--:|---|"
    )?;
    for (what, name, decimals, aim) in ROWS {
        let values = Contestant::ALL.map(|contestant| figures.median(contestant, name));
        text.extend(row(what, &values, decimals, aim));
    }
    for (what, share, aim) in [
        ("click to first remote frame, p50, ms", 0.5, "250 ms"),
        ("click to first remote frame, p95, ms", 0.95, "400 ms"),
    ] {
        let values =
            Contestant::ALL.map(|contestant| figures.quantile(contestant, "first-frame", share));
        text.extend(row(what, &values, 0, aim));
    }
    ratios(&mut text, figures)?;
    failures(&mut text, figures)?;
    Ok(text)
}

fn ratios(text: &mut String, figures: &Figures) -> Result<()> {
    for (what, name) in [
        ("each at its own load", "full-per-cpu"),
        ("all at the same load", "same-per-cpu"),
    ] {
        let of = |contestant| figures.median(contestant, name);
        if let (Some(own), Some(node), Some(bun)) = (
            of(Contestant::Colloquy),
            of(Contestant::SocketIo),
            of(Contestant::Bun),
        ) {
            writeln!(
                text,
                "\nDeliveries per CPU-second, {what}: {:.1} x socket.io, {:.1} x bun.",
                own / node,
                own / bun
            )?;
        }
    }
    Ok(())
}

/// Who fell behind in most rounds under a load that it had sustained before.
fn failures(text: &mut String, figures: &Figures) -> Result<()> {
    for contestant in Contestant::ALL {
        for name in ["full", "half", "same"] {
            if figures.median(contestant, &format!("{name}-kept")) == Some(0.0) {
                let who = contestant.name();
                writeln!(
                    text,
                    "\n{who} fell behind under its load \"{name}\" in half of the rounds or more."
                )?;
            }
        }
    }
    Ok(())
}

fn versions(setting: &Setting) -> String {
    let packages = Packages::of(&setting.bench);
    format!(
        "{}; Node {}; socket.io {}; bun {}; simple-peer {}",
        version("rustc"),
        version("node"),
        packages.version("socket.io"),
        packages.version("@oven/bun-linux-x64"),
        packages.version("simple-peer"),
    )
}
