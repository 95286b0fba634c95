//! A real server on a port of its own with a database of its own, and people who talk to it.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each test program uses some of it, and a test may fail"
)]

pub mod answers;
pub mod attendee;
pub mod bank;
pub mod database;
pub mod http_line;
pub mod lines;
pub mod person;
pub mod replica;
pub mod scene;
pub mod socket;
pub mod stage;

use colloquy::server::{Server, clock::Clock, config::Config};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use database::TestDatabase;
pub use person::{Answer, PASSWORD, Person};

/// A running server. Dropping it stops the server and removes its data.
pub struct TestServer {
    /// As `127.0.0.1:PORT`.
    pub address: String,
    pub server: Server,
    /// The server's clock, to be moved instead of waiting.
    pub clock: Clock,
    config: Config,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<std::io::Result<()>>>,
    /// Removed last.
    database: Option<TestDatabase>,
}

impl TestServer {
    /// Starts a server with the options that nobody set.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts a server with other options.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let database = TestDatabase::create().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let mut config = Config {
            addr,
            location: database.location(),
            public_url: format!("http://{addr}").parse().expect("an address"),
            ice_servers: Vec::new(),
            trusted_proxies: Vec::new(),
            sign_up_open: true,
            clock: Clock::default(),
        };
        change(&mut config);
        Self::run(config, listener, database).await
    }

    async fn run(config: Config, listener: TcpListener, database: TestDatabase) -> Self {
        let server = Server::build(config.clone()).await.expect("a server");
        let (stop, stopped) = oneshot::channel();
        let serving = server.clone().serve(listener, async move {
            let _ = stopped.await;
        });
        let task = Some(tokio::spawn(serving));
        Self {
            address: config.addr.to_string(),
            server,
            clock: config.clock.clone(),
            config,
            stop: Some(stop),
            task,
            database: Some(database),
        }
    }

    /// Stops the server and starts another with the same data at the same address.
    pub async fn restart(mut self) -> Self {
        let (config, database) = (self.config.clone(), self.database.take());
        self.stop().await;
        let listener = TcpListener::bind(config.addr).await.expect("the same port");
        Self::run(config, listener, database.expect("data")).await
    }

    /// Somebody with a browser that was never here.
    pub fn stranger(&self) -> Person {
        Person::new(&self.address)
    }

    /// Somebody who signed up just now, with the password `PASSWORD`.
    pub async fn sign_up(&self, user_name: &str) -> Person {
        let person = self.stranger();
        person.sign_up(user_name).await.expect_done();
        person
    }

    /// Stops the server as SIGTERM does and waits until it has.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(task) = self.task.take() {
            task.await.expect("no panic").expect("an orderly end");
        }
    }
}
