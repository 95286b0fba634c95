//! Two soft notes for trying the speaker.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, AudioNode, GainNode, HtmlAudioElement, OscillatorNode};

use crate::browser::{externs::SinkContext, listener::Listener, media};

/// In hertz: a fifth, which is friendly to everybody's ears and speakers.
const NOTES: [f32; 2] = [440.0, 659.26];
/// In seconds, from the start of one note to the next, and how long one rings.
const EVERY: f64 = 0.45;
const RINGS: f64 = 0.8;
/// Of full scale.
const LOUDEST: f32 = 0.25;
/// Exponential curves never reach nothing.
const SILENT: f32 = 0.0001;

/// Two notes that ring until they are over or dropped.
#[must_use = "dropping the tone silences it"]
#[derive(Debug)]
pub struct Tone {
    context: AudioContext,
    /// Stands in where a context cannot choose its speaker.
    element: Option<HtmlAudioElement>,
    _ended: Listener,
}

impl Tone {
    /// Plays through that speaker, or through the system's own choice, and calls back at the end.
    ///
    /// # Errors
    /// What the browser says when it cannot play.
    pub async fn play(
        speaker: Option<String>,
        mut handle_end: impl FnMut() + 'static,
    ) -> Result<Self, JsValue> {
        let context = AudioContext::new()?;
        let outcome = begin(&context, speaker.as_deref()).await;
        match outcome {
            Ok((element, last)) => Ok(Self {
                _ended: Listener::new(&last, "ended", move |_| handle_end()),
                context,
                element,
            }),
            Err(error) => {
                // Nobody hears it any more either way.
                let _ = context.close();
                Err(error)
            }
        }
    }
}

impl Drop for Tone {
    fn drop(&mut self) {
        if let Some(element) = &self.element {
            // Pausing fails for no element that the browser made.
            let _ = element.pause();
            element.set_src_object(None);
        }
        let _ = self.context.close();
    }
}

/// Starts both notes; answers the element that plays them, if one has to, and the last note.
async fn begin(
    context: &AudioContext,
    speaker: Option<&str>,
) -> Result<(Option<HtmlAudioElement>, OscillatorNode), JsValue> {
    let (output, element) = output(context, speaker).await?;
    // A context that was made in a click runs already, except where the browser is slow to notice.
    JsFuture::from(context.resume()?).await?;
    let start = context.current_time() + 0.05;
    let [first, second] = NOTES;
    ring(context, &output, first, start)?;
    let last = ring(context, &output, second, start + EVERY)?;
    Ok((element, last))
}

/// What leads to the chosen speaker.
async fn output(
    context: &AudioContext,
    speaker: Option<&str>,
) -> Result<(AudioNode, Option<HtmlAudioElement>), JsValue> {
    let direct = || context.destination().unchecked_into::<AudioNode>();
    let Some(speaker) = speaker else {
        return Ok((direct(), None));
    };
    if Reflect::has(context, &"setSinkId".into())? {
        let context: &SinkContext = context.unchecked_ref();
        // A speaker that is gone leaves the system's own.
        let _ = JsFuture::from(context.set_sink_id(speaker)?).await;
        return Ok((direct(), None));
    }
    if !media::speaker_can_be_chosen() {
        return Ok((direct(), None));
    }
    let stream = context.create_media_stream_destination()?;
    let element = HtmlAudioElement::new()?;
    element.set_src_object(Some(&stream.stream()));
    media::play_through(&element, Some(speaker)).await;
    JsFuture::from(element.play()?).await?;
    Ok((stream.unchecked_into(), Some(element)))
}

/// One note that swells quickly and fades slowly, so that nothing clicks.
fn ring(
    context: &AudioContext,
    output: &AudioNode,
    frequency: f32,
    at: f64,
) -> Result<OscillatorNode, JsValue> {
    let note = OscillatorNode::new(context)?;
    note.frequency().set_value(frequency);
    let loudness = GainNode::new(context)?;
    let gain = loudness.gain();
    gain.set_value_at_time(SILENT, at)?;
    gain.exponential_ramp_to_value_at_time(LOUDEST, at + 0.04)?;
    gain.exponential_ramp_to_value_at_time(SILENT, at + RINGS)?;
    note.connect_with_audio_node(&loudness)?;
    loudness.connect_with_audio_node(output)?;
    note.start_with_when(at)?;
    note.stop_with_when(at + RINGS)?;
    Ok(note)
}
