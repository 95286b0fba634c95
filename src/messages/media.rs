//! Pictures and sound in the room: screen share, layout, quality.

/// Pictures and sound in the room: screen share, layout, quality.
#[derive(Debug)]
pub struct MediaMessages {
    pub share_screen: &'static str,
}

pub(super) const ENGLISH: MediaMessages = MediaMessages {
    share_screen: "Share screen",
};

pub(super) const CHINESE: MediaMessages = MediaMessages {
    share_screen: "共享屏幕",
};
