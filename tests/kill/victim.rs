//! The real program as a process of its own, and what it leaves behind when it is killed.

use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use colloquy::{
    protocol::AnswerKey,
    server::{
        db::{Database, Location, answers},
        time_zones,
    },
};
use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;
use tokio::{net::TcpStream, time::sleep};

use super::support::replica::Replica;

/// A server that is killed and started again on the same data.
pub struct Victim {
    pub address: String,
    data: TempDir,
    process: Option<Child>,
}

/// A copy of the data of a dead server. Always a SQLite file: what must outlive a kill is the same
/// everywhere, and another database would not be killed with its server.
pub struct Stored {
    _copy: TempDir,
    database: Database,
}

impl Victim {
    pub async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
        let mut victim = Self {
            address: port.unwrap().to_string(),
            data: tempfile::tempdir().unwrap(),
            process: None,
        };
        victim.start_again().await;
        victim
    }

    /// Waits until it listens.
    pub async fn start_again(&mut self) {
        let program = Command::new(env!("CARGO_BIN_EXE_colloquy"))
            .args(["--addr", &self.address, "--log", "error", "--data-dir"])
            .arg(self.data.path())
            .current_dir(self.data.path())
            .env_remove("DATABASE_URL")
            .stdout(Stdio::null())
            .spawn();
        self.process = Some(program.unwrap());
        let patience = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(&self.address).await.is_err() {
            assert!(Instant::now() < patience, "it does not start");
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// SIGKILL, at once.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// What is on the disk; the files themselves are left as they are for the next server.
    pub async fn stored(&self) -> Stored {
        assert!(self.process.is_none(), "it lives");
        let copy = tempfile::tempdir().unwrap();
        for file in fs::read_dir(self.data.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        let file: PathBuf = copy.path().join("colloquy.db");
        let database = Database::open(&Location::File(file)).await.unwrap();
        Stored {
            _copy: copy,
            database,
        }
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Stored {
    /// The text of an answer; empty when it was not begun.
    pub async fn text(&self, answer: AnswerKey) -> String {
        let stored = answers::find(self.database.reader(), answer).await.unwrap();
        let mut replica = Replica::new(answer);
        for update in stored.into_iter().flat_map(|stored| stored.updates) {
            replica.apply(&update);
        }
        replica.text()
    }

    pub async fn integrity(&self) -> String {
        let reader = self.database.reader();
        let check = Statement::from_string(reader.get_database_backend(), "PRAGMA integrity_check");
        let row = reader.query_one_raw(check).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }
}

/// The wall-clock time of a form in a minute.
pub fn in_a_minute() -> String {
    let clock = colloquy::server::clock::Clock::default();
    time_zones::to_local(clock.now() + Duration::from_secs(60), "UTC").to_string()
}

/// Waits until something is so.
pub async fn eventually(is_so: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < patience, "it never came to be");
        sleep(Duration::from_millis(5)).await;
    }
}
