//! What only a browser can tell: runs browser.mjs on all cores and takes its figures over.

use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use bench_support::Machine;
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::Command,
};

use crate::{
    contestant::{Contestant, Figures},
    options::Options,
    setting::Setting,
};

/// Begins a line that holds a figure.
const FIGURE: &str = "figure ";

/// First frames and lost links, in blocks of one server and then the other.
pub async fn measure(
    options: &Options,
    machine: &Machine,
    setting: &Setting,
    figures: &mut Figures,
) -> Result<()> {
    let mut program = Command::new("taskset")
        .args(["-c", &machine.whole_list(), "node"])
        .arg(setting.bench.join("browser.mjs"))
        .arg(setting.scratch.join("sessions.json"))
        .arg(options.trials.to_string())
        .env("COLLOQUY_BINARY", &setting.colloquy.program)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("taskset cannot be started")?;
    let output = program.stdout.take().context("a piped output is there")?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        match line.strip_prefix(FIGURE) {
            Some(figure) => add(&serde_json::from_str(figure)?, figures)?,
            None => println!("{line}"),
        }
    }
    if !program.wait().await?.success() {
        bail!("browser.mjs failed");
    }
    Ok(())
}

fn add(figure: &Value, figures: &mut Figures) -> Result<()> {
    let contestant = match figure["of"].as_str() {
        Some("colloquy") => Contestant::Colloquy,
        Some("peer") => Contestant::SocketIo,
        _ => bail!("a figure of nobody: {figure}"),
    };
    let name = figure["name"].as_str().context("a figure without a name")?;
    let value = figure["value"]
        .as_f64()
        .context("a figure without a value")?;
    println!("{name} of {}: {value:.0} ms", contestant.name());
    figures.add(contestant, name, value);
    Ok(())
}
