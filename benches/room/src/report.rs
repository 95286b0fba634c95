//! The figures as a table for people. Computes ratios and says whether a target is met; measures nothing.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use anyhow::{Context as _, Result};

use crate::{contestant::Contestant, figures::Figures, machine::Machine, options::Options};

const BEGIN: &str = "<!-- figures of the room: begin -->";
const END: &str = "<!-- figures of the room: end -->";

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
pub fn table(options: &Options, machine: &Machine, figures: &Figures) -> Result<String> {
    let mut text = String::new();
    if machine.was_busy() || options.quick {
        let why = if options.quick {
            "a quick run"
        } else {
            "the machine was busy with other work"
        };
        writeln!(text, "**Preliminary: {why}.**\n")?;
    }
    writeln!(text, "{}.", machine.describe())?;
    writeln!(text, "{}.", versions())?;
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
        row(&mut text, what, values, decimals, aim)?;
    }
    for (what, share, aim) in [
        ("click to first remote frame, p50, ms", 0.5, "250 ms"),
        ("click to first remote frame, p95, ms", 0.95, "400 ms"),
    ] {
        let values =
            Contestant::ALL.map(|contestant| figures.quantile(contestant, "first-frame", share));
        row(&mut text, what, values, 0, aim)?;
    }
    ratios(&mut text, figures)?;
    Ok(text)
}

fn row(
    text: &mut String,
    what: &str,
    values: [Option<f64>; 3],
    decimals: usize,
    aim: &str,
) -> Result<()> {
    if values.iter().any(Option::is_some) {
        let cells = values.map(|value| shown(value, decimals));
        writeln!(text, "| {what} | {} | {aim} |", cells.join(" | "))?;
    }
    Ok(())
}

fn shown(value: Option<f64>, decimals: usize) -> String {
    match value {
        None => "-".to_owned(),
        Some(value) if value.is_infinite() => "not in time".to_owned(),
        Some(value) if decimals == 0 => grouped(value),
        Some(value) => format!("{value:.decimals$}"),
    }
}

/// Thousands apart, as 190,000.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
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

fn versions() -> String {
    let version = |program: &str| {
        let output = Command::new(program).arg("--version").output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let packages = fs::read_to_string("benches/room/package.json").unwrap_or_default();
    let packages: serde_json::Value = serde_json::from_str(&packages).unwrap_or_default();
    let of = |list: &str, name: &str| packages[list][name].as_str().unwrap_or("?").to_owned();
    format!(
        "{}; Node {}; socket.io {}; bun {}; simple-peer {}",
        version("rustc").unwrap_or_default(),
        version("node").unwrap_or_default(),
        of("dependencies", "socket.io"),
        of("optionalDependencies", "@oven/bun-linux-x64"),
        of("dependencies", "simple-peer"),
    )
}

/// Replaces what stands between the marks in a document.
pub fn write_into(file: &Path, report: &str) -> Result<()> {
    let document = fs::read_to_string(file)?;
    fs::write(file, replaced(&document, report)?)?;
    Ok(())
}

fn replaced(document: &str, report: &str) -> Result<String> {
    let (before, rest) = document
        .split_once(BEGIN)
        .context("the mark of the beginning is missing")?;
    let (_, after) = rest
        .split_once(END)
        .context("the mark of the end is missing")?;
    Ok(format!(
        "{before}{BEGIN}\n\n{}\n\n{END}{after}",
        report.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(shown(Some(190_000.4), 0), "190,000");
        assert_eq!(shown(Some(999.0), 0), "999");
        assert_eq!(shown(Some(0.256), 2), "0.26");
        assert_eq!(shown(Some(f64::INFINITY), 1), "not in time");
        assert_eq!(shown(None, 1), "-");
    }

    #[test]
    fn only_the_figures_are_replaced() {
        let document = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let new = replaced(&document, "new\n").expect("both marks");
        assert_eq!(new, format!("a\n{BEGIN}\n\nnew\n\n{END}\nb\n"));
        assert!(replaced("a", "new").is_err());
    }
}
