//! The person's own camera, microphone and speaker, shared by lobby and room; sends nothing anywhere.

mod camera;
mod capture;
mod devices;
mod level;
mod problem;
mod remembered;
mod screen;
mod sound;
mod source;
mod wish;

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption, task::spawn_local};
use web_sys::{MediaStream, MediaStreamTrack};

pub use devices::{Device, DeviceKind, Devices, play_through, speaker_can_be_chosen};
pub use level::{LevelMeter, LevelProbe};
pub use problem::MediaProblem;
pub use remembered::MediaWish;
pub use screen::screen_can_be_shared;
pub use sound::SoundFilter;

use self::{remembered::Remembered, screen::Screen, source::Source};
use super::listener::Listener;
use crate::uplink::Capture;

/// Makes [`LocalMedia`] known to everything below. Called once, above the router, so that tracks
/// survive the step from the lobby to the room.
pub fn provide_local_media() {
    provide_context(LocalMedia::new());
}

/// The person's own devices.
pub fn use_local_media() -> LocalMedia {
    expect_context::<LocalMedia>()
}

/// The person's own devices: what is on, what is wrong, what could be chosen. Getters are reactive
/// unless they say otherwise; everything that acts is called from effects and event handlers only.
#[derive(Clone, Copy, Debug)]
pub struct LocalMedia {
    microphone: Source,
    camera: Source,
    screen: Screen,
    /// What the camera is to film, and what it was last told with the track that was told.
    capture: StoredValue<Capture>,
    shaped: StoredValue<Option<(Capture, String)>>,
    started: RwSignal<bool>,
    devices: RwSignal<Devices>,
    chosen: RwSignal<Remembered>,
    device_change: StoredValue<SendOption<Listener>>,
}

impl LocalMedia {
    fn new() -> Self {
        Self {
            microphone: Source::new(),
            camera: Source::new(),
            screen: Screen::new(),
            capture: StoredValue::new(Capture::FULL),
            shaped: StoredValue::new(None),
            started: RwSignal::new(false),
            devices: RwSignal::new(Devices::default()),
            chosen: RwSignal::new(Remembered::default()),
            device_change: StoredValue::new(SendOption::new_local(None)),
        }
    }

    /// True while the microphone is heard: there is a track and it is not muted.
    pub fn microphone_on(self) -> bool {
        self.microphone.is_on()
    }

    /// True while the camera films.
    pub fn camera_on(self) -> bool {
        self.camera.is_on()
    }

    /// The microphone's track, muted or not.
    pub fn microphone_track(self) -> Option<MediaStreamTrack> {
        self.microphone.track()
    }

    /// The camera's track; none while the camera is off.
    pub fn camera_track(self) -> Option<MediaStreamTrack> {
        self.camera.track()
    }

    /// As [`Self::microphone_track`], without subscribing.
    pub fn microphone_track_untracked(self) -> Option<MediaStreamTrack> {
        self.microphone.track_untracked()
    }

    /// As [`Self::camera_track`], without subscribing.
    pub fn camera_track_untracked(self) -> Option<MediaStreamTrack> {
        self.camera.track_untracked()
    }

    /// A new stream of the camera alone, for the person's own eyes; none while the camera is off.
    pub fn preview_stream(self) -> Option<MediaStream> {
        let track = self.camera_track()?;
        let stream = MediaStream::new().ok()?;
        stream.add_track(&track);
        Some(stream)
    }

    /// What is wrong: the microphone's problem first, because it is the greater loss.
    pub fn problem(self) -> Option<MediaProblem> {
        self.microphone_problem().or_else(|| self.camera_problem())
    }

    /// Why the microphone is not on although it was asked for.
    pub fn microphone_problem(self) -> Option<MediaProblem> {
        self.microphone.problem()
    }

    /// Why the camera is not on although it was asked for.
    pub fn camera_problem(self) -> Option<MediaProblem> {
        self.camera.problem()
    }

    /// True while the browser has been asked for the microphone and has not answered.
    pub fn microphone_asked(self) -> bool {
        self.microphone.is_asked()
    }

    /// True while the browser has been asked for the camera and has not answered.
    pub fn camera_asked(self) -> bool {
        self.camera.is_asked()
    }

    /// Every device as the browser lists them.
    pub fn devices(self) -> Devices {
        self.devices.get()
    }

    /// The id of the camera in use, else of the one chosen before.
    pub fn camera(self) -> Option<String> {
        self.camera.device().or_else(|| self.chosen.get().camera)
    }

    /// The id of the microphone in use, else of the one chosen before.
    pub fn microphone(self) -> Option<String> {
        self.microphone
            .device()
            .or_else(|| self.chosen.get().microphone)
    }

    /// The id of the chosen speaker while it is connected; none means the system's own choice.
    pub fn speaker(self) -> Option<String> {
        let chosen = self.chosen.get().speaker?;
        self.devices
            .with(|devices| devices.has(DeviceKind::Speaker, &chosen))
            .then_some(chosen)
    }

