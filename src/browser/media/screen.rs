//! Sharing a screen or window, with its sound where the browser offers it; sends nothing anywhere.

use js_sys::{Object, Reflect};
use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DisplayMediaStreamConstraints, DomException, MediaStream, MediaStreamTrack};

use super::{LocalMedia, camera, devices::media_devices};
use crate::browser::{
    listener::Listener,
    storage::{self, Area},
};

/// Kept in this tab while something is shared: a reload ends the share without anybody wishing it.
const KEY: &str = "screen";
/// The largest picture of a screen, and how often it changes at most.
const WIDTH: u32 = 1920;
const HEIGHT: u32 = 1080;
const FRAMERATE: u32 = 15;

/// Signals of the share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Screen {
    picture: RwSignal<SendOption<MediaStreamTrack>>,
    sound: RwSignal<SendOption<MediaStreamTrack>>,
    asked: RwSignal<bool>,
    failed: RwSignal<bool>,
    interrupted: RwSignal<bool>,
    ended: StoredValue<SendOption<Listener>>,
}

impl Screen {
    pub fn new() -> Self {
        Self {
            picture: RwSignal::new(SendOption::new_local(None)),
            sound: RwSignal::new(SendOption::new_local(None)),
            asked: RwSignal::new(false),
            failed: RwSignal::new(false),
            interrupted: RwSignal::new(false),
            ended: StoredValue::new(SendOption::new_local(None)),
        }
    }
}

/// True where the browser can share a screen.
pub fn screen_can_be_shared() -> bool {
    media_devices()
        .is_some_and(|devices| Reflect::has(&devices, &"getDisplayMedia".into()).unwrap_or(false))
}

impl LocalMedia {
    /// True while a screen is shared. Reactive.
    pub fn screen_on(self) -> bool {
        self.screen.picture.with(|track| track.is_some())
    }

    /// The picture of the shared screen. Reactive.
    pub fn screen_track(self) -> Option<MediaStreamTrack> {
        self.screen.picture.with(|track| (**track).clone())
    }

    /// The sound of what is shared, where there is any. Reactive.
    pub fn screen_sound_track(self) -> Option<MediaStreamTrack> {
        self.screen.sound.with(|track| (**track).clone())
    }

    /// True when the browser could not share what it was asked to. Reactive.
    pub fn screen_failed(self) -> bool {
        self.screen.failed.get()
    }

    /// True when a reload ended a share. Reactive.
    pub fn screen_interrupted(self) -> bool {
        self.screen.interrupted.get() && !self.screen_on()
    }

    /// A new stream of what is shared, for the person's own eyes; only of another tab, for a screen or
    /// window may well show this page, and the page itself in it, and so on. Reactive.
    pub fn screen_preview(self) -> Option<MediaStream> {
        let track = self.screen_track()?;
        let surface = Reflect::get(&track.get_settings(), &"displaySurface".into()).ok()?;
        if surface.as_string().as_deref() != Some("browser") {
            return None;
        }
        let stream = MediaStream::new().ok()?;
        stream.add_track(&track);
        Some(stream)
    }

    /// Asks which screen to share, or stops sharing. Called from a click or a key: browsers want one.
    pub fn toggle_screen(self) {
        if untrack(|| self.screen_on()) {
            self.stop_screen();
        } else if !self.screen.asked.get_untracked() {
            self.share_screen();
        }
    }

    /// Stops sharing, if anything is shared, and offers nothing any more.
    pub fn stop_screen(self) {
        storage::remove(Area::Tab, KEY);
        let screen = self.screen;
        screen.interrupted.set(false);
        screen.failed.set(false);
        screen.ended.set_value(SendOption::new_local(None));
        for track in [screen.picture, screen.sound] {
            if let Some(shared) = track.with_untracked(|track| (**track).clone()) {
                shared.stop();
                track.set(SendOption::new_local(None));
            }
        }
    }

    /// Remembers whether a reload ended a share.
    pub(super) fn recall_screen(self) {
        let shared = storage::read(Area::Tab, KEY).is_some();
        self.screen.interrupted.set(shared);
    }

    fn share_screen(self) {
        let screen = self.screen;
        // Asked at once: a promise later the browser would not see the click any more.
        let Some(promise) = media_devices().and_then(|devices| {
            devices
                .get_display_media_with_constraints(&constraints())
                .ok()
        }) else {
            screen.failed.set(true);
            return;
        };
        screen.asked.set(true);
        screen.failed.set(false);
        spawn_local(async move {
            let outcome = JsFuture::from(promise).await;
            screen.asked.set(false);
            match outcome.map(JsCast::dyn_into::<MediaStream>) {
                Ok(Ok(stream)) => self.take_screen(&stream),
                Err(refusal) if is_refusal(&refusal) => {}
                _ => screen.failed.set(true),
            }
        });
    }

    fn take_screen(self, stream: &MediaStream) {
        let first = |tracks: js_sys::Array| tracks.get(0).dyn_into::<MediaStreamTrack>().ok();
        let sound = first(stream.get_audio_tracks());
        let picture = first(stream.get_video_tracks());
        let wanted = self.started.get_untracked();
        let Some(picture) = picture.filter(|_| wanted) else {
            // The visit ended while the browser asked: nobody is to be filmed any more.
            for track in stream.get_tracks().iter() {
                track.unchecked_into::<MediaStreamTrack>().stop();
            }
            return;
        };
        camera::hint(&picture, "detail");
        // The browser's own bar stops a share as well.
        let listener = Listener::new(&picture, "ended", move |_| self.stop_screen());
        let screen = self.screen;
        screen
            .ended
            .set_value(SendOption::new_local(Some(listener)));
        storage::write(Area::Tab, KEY, "shared");
        screen.interrupted.set(false);
        screen.sound.set(SendOption::new_local(sound));
        screen.picture.set(SendOption::new_local(Some(picture)));
    }
}

/// True when the person changed their mind, which is no failure.
fn is_refusal(error: &JsValue) -> bool {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    matches!(name.as_deref(), Some("NotAllowedError" | "AbortError"))
}

fn constraints() -> DisplayMediaStreamConstraints {
    let object = |fields: &[(&str, JsValue)]| {
        let object = Object::new();
        for (name, value) in fields {
            // Setting a field of an object made here cannot fail.
            let _ = Reflect::set(&object, &(*name).into(), value);
        }
        JsValue::from(object)
    };
    let at_most = |value: u32| object(&[("max", value.into())]);
    let picture = object(&[
        ("width", at_most(WIDTH)),
        ("height", at_most(HEIGHT)),
        ("frameRate", at_most(FRAMERATE)),
    ]);
    // Music and films are no voices: what clears those would spoil these.
    let sound = object(&[
        ("echoCancellation", false.into()),
        ("noiseSuppression", false.into()),
        ("autoGainControl", false.into()),
    ]);
    object(&[
        ("video", picture),
        ("audio", sound),
        ("systemAudio", "include".into()),
        ("surfaceSwitching", "include".into()),
        // This very page shared into itself is a hall of mirrors.
        ("selfBrowserSurface", "exclude".into()),
    ])
    .unchecked_into()
}
