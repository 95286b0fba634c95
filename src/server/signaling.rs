//! The sockets of rooms.

use axum::Router;

use super::Server;

/// The socket's route.
pub fn routes() -> Router<Server> {
    Router::new()
}