    /// True between [`Self::start`] and [`Self::stop`].
    pub fn started(self) -> bool {
        self.started.get()
    }
}

impl LocalMedia {
    /// Asks for what `wish` names, with the devices chosen before. Does nothing when started already.
    pub fn start(self, wish: MediaWish) {
        if self.started.get_untracked() {
            return;
        }
        self.started.set(true);
        self.chosen.set(Remembered {
            wish,
            ..Remembered::load()
        });
        self.recall_screen();
        self.watch_devices();
        self.open(wish);
    }

    /// Asks once more for what is missing because of a problem; a muted microphone stays muted.
    pub fn retry(self) {
        let failed = |source: Source| source.problem_untracked().is_some();
        self.open(MediaWish {
            microphone: failed(self.microphone),
            camera: failed(self.camera),
        });
    }

    /// Goes without what `unwanted` names: nothing is wrong with it any more, and it is not asked
    /// for again, nor on the next visit, before the person switches it on.
    pub fn do_without(self, unwanted: MediaWish) {
        self.remember(|chosen| {
            chosen.wish.microphone &= !unwanted.microphone;
            chosen.wish.camera &= !unwanted.camera;
        });
        if unwanted.microphone {
            self.microphone.release();
        }
        if unwanted.camera {
            self.camera.release();
        }
    }

    /// Releases camera and microphone, and stops sharing.
    pub fn stop(self) {
        self.stop_screen();
        self.capture.set_value(Capture::FULL);
        self.microphone.release();
        self.camera.release();
        self.device_change.set_value(SendOption::new_local(None));
        self.started.set(false);
    }

    /// Mutes or unmutes; the track stays, so that unmuting is immediate.
    pub fn toggle_microphone(self) {
        let on = !self.microphone.is_on_untracked();
        if self.microphone.is_asked_untracked() {
            return;
        }
        self.remember(|chosen| chosen.wish.microphone = on);
        if !self.microphone.set_enabled(on) && on {
            self.open(MediaWish {
                microphone: true,
                camera: false,
            });
        }
    }

    /// Mutes, also a microphone that is only being asked for.
    pub fn mute(self) {
        self.remember(|chosen| chosen.wish.microphone = false);
        self.microphone.set_enabled(false);
    }

    /// Switches the camera; off means released, so that its light goes out.
    pub fn toggle_camera(self) {
        let on = !self.camera.is_on_untracked();
        if self.camera.is_asked_untracked() {
            return;
        }
        self.remember(|chosen| chosen.wish.camera = on);
        if on {
            self.open(MediaWish {
                microphone: false,
                camera: true,
            });
        } else {
            self.camera.release();
        }
    }

    /// Takes that camera from now on; one still being asked for is not waited for.
    pub fn choose_camera(self, id: String) {
        self.remember(|chosen| chosen.camera = Some(id));
        if self.camera.is_in_demand_untracked() {
            self.open(MediaWish {
                microphone: false,
                camera: true,
            });
        }
    }

    /// Takes that microphone from now on; a muted one stays muted.
    pub fn choose_microphone(self, id: String) {
        self.remember(|chosen| chosen.microphone = Some(id));
        if self.microphone.is_in_demand_untracked() {
            self.open(MediaWish {
                microphone: true,
                camera: false,
            });
        } else {
            // What is muted is the device chosen before: unmuting opens the new one.
            self.microphone.release();
        }
    }

    /// Plays through that speaker from now on.
    pub fn choose_speaker(self, id: String) {
        self.remember(|chosen| chosen.speaker = Some(id));
    }

    fn remember(self, change: impl FnOnce(&mut Remembered)) {
        if !self.started.get_untracked() {
            self.chosen.set(Remembered::load());
        }
        self.chosen.update(change);
        self.chosen.with_untracked(Remembered::save);
    }

    fn open(self, wish: MediaWish) {
        let microphone = wish.microphone.then(|| self.microphone.ask());
        let camera = wish.camera.then(|| self.camera.ask());
        let chosen = self.chosen.get_untracked();
        spawn_local(async move {
            let opened = capture::open(wish, &chosen, self.capture.get_value()).await;
            if let Some((attempt, outcome)) = microphone.zip(opened.microphone) {
                // Muted before it was lost or changed, it comes back muted.
                let unmuted = self.chosen.with_untracked(|chosen| chosen.wish.microphone);
                self.microphone.settle(attempt, outcome, unmuted);
            }
            if let Some((attempt, outcome)) = camera.zip(opened.camera) {
                self.camera.settle(attempt, outcome, true);
            }
            self.refresh_devices().await;
        });
    }

    fn watch_devices(self) {
        spawn_local(self.refresh_devices());
        let listener = devices::media_devices().map(|devices| {
            Listener::new(&devices, "devicechange", move |_| {
                spawn_local(self.refresh_devices())
            })
        });
        self.device_change
            .set_value(SendOption::new_local(listener));
    }

    async fn refresh_devices(self) {
        if let Some(devices) = devices::load_devices().await {
            self.devices.set(devices);
        }
    }
}
