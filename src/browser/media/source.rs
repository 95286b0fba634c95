//! One device in use, a camera or a microphone: its track and what is wrong with it. Chooses nothing.

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};
use web_sys::MediaStreamTrack;

use super::MediaProblem;
use crate::browser::listener::Listener;

/// Names one request to the browser, so that an answer that comes too late is known as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attempt(u32);

/// Signals of one device. The track is only ever made in a browser: on the server the option stays
/// empty, which makes it harmless to move between threads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    track: RwSignal<SendOption<MediaStreamTrack>>,
    enabled: RwSignal<bool>,
    problem: RwSignal<Option<MediaProblem>>,
    asked: RwSignal<bool>,
    /// Counts requests and releases: only the answer to the latest one is taken.
    latest: StoredValue<u32>,
    ended: StoredValue<SendOption<Listener>>,
}

impl Source {
    pub fn new() -> Self {
        Self {
            track: RwSignal::new(SendOption::new_local(None)),
            enabled: RwSignal::new(false),
            problem: RwSignal::new(None),
            asked: RwSignal::new(false),
            latest: StoredValue::new(0),
            ended: StoredValue::new(SendOption::new_local(None)),
        }
    }

    pub fn is_on(self) -> bool {
        self.enabled.get() && self.track.with(|track| track.is_some())
    }

    pub fn is_on_untracked(self) -> bool {
        untrack(|| self.is_on())
    }

    pub fn track(self) -> Option<MediaStreamTrack> {
        self.track.with(|track| (**track).clone())
    }

    pub fn track_untracked(self) -> Option<MediaStreamTrack> {
        untrack(|| self.track())
    }

    pub fn problem(self) -> Option<MediaProblem> {
        self.problem.get()
    }

    pub fn problem_untracked(self) -> Option<MediaProblem> {
        self.problem.get_untracked()
    }

    pub fn is_asked(self) -> bool {
        self.asked.get()
    }

    pub fn is_asked_untracked(self) -> bool {
        self.asked.get_untracked()
    }

    /// True when another device must be opened at once: this one is on, is being asked for, or is
    /// missing because of a problem.
    pub fn is_in_demand_untracked(self) -> bool {
        self.is_on_untracked() || self.is_asked_untracked() || self.problem_untracked().is_some()
    }

    /// The id of the device that the track comes from.
    pub fn device(self) -> Option<String> {
        self.track()?.get_settings().get_device_id()
    }

    /// Lets go of the device before another request: phones refuse a second camera while the first
    /// one runs.
    pub fn ask(self) -> Attempt {
        self.release();
        self.asked.set(true);
        Attempt(self.latest.get_value())
    }

    /// Takes the browser's answer to that attempt; the track is mute unless `enabled`.
    pub fn settle(
        self,
        attempt: Attempt,
        outcome: Result<MediaStreamTrack, MediaProblem>,
        enabled: bool,
    ) {
        if attempt.0 != self.latest.get_value() {
            // Nobody wants this device any more: its light must not stay on.
            if let Ok(track) = outcome {
                track.stop();
            }
            return;
        }
        self.asked.set(false);
        match outcome {
            Ok(track) => self.take(track, enabled),
            Err(problem) => self.problem.set(Some(problem)),
        }
    }

    fn take(self, track: MediaStreamTrack, enabled: bool) {
        let listener = Listener::new(&track, "ended", move |_| {
            self.release();
            self.problem.set(Some(MediaProblem::Lost));
        });
        self.ended.set_value(SendOption::new_local(Some(listener)));
        track.set_enabled(enabled);
        self.enabled.set(enabled);
        self.track.set(SendOption::new_local(Some(track)));
    }

    /// Mutes or unmutes. False when there is no track to do it to.
    pub fn set_enabled(self, enabled: bool) -> bool {
        let Some(track) = self.track_untracked() else {
            return false;
        };
        track.set_enabled(enabled);
        self.enabled.set(enabled);
        true
    }

    /// Stops the track, forgets the problem and refuses any answer still to come.
    pub fn release(self) {
        self.latest
            .update_value(|latest| *latest = latest.wrapping_add(1));
        self.asked.set(false);
        self.problem.set(None);
        self.ended.set_value(SendOption::new_local(None));
        if let Some(track) = self.track_untracked() {
            track.stop();
            self.enabled.set(false);
            self.track.set(SendOption::new_local(None));
        }
    }
}
