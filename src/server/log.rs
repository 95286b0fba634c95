//! One line for each request, without its query, which may hold keys.

use std::{
    io::{self, IsTerminal},
    time::Instant,
};

use axum::{extract::Request, middleware::Next, response::Response};
use tracing_subscriber::EnvFilter;

/// Libraries that say too much or repeat what is logged as a failure elsewhere.
const QUIETER: &str = "sqlx=warn,sea_orm=warn,sea_orm_migration=warn,tower_sessions=error,\
    tower_sessions_core=error";

/// Sends the log to standard error.
///
/// # Errors
/// When `filter` cannot be understood, in a sentence.
pub fn start(filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(format!("{QUIETER},{filter}"))
        .map_err(|error| format!("--log {filter}: {error}"))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr);
    log.try_init().map_err(|error| error.to_string())
}

/// Logs each request when its answer begins.
pub async fn layer(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, path, status, ms, "request");
    response
}
