//! Sharing a screen or window.

use super::LocalMedia;

impl LocalMedia {
    /// True while a screen is shared. Reactive.
    pub fn screen_on(self) -> bool {
        false
    }

    /// Asks which screen to share, or stops sharing. Called from a click or a key: browsers want one.
    pub fn toggle_screen(self) {}

    /// Stops sharing, if anything is shared.
    pub fn stop_screen(self) {}
}
