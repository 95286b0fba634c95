//! Removes what time has made worthless.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::{
    Server,
    db::{interviews, sessions},
    error::Error,
};

const EVERY: Duration = Duration::from_secs(30);

/// Sweeps until the task is dropped. A failure is logged and tried again the next time.
pub async fn run(server: Server) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = sweep(&server).await {
            tracing::error!(%error, "sweeping failed");
        }
    }
}

/// Marks interviews whose time ran out as expired and removes expired sessions.
///
/// # Errors
/// `Internal`.
pub async fn sweep(server: &Server) -> Result<(), Error> {
    let now = server.now();
    interviews::expire_overdue(server.db(), now).await?;
    sessions::delete_expired(server.db().writer(), now).await?;
    Ok(())
}
