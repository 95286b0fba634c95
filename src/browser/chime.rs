//! A soft sound of two notes for an arrival, and the remembered wish to hear it. Loads no file.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorNode};

use super::{
    listener::Listener,
    storage::{self, Area},
};

const KEY: &str = "arrival-sound";
/// The notes by their frequency in hertz and when they begin, in seconds.
const NOTES: [(f32, f64); 2] = [(659.3, 0.0), (880.0, 0.16)];
/// How loud, of 1, and how long a note sounds, in seconds.
const LOUDNESS: f32 = 0.08;
const LENGTH: f64 = 0.5;

/// True unless the person switched the sound off in this browser.
pub fn is_wanted() -> bool {
    storage::read(Area::Browser, KEY).as_deref() != Some("off")
}

/// Remembers whether the person wants to hear it.
pub fn want(wanted: bool) {
    storage::write(Area::Browser, KEY, if wanted { "on" } else { "off" });
}

/// Plays it, if it is wanted. A browser that holds sound back until a click stays silent.
pub fn play() {
    if is_wanted()
        && let Err(error) = try_play()
    {
        leptos::logging::warn!("the arrival could not be heard: {error:?}");
    }
}

fn try_play() -> Result<(), JsValue> {
    let context = AudioContext::new()?;
    let now = context.current_time();
    let mut last = None;
    for (frequency, start) in NOTES {
        last = Some(sound(&context, frequency, now + start)?);
    }
    // A context holds on to the sound card until it is closed.
    if let Some(last) = last {
        let listener = Rc::new(RefCell::new(None));
        let held = Rc::clone(&listener);
        *listener.borrow_mut() = Some(Listener::new(&last, "ended", move |_| {
            let _ = context.close();
            let held = Rc::clone(&held);
            // The closure that is running must not be dropped by itself.
            leptos::prelude::queue_microtask(move || drop(held.borrow_mut().take()));
        }));
    }
    Ok(())
}

/// One note that swells quickly and fades slowly.
fn sound(context: &AudioContext, frequency: f32, start: f64) -> Result<OscillatorNode, JsValue> {
    let note = context.create_oscillator()?;
    note.frequency().set_value(frequency);
    let volume = context.create_gain()?;
    volume.gain().set_value_at_time(0.0, start)?;
    volume
        .gain()
        .linear_ramp_to_value_at_time(LOUDNESS, start + 0.03)?;
    volume
        .gain()
        .linear_ramp_to_value_at_time(0.0, start + LENGTH)?;
    note.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&context.destination())?;
    note.start_with_when(start)?;
    note.stop_with_when(start + LENGTH)?;
    Ok(note)
}
