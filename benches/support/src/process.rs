//! One server as a process: starts it on its cores, reads what it used, ends it. Knows no protocol.

use std::{
    ffi::OsStr,
    fs,
    net::SocketAddr,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// How long a server may take to listen.
const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(30);
/// What every server says when it listens.
const LISTENING: &str = "listening on http://";
/// The unit of /proc/PID/stat, the same on every Linux that people use.
const TICKS_PER_SECOND: f64 = 100.0;

/// A running server. It is killed when it is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    id: u32,
    /// Kept open, or the server would fail to print.
    _output: Lines<BufReader<ChildStdout>>,
    pub address: SocketAddr,
}

impl Process {
    /// Starts `command` (a program and its arguments) on the cores of that list and waits until it listens.
    pub async fn start(cores: &str, command: &[impl AsRef<OsStr>]) -> Result<Self> {
        let mut child = Command::new("taskset")
            .args(["-c", cores])
            .args(command)
            .env_remove("DATABASE_URL")
            .env("NODE_ENV", "production")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("taskset cannot be started")?;
        let id = child.id().context("a started server has an id")?;
        let output = child.stdout.take().context("a piped output is there")?;
        let mut output = BufReader::new(output).lines();
        let address = timeout(START_LIMIT, listening(&mut output))
            .await
            .context("the server does not listen")??;
        Ok(Self {
            child,
            id,
            _output: output,
            address,
        })
    }

    /// Seconds of processor time that it and its children used.
    pub fn cpu_seconds(&self) -> Result<f64> {
        family(self.id).into_iter().map(cpu_seconds).sum()
    }

    /// Bytes of memory that it and its children hold.
    pub fn resident_bytes(&self) -> Result<u64> {
        family(self.id).into_iter().map(resident_bytes).sum()
    }

    /// Ends it as an operator would.
    pub async fn stop(mut self) -> Result<()> {
        let id = self.id.to_string();
        Command::new("kill").args(["-TERM", &id]).status().await?;
        let status = timeout(STOP_LIMIT, self.child.wait())
            .await
            .context("the server does not stop")??;
        if !status.success() {
            bail!("the server ended with {status}");
        }
        Ok(())
    }

    /// Ends it as a crash would.
    pub async fn kill(mut self) -> Result<Instant> {
        let at = Instant::now();
        self.child.kill().await?;
        Ok(at)
    }
}

async fn listening(output: &mut Lines<BufReader<ChildStdout>>) -> Result<SocketAddr> {
    while let Some(line) = output.next_line().await? {
        if let Some(address) = line.strip_prefix(LISTENING) {
            return address.trim().parse().with_context(|| line.clone());
        }
    }
    bail!("the server ended before it listened")
}

/// The process and all its descendants.
fn family(id: u32) -> Vec<u32> {
    let mut family = vec![id];
    let mut next = 0;
    while let Some(id) = family.get(next).copied() {
        next += 1;
        let tasks = fs::read_dir(format!("/proc/{id}/task"));
        for task in tasks.into_iter().flatten().flatten() {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            family.extend(
                children
                    .split_whitespace()
                    .filter_map(|child| child.parse::<u32>().ok()),
            );
        }
    }
    family
}

fn cpu_seconds(id: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name of the program stands in brackets and may hold spaces.
    let (_, rest) = stat.rsplit_once(')').context("/proc/PID/stat")?;
    let ticks = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS_PER_SECOND)
}

fn resident_bytes(id: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line
        .and_then(|line| line.split_whitespace().next())
        .context("no VmRSS")?;
    Ok(kib.parse::<u64>()? * 1024)
}
