//! What the browser does to the sound of the microphone before anybody hears it.

use leptos::prelude::*;

use super::{LocalMedia, MediaWish, remembered::Remembered};

/// Something that clears a voice, and spoils music.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoundFilter {
    NoiseSuppression,
    EchoCancellation,
}

impl SoundFilter {
    fn of(self, chosen: &mut Remembered) -> &mut bool {
        match self {
            Self::NoiseSuppression => &mut chosen.noise_suppression,
            Self::EchoCancellation => &mut chosen.echo_cancellation,
        }
    }
}

impl LocalMedia {
    /// True while the filter is wished for. Reactive.
    pub fn sound_filter(self, filter: SoundFilter) -> bool {
        *filter.of(&mut self.chosen.get())
    }

    /// Wishes for the filter or not, now and on later visits. The microphone is opened anew, because
    /// browsers take the wish only then; a muted one stays muted.
    pub fn set_sound_filter(self, filter: SoundFilter, on: bool) {
        self.remember(|chosen| *filter.of(chosen) = on);
        if self.microphone.is_in_demand_untracked() {
            self.open(MediaWish {
                microphone: true,
                camera: false,
            });
        } else {
            self.microphone.release();
        }
    }
}
