//! Colloquy as it is measured: the program, the data that was prepared once, and a copy of that for each turn.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use colloquy::{
    model::PageId,
    protocol::{self, ClientMessage, MediaState},
};
use uuid::Uuid;

use crate::{machine::Machine, process::Process, scratch::Scratch};

/// The program, where its data is, and which cores it gets.
#[derive(Debug)]
pub struct Colloquy {
    pub program: PathBuf,
    scratch: PathBuf,
    cores: String,
}

impl Colloquy {
    /// Of what is to be measured.
    pub fn new(program: &Path, scratch: &Scratch, machine: &Machine) -> Result<Self> {
        let program = program
            .canonicalize()
            .with_context(|| format!("no {}", program.display()))?;
        Ok(Self {
            program,
            scratch: scratch.path().to_owned(),
            cores: machine.server_list(),
        })
    }

    /// Starts it to prepare what all turns begin with.
    pub async fn start_to_prepare(&self) -> Result<Process> {
        // So many people come from more than one address.
        self.serve("seed", 0, &["--trusted-proxies", "127.0.0.1"])
            .await
    }

    /// Starts it with a fresh copy of what was prepared, on a port (0: any).
    pub async fn start(&self, port: u16) -> Result<Process> {
        // There is none before the first turn.
        let _ = fs::remove_dir_all(self.data());
        copy(&self.scratch.join("seed"), &self.data())?;
        self.start_again(port).await
    }

    /// Starts it with what it left behind.
    pub async fn start_again(&self, port: u16) -> Result<Process> {
        self.serve("run", port, &[]).await
    }

    /// Where the data of a turn is.
    pub fn data(&self) -> PathBuf {
        self.scratch.join("run")
    }

    async fn serve(&self, folder: &str, port: u16, more: &[&str]) -> Result<Process> {
        let program = self.program.to_string_lossy();
        let folder = self.scratch.join(folder);
        let folder = folder.to_string_lossy();
        let address = format!("127.0.0.1:{port}");
        let mut command = vec![&*program, "serve", "--addr", &address];
        command.extend(["--data-dir", &*folder, "--log", "warn"]);
        command.extend(more);
        Process::start(&self.cores, &command).await
    }
}

/// Asks for the seat of a page, once the socket stands ready.
pub fn join(page: u128) -> Result<String> {
    let message = ClientMessage::Join {
        version: protocol::VERSION,
        page: PageId(Uuid::from_u128(page)),
        media: MediaState {
            microphone: true,
            camera: true,
            ..MediaState::default()
        },
    };
    Ok(serde_json::to_string(&message)?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
