//! The disk that the data is on: what it is, how long it takes to make something durable, and what lies on it in the
//! end.

use std::{fs::File, io::Write as _, path::Path, process::Command, time::Instant};

use anyhow::{Context as _, Result};
use rusqlite::{Connection, OpenFlags};

/// What is written before each sync.
const BLOCK: [u8; 4096] = [0; 4096];
/// How often it is tried.
const TRIES: usize = 51;
/// File systems that lie in memory, where nothing is durable.
const IN_MEMORY: [&str; 2] = ["tmpfs", "ramfs"];

/// A disk.
#[derive(Debug)]
pub struct Disk {
    file_system: String,
    /// How long it takes to append a block and have it on the disk.
    sync_ms: f64,
}

impl Disk {
    /// The one that a folder is on.
    pub fn of(folder: &Path) -> Result<Self> {
        let output = Command::new("stat")
            .args(["-f", "-c", "%T"])
            .arg(folder)
            .output()
            .context("stat cannot be started")?;
        Ok(Self {
            file_system: String::from_utf8_lossy(&output.stdout).trim().to_owned(),
            sync_ms: sync_ms(&folder.join("sync"))?,
        })
    }

    pub fn is_in_memory(&self) -> bool {
        IN_MEMORY.contains(&self.file_system.as_str())
    }

    /// One line for the report.
    pub fn describe(&self) -> String {
        format!(
            "Data on {}, where a block of 4 KiB is on the disk after {:.2} ms (one fdatasync)",
            self.file_system, self.sync_ms
        )
    }
}

/// The middle of some tries.
fn sync_ms(path: &Path) -> Result<f64> {
    let mut file = File::create(path)?;
    let mut tries = Vec::with_capacity(TRIES);
    for _ in 0..TRIES {
        let start = Instant::now();
        file.write_all(&BLOCK)?;
        file.sync_data()?;
        tries.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    tries.sort_by(f64::total_cmp);
    Ok(tries[TRIES / 2])
}

/// How many rows a SQLite file has. `rows` stands behind FROM.
pub fn count(file: &Path, rows: &str) -> Result<u64> {
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .with_context(|| format!("no {}", file.display()))?;
    let query = format!("SELECT count(*) FROM {rows}");
    let count: i64 = database.query_row(&query, [], |row| row.get(0))?;
    Ok(count.try_into()?)
}
