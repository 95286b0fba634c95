//! Parts that several pages use.

mod device_pickers;
mod dialog;
mod icon;
mod initials;
mod media_notices;
mod microphone_level;
mod self_view;

pub use device_pickers::DevicePickers;
pub use dialog::Dialog;
pub use icon::{Icon, IconName};
pub use initials::initials;
pub use media_notices::MediaNotices;
pub use microphone_level::MicrophoneLevel;
pub use self_view::SelfView;
