//! Parts that several pages use.

mod dialog;
mod icon;

pub use dialog::Dialog;
pub use icon::{Icon, IconName};
