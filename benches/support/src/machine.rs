//! The machine: what it is, and which of its cores are whose. Reads /proc, so it is for Linux.

use std::{fs, process::Command, thread};

use anyhow::{Context as _, Result, bail};

/// The machine, as found before anything was started.
#[derive(Debug)]
pub struct Machine {
    processor: String,
    cores: usize,
    memory_gib: u64,
    kernel: String,
    load_before: f64,
}

impl Machine {
    /// Looks around; fails when fewer than `files` may be open at once.
    pub fn look(files: usize) -> Result<Self> {
        let limits = read("/proc/self/limits")?;
        let open = limits
            .lines()
            .find_map(|line| line.strip_prefix("Max open files"))
            .and_then(|rest| rest.split_whitespace().next())
            .context("/proc/self/limits names no open files")?;
        if open.parse::<usize>().is_ok_and(|open| open < files) {
            bail!(
                "only {open} files may be open, {files} are needed: raise `ulimit -n`, or --rooms fewer"
            );
        }
        Ok(Self {
            processor: value(&read("/proc/cpuinfo")?, "model name"),
            cores: thread::available_parallelism()?.get(),
            memory_gib: value(&read("/proc/meminfo")?, "MemTotal")
                .split_whitespace()
                .next()
                .and_then(|kib| kib.parse::<u64>().ok())
                .unwrap_or_default()
                / (1024 * 1024),
            kernel: read("/proc/sys/kernel/osrelease")?.trim().to_owned(),
            load_before: load()?,
        })
    }

    /// Moves this process, and what it starts later, to the upper half of the cores.
    pub fn keep_to_own_half(&self) -> Result<()> {
        if self.cores < 2 {
            return Ok(());
        }
        let own = format!("{}-{}", self.cores / 2, self.cores - 1);
        let id = std::process::id().to_string();
        let output = Command::new("taskset")
            .args(["-apc", &own, &id])
            .output()
            .context("taskset cannot be started; it comes with util-linux")?;
        if !output.status.success() {
            bail!(
                "taskset failed: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(())
    }

    /// How many cores this program has.
    pub fn own_cores(&self) -> usize {
        self.cores.div_ceil(2)
    }

    /// How many cores the measured server has.
    pub fn server_cores(&self) -> usize {
        (self.cores / 2).max(1)
    }

    /// The lower half of the cores, as taskset takes it.
    pub fn server_list(&self) -> String {
        format!("0-{}", self.server_cores() - 1)
    }

    /// Every core, as taskset takes it.
    pub fn whole_list(&self) -> String {
        format!("0-{}", self.cores - 1)
    }

    /// True when others were at work when this began.
    pub fn was_busy(&self) -> bool {
        self.load_before > 0.5
    }

    /// One line for the report.
    pub fn describe(&self) -> String {
        format!(
            "{} with {} cores, {} GiB, Linux {}; load average {:.2} before the run",
            self.processor, self.cores, self.memory_gib, self.kernel, self.load_before
        )
    }
}

fn load() -> Result<f64> {
    let text = read("/proc/loadavg")?;
    let first = text.split_whitespace().next().unwrap_or_default();
    first.parse().context("/proc/loadavg")
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("no {file}; this bench is for Linux"))
}

fn value(text: &str, name: &str) -> String {
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_once(':')).map_or_else(
        || "unknown".to_owned(),
        |(_, value)| value.trim().to_owned(),
    )
}
