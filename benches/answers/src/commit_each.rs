//! The peer that one would write first, in the same language and over the same kind of socket: every update is a row,
//! every row a transaction, and its sender hears of it after the commit. It hands updates on and keeps no documents,
//! so it does less than anybody else here.

use std::{
    collections::HashMap,
    path::Path,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError, mpsc as blocking},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    body::Bytes,
    extract::{
        Path as InPath, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::Response,
    routing::get,
    serve::ListenerExt as _,
};
use rusqlite::{Connection, params};
use tokio::{
    net::TcpListener,
    runtime::Runtime,
    signal::unix::{SignalKind, signal},
    sync::mpsc,
};

use crate::dialect::{Told, nothing, receipt, told};

/// With this word the program is the peer, not the bench.
pub const WORD: &str = "commit-each";

type Outbox = mpsc::UnboundedSender<Bytes>;

/// Everybody who has a document open, and the way to the log.
#[derive(Clone, Debug)]
struct Server {
    documents: Arc<Mutex<HashMap<String, Vec<Outbox>>>>,
    log: blocking::Sender<Entry>,
}

/// An update on its way to the log.
#[derive(Debug)]
struct Entry {
    document: String,
    message: Bytes,
    sender: Outbox,
}

/// Serves until it is told to end, with its log in that file.
pub fn run(file: Option<&str>) -> ExitCode {
    let served = file
        .context("which file?")
        .and_then(|file| Runtime::new()?.block_on(serve(Path::new(file))));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{WORD}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(file: &Path) -> Result<()> {
    let server = Server {
        documents: Arc::default(),
        log: open_log(file)?,
    };
    let router = Router::new()
        .route("/{document}", get(enter))
        .with_state(server);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| {
        // Slower without, and nothing else.
        let _ = stream.set_nodelay(true);
    });
    let mut end = signal(SignalKind::terminate())?;
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            end.recv().await;
        })
        .await?;
    Ok(())
}

/// Begins to write, on a thread of its own.
fn open_log(file: &Path) -> Result<blocking::Sender<Entry>> {
    let database = Connection::open(file)?;
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "FULL")?;
    database.execute_batch(
        "CREATE TABLE log (id INTEGER PRIMARY KEY, document TEXT, at INTEGER, data BLOB)",
    )?;
    let (log, entries) = blocking::channel();
    thread::spawn(move || {
        if let Err(error) = write(&database, &entries) {
            eprintln!("{WORD}: {error:#}");
        }
    });
    Ok(log)
}

fn write(database: &Connection, entries: &blocking::Receiver<Entry>) -> Result<()> {
    let mut insert =
        database.prepare("INSERT INTO log (document, at, data) VALUES (?1, ?2, ?3)")?;
    for entry in entries {
        let Told::Update(update) = told(&entry.message) else {
            continue;
        };
        let at = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        insert.execute(params![entry.document, i64::try_from(at)?, update])?;
        // Who sent it may have gone.
        let _ = entry.sender.send(receipt().into());
    }
    Ok(())
}

async fn enter(
    State(server): State<Server>,
    InPath(document): InPath<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(|socket| server.converse(document, socket))
}

impl Server {
    /// Hears and writes in turn until the socket ends.
    async fn converse(self, document: String, mut socket: WebSocket) {
        let (own, mut inbox) = mpsc::unbounded_channel();
        self.change(&document, |people| people.push(own.clone()));
        loop {
            tokio::select! {
                message = socket.recv() => match message {
                    Some(Ok(Message::Binary(message))) => self.take(&document, message, &own),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => break,
                },
                Some(message) = inbox.recv() => {
                    if socket.send(Message::Binary(message)).await.is_err() {
                        break;
                    }
                }
            }
        }
        self.change(&document, |people| {
            people.retain(|other| !other.same_channel(&own));
        });
    }

    fn take(&self, document: &str, message: Bytes, own: &Outbox) {
        // Who does not take what is sent is gone, and so is a log that failed.
        match told(&message) {
            Told::Asked => {
                let _ = own.send(nothing().into());
            }
            Told::Update(_) => {
                self.change(document, |people| {
                    for other in people.iter().filter(|other| !other.same_channel(own)) {
                        let _ = other.send(message.clone());
                    }
                });
                let _ = self.log.send(Entry {
                    document: document.to_owned(),
                    message,
                    sender: own.clone(),
                });
            }
            Told::Other => {}
        }
    }

    fn change(&self, document: &str, change: impl FnOnce(&mut Vec<Outbox>)) {
        let documents = self.documents.lock();
        let mut documents = documents.unwrap_or_else(PoisonError::into_inner);
        change(documents.entry(document.to_owned()).or_default());
    }
}
