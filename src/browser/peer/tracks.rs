//! The kinds of tracks between two pages, and those that this page sends; no behaviour.

use web_sys::MediaStreamTrack;

/// What a track carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrackKind {
    Microphone,
    Camera,
    Screen,
    ScreenSound,
}

impl TrackKind {
    /// Every kind, in the order in which the caller of a connection makes places for them.
    pub const ALL: [Self; 4] = [
        Self::Microphone,
        Self::Camera,
        Self::Screen,
        Self::ScreenSound,
    ];

    pub(super) const fn is_picture(self) -> bool {
        matches!(self, Self::Camera | Self::Screen)
    }

    /// `MediaStreamTrack.kind`.
    pub(super) const fn medium(self) -> &'static str {
        if self.is_picture() { "video" } else { "audio" }
    }

    /// What is kept when there is too little for all: faces move, text stays sharp.
    pub(super) const fn preference(self) -> &'static str {
        match self {
            Self::Screen => "maintain-resolution",
            _ => "maintain-framerate",
        }
    }
}

/// What this page sends to everybody: a track or nothing of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocalTracks {
    pub microphone: Option<MediaStreamTrack>,
    pub camera: Option<MediaStreamTrack>,
    pub screen: Option<MediaStreamTrack>,
    pub screen_sound: Option<MediaStreamTrack>,
}

impl LocalTracks {
    pub(super) const fn of(&self, kind: TrackKind) -> Option<&MediaStreamTrack> {
        match kind {
            TrackKind::Microphone => self.microphone.as_ref(),
            TrackKind::Camera => self.camera.as_ref(),
            TrackKind::Screen => self.screen.as_ref(),
            TrackKind::ScreenSound => self.screen_sound.as_ref(),
        }
    }
}
