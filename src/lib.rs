//! Colloquy: booking, rooms and what was written, in one program. See ARCHITECTURE.md.

// A page's view is one type, as deep as the page: the compiler's own limit is for shallower ones.
#![recursion_limit = "256"]

pub mod channel;
pub mod conversation;
pub mod inflow;
pub mod mesh;
pub mod messages;
pub mod model;
pub mod negotiation;
pub mod protocol;
pub mod quality;
pub mod reconnection;
pub mod room;
pub mod route_check;
pub mod shortcut;
pub mod speaking;
pub mod stage;
pub mod transfer;
pub mod uplink;
pub mod written;

#[cfg(feature = "ui")]
pub mod api;
#[cfg(feature = "ui")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod ui;

#[cfg(feature = "ssr")]
pub mod server;

/// Takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(ui::App);
}
