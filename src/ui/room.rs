//! The room: its frame and its parts. Shows what `browser::room` knows and passes on what people do.

mod announcements;
mod arrangement;
mod arrivals;
mod ask_again;
mod caption;
mod chat;
mod chat_input;
mod connection;
mod control_bar;
mod controls;
mod dealings;
mod device_switches;
mod end_dialog;
mod extend;
mod files;
mod frame;
mod grave_dialog;
mod help;
mod keyboard;
mod layout_switch;
mod link;
mod links;
mod lock;
mod menu;
mod notice;
mod over;
mod people;
mod picture;
mod pin_button;
mod quality_sign;
mod questions;
mod reactions;
mod screen_tile;
mod settings;
mod share_button;
mod share_notice;
mod side;
mod sight;
mod signs;
mod silent_video;
mod stage;
mod tabs;
mod tile;
mod time_left;
mod top_bar;
mod view_state;
mod visit;
mod waiting;
mod work;

pub use frame::Room;
pub use over::{OverPage, TurnedAway};

use leptos::prelude::expect_context;

use crate::browser::room::RoomClient;
use view_state::ViewState;

/// The room of this page.
fn use_room() -> RoomClient {
    expect_context()
}

/// What this person looks at.
fn use_view_state() -> ViewState {
    expect_context()
}
