//! The server: what it holds, how it is put together, how it stops.

pub mod accounts;
pub mod answers;
pub mod assets;
pub mod attempts;
pub mod auth;
pub mod check;
pub mod clock;
pub mod config;
pub mod db;
pub mod draw;
pub mod error;
pub mod forms;
pub mod headers;
pub mod hub;
pub mod interview_questions;
pub mod interviews;
pub mod invitees;
pub mod joining;
pub mod log;
pub mod markdown;
pub mod origin;
pub mod participants;
pub mod passwords;
pub mod questions;
pub mod request;
pub mod sessions;
pub mod signaling;
pub mod site;
pub mod sweeper;
pub mod time_zones;
pub mod viewer;

use std::{
    fmt,
    future::Future,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{FromRef, State},
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use leptos::config::LeptosOptions;
use tokio::{net::TcpListener, sync::Notify, time::timeout};

use self::{
    attempts::Attempts,
    check::CheckSockets,
    config::Config,
    db::{Database, Location},
    error::Error,
    hub::Hub,
    passwords::Passwords,
    signaling::Lines,
};
use crate::model::Timestamp;

/// How long a stopping server waits for requests and rooms.
const DRAIN: Duration = Duration::from_secs(10);

/// Everything a request may need. Clones are the same server.
#[derive(Clone)]
pub struct Server(Arc<Parts>);

struct Parts {
    config: Config,
    database: Database,
    hub: Hub,
    lines: Lines,
    attempts: Attempts,
    check_sockets: CheckSockets,
    passwords: Passwords,
    leptos_options: LeptosOptions,
    draining: AtomicBool,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("config", &self.0.config)
            .finish_non_exhaustive()
    }
}

impl FromRef<Server> for LeptosOptions {
    fn from_ref(server: &Server) -> Self {
        server.0.leptos_options.clone()
    }
}

impl Server {
    /// Opens the database, brings its tables up to date and prepares everything else.
    ///
    /// # Errors
    /// When the data directory or the database cannot be used.
    pub async fn build(config: Config) -> Result<Self, Error> {
        let database = open_database(&config.location).await?;
        Ok(Self(Arc::new(Parts {
            leptos_options: assets::leptos_options(config.addr),
            hub: Hub::new(database.clone(), config.clock.clone()),
            database,
            lines: Lines::default(),
            attempts: Attempts::default(),
            check_sockets: CheckSockets::default(),
            passwords: Passwords::new()?,
            draining: AtomicBool::new(false),
            config,
        })))
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub fn db(&self) -> &Database {
        &self.0.database
    }

    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// The browsers that talk by plain HTTP.
    pub fn lines(&self) -> &Lines {
        &self.0.lines
    }

    pub fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    pub fn check_sockets(&self) -> &CheckSockets {
        &self.0.check_sockets
    }

    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    pub fn leptos_options(&self) -> &LeptosOptions {
        &self.0.leptos_options
    }

    /// The moment it is.
    pub fn now(&self) -> Timestamp {
        self.0.config.clock.now()
    }

    /// Every route with the layers around it. The innermost is added first.
    pub fn router(&self) -> Router {
        let config = self.config();
        let database = self.db().clone();
        let sessions = sessions::layer(database, config.clock.clone(), config.is_secure());
        let site = site::routes(self)
            .fallback(site::not_found)
            .layer(from_fn(forms::layer))
            .merge(signaling::routes())
            .route("/questions/export", get(questions::download))
            .layer(from_fn_with_state(self.clone(), viewer::layer))
            .layer(sessions)
            .layer(from_fn(headers::no_store));
        Router::new()
            .route("/healthz", get(|| async { "ok" }))
            .route("/readyz", get(ready))
            .merge(assets::routes())
            .merge(check::routes())
            .fallback_service(site.with_state(self.clone()))
            .layer(from_fn_with_state(self.clone(), origin::layer))
            .layer(from_fn_with_state(self.clone(), headers::layer))
            .layer(from_fn(log::layer))
            .with_state(self.clone())
    }

    /// Serves until `stop` is over, then lets requests and rooms finish and closes the database.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send,
    ) -> io::Result<()> {
        let stopping = Arc::new(Notify::new());
        let stopped = stopping.clone();
        let app = self
            .router()
            .into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(listener, app)
            .with_graceful_shutdown(async move { stopped.notified().await });
        let mut serving = tokio::spawn(serving.into_future());
        let sweeping = tokio::spawn(sweeper::run(self.clone()));
        tokio::select! {
            result = &mut serving => return result.map_err(io::Error::other)?,
            () = stop => {}
        }
        self.0.draining.store(true, Ordering::Relaxed);
        stopping.notify_one();
        self.lines().drain();
        let drained = timeout(DRAIN, async {
            tokio::join!(self.hub().drain(), &mut serving)
        })
        .await;
        if drained.is_err() {
            tracing::warn!("some requests did not finish in time");
            serving.abort();
        }
        sweeping.abort();
        self.db().close().await.map_err(io::Error::other)
    }
}

/// Opens the database at `location`, in a directory that is made when it does not exist.
///
/// # Errors
/// When the directory or the database cannot be used.
pub async fn open_database(location: &Location) -> Result<Database, Error> {
    if let Location::File(path) = location
        && let Some(directory) = path.parent()
    {
        tokio::fs::create_dir_all(directory)
            .await
            .map_err(Error::internal)?;
    }
    Ok(Database::open(location).await?)
}

/// Whether the server can take requests: the database answers and it is not stopping.
async fn ready(State(server): State<Server>) -> Result<&'static str, StatusCode> {
    if server.0.draining.load(Ordering::Relaxed) {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    server
        .db()
        .ping()
        .await
        .map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok("ready")
}
