//! The files inside the program.

use std::net::SocketAddr;

use axum::Router;
use leptos::config::LeptosOptions;

/// The routes of the files.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
}

/// What Leptos writes into pages.
pub fn leptos_options(addr: SocketAddr) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("colloquy")
        .site_addr(addr)
        .build()
}

/// The address of the style sheet.
pub fn style_url() -> String {
    "/pkg/colloquy.css".to_owned()
}
