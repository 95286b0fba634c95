//! How loud a microphone is, measured in the page; sends and keeps no sound.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
    time::Duration,
};

use leptos::{
    leptos_dom::helpers::{AnimationFrameRequestHandle, request_animation_frame_with_handle},
    prelude::*,
};
use wasm_bindgen::JsValue;
use web_sys::{
    AnalyserNode, AudioContext, AudioContextOptions, AudioContextState, MediaStream,
    MediaStreamAudioSourceNode, MediaStreamTrack,
};

use crate::{
    browser::{clock, listener::Listener},
    model::Timestamp,
};

/// The samples one measurement looks at: 43 ms at 48 kHz.
const SAMPLES: u32 = 2048;
/// The shortest time between two values.
const PERIOD: Duration = Duration::from_millis(66);
/// What counts as silence and as loud, in decibels of full scale.
const QUIET: f32 = -60.0;
const LOUD: f32 = -12.0;

/// Hears a track until it is dropped, and says how loud it is when asked.
#[must_use = "dropping the probe ends the hearing"]
#[derive(Debug)]
pub struct LevelProbe {
    context: AudioContext,
    analyser: AnalyserNode,
    source: MediaStreamAudioSourceNode,
    _waking: [Listener; 2],
}

impl LevelProbe {
    /// Begins to hear `track`, about as often as `period` says: hearing more often costs more than all else
    /// of a quiet room.
    ///
    /// # Errors
    /// What the browser says where there is no audio.
    pub fn start(track: &MediaStreamTrack, period: Duration) -> Result<Self, JsValue> {
        let stream = MediaStream::new()?;
        stream.add_track(track);
        let context = silent_context(period)?;
        let analyser = AnalyserNode::new(&context)?;
        analyser.set_fft_size(SAMPLES);
        let source = context.create_media_stream_source(&stream)?;
        source.connect_with_audio_node(&analyser)?;

        let document: web_sys::EventTarget = document().into();
        let wake = |event| {
            let context = context.clone();
            Listener::new(&document, event, move |_| resume(&context))
        };
        let waking = [wake("pointerdown"), wake("keydown")];
        resume(&context);
        Ok(Self {
            context,
            analyser,
            source,
            _waking: waking,
        })
    }

    /// True while the browser measures nothing because the person has not yet clicked or typed.
    fn is_asleep(&self) -> bool {
        self.context.state() == AudioContextState::Suspended
    }

    /// How loud it is now, from 0.0 for silence to 1.0.
    pub fn loudness(&self) -> f32 {
        let mut samples = [0.0; SAMPLES as usize];
        self.analyser.get_float_time_domain_data(&mut samples);
        loudness(&samples)
    }
}

impl Drop for LevelProbe {
    fn drop(&mut self) {
        let _ = self.source.disconnect();
        let _ = self.context.close();
    }
}

/// A context that plays nothing, and takes in sound in pieces of that length.
fn silent_context(period: Duration) -> Result<AudioContext, JsValue> {
    let options = AudioContextOptions::new();
    options.set_latency_hint_f64(period.as_secs_f64());
    // No speaker is opened where the browser knows of this (W3C Web Audio section 1.2.5), and silence is
    // played where it does not.
    let nowhere = js_sys::Object::new();
    js_sys::Reflect::set(&nowhere, &"type".into(), &"none".into())?;
    js_sys::Reflect::set(&options, &"sinkId".into(), &nowhere)?;
    AudioContext::new_with_context_options(&options)
}

fn resume(context: &AudioContext) {
    if context.state() == AudioContextState::Suspended {
        let _ = context.resume();
    }
}

/// Measures until it is dropped.
#[must_use = "dropping the meter ends the measuring"]
#[derive(Debug)]
pub struct LevelMeter {
    _probe: Rc<LevelProbe>,
    next: Rc<RefCell<Option<AnimationFrameRequestHandle>>>,
}

impl LevelMeter {
    /// Writes the loudness of `track` to `level`, from 0.0 for silence to 1.0, some fifteen times a
    /// second and only while it changes. `asleep` is true while the browser measures nothing
    /// because the person has not yet clicked or typed in the page. None where there is no audio.
    pub fn start(
        track: &MediaStreamTrack,
        level: RwSignal<f32>,
        asleep: RwSignal<bool>,
    ) -> Option<Self> {
        let probe = Rc::new(LevelProbe::start(track, PERIOD).ok()?);
        let next = Rc::default();
        let running = Running {
            probe: Rc::downgrade(&probe),
            level,
            asleep,
            last: Timestamp::default(),
        };
        running.request(&next);
        Some(Self {
            _probe: probe,
            next,
        })
    }
}

impl Drop for LevelMeter {
    fn drop(&mut self) {
        if let Some(handle) = self.next.borrow_mut().take() {
            handle.cancel();
        }
    }
}

struct Running {
    /// The meter's own: a frame that was cancelled is never freed by the browser.
    probe: Weak<LevelProbe>,
    level: RwSignal<f32>,
    asleep: RwSignal<bool>,
    /// When the last value was written.
    last: Timestamp,
}

impl Running {
    fn request(mut self, next: &Rc<RefCell<Option<AnimationFrameRequestHandle>>>) {
        let again = Rc::clone(next);
        let frame = move || {
            self.measure();
            self.request(&again);
        };
        *next.borrow_mut() = request_animation_frame_with_handle(frame).ok();
    }

    fn measure(&mut self) {
        let now = clock::now();
        if now.since(self.last) < PERIOD {
            return;
        }
        self.last = now;
        let Some(probe) = self.probe.upgrade() else {
            return;
        };
        let asleep = probe.is_asleep();
        if self
            .asleep
            .try_get_untracked()
            .is_some_and(|before| before != asleep)
        {
            self.asleep.set(asleep);
        }
        let value = probe.loudness();
        let changed = |before: f32| (before - value).abs() > 0.01;
        if self.level.try_get_untracked().is_some_and(changed) {
            self.level.set(value);
        }
    }
}

/// From 0.0 to 1.0, linear in decibels as ears are.
fn loudness(samples: &[f32]) -> f32 {
    let energy: f32 = samples.iter().map(|sample| sample * sample).sum();
    let decibels = 10.0 * (energy / samples.len().max(1) as f32 + f32::EPSILON).log10();
    ((decibels - QUIET) / (LOUD - QUIET)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::loudness;

    #[test]
    fn loudness_runs_from_silence_to_full_scale() {
        assert!(loudness(&[0.0; 64]) <= f32::EPSILON);
        assert!((loudness(&[1.0; 64]) - 1.0).abs() < f32::EPSILON);
        let speech = loudness(&[0.03; 64]);
        assert!(speech > 0.4 && speech < 0.8, "{speech}");
    }
}
