//! What the person wants to send at this moment, whether or not the devices follow.

use leptos::prelude::*;

use super::{LocalMedia, MediaWish, source::Source};

impl LocalMedia {
    /// What is on, and what is being asked for or would be on if nothing were wrong with it. None
    /// before the devices were started and after they were stopped. Reactive.
    pub fn wish(self) -> Option<MediaWish> {
        let wanted = self.chosen.with(|chosen| chosen.wish);
        let wish = |source: Source, wanted: bool| {
            let (asked, failed) = (source.is_asked(), source.problem().is_some());
            if asked || failed {
                wanted
            } else {
                source.is_on()
            }
        };
        let wish = MediaWish {
            microphone: wish(self.microphone, wanted.microphone),
            camera: wish(self.camera, wanted.camera),
        };
        self.started().then_some(wish)
    }
}
