//! Asking the browser for camera and microphone; keeps nothing of what it gets.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints,
    PermissionState, PermissionStatus,
};

use super::{
    MediaProblem, MediaWish, camera,
    devices::{load_devices, media_devices},
    remembered::Remembered,
};
use crate::uplink::Capture;

type Outcome = Result<MediaStreamTrack, MediaProblem>;

/// What came of a wish; none for what was not wished for.
#[derive(Debug)]
pub(super) struct Opened {
    pub microphone: Option<Outcome>,
    pub camera: Option<Outcome>,
}

impl Opened {
    fn failed(wish: MediaWish, problem: MediaProblem) -> Self {
        Self {
            microphone: wish.microphone.then_some(Err(problem)),
            camera: wish.camera.then_some(Err(problem)),
        }
    }

    fn of_stream(wish: MediaWish, stream: &MediaStream) -> Self {
        let first = |tracks: js_sys::Array| {
            tracks
                .get(0)
                .dyn_into::<MediaStreamTrack>()
                .map_err(|_| MediaProblem::NotFound)
        };
        Self {
            microphone: wish.microphone.then(|| first(stream.get_audio_tracks())),
            camera: wish.camera.then(|| {
                first(stream.get_video_tracks()).inspect(|track| camera::hint(track, "motion"))
            }),
        }
    }
}

/// Asks for everything in one prompt. When that fails, asks for one after the other, so that a camera
/// in use elsewhere does not cost the microphone.
pub(super) async fn open(wish: MediaWish, chosen: &Remembered, capture: Capture) -> Opened {
    if !wish.microphone && !wish.camera {
        return Opened {
            microphone: None,
            camera: None,
        };
    }
    let Some(devices) = media_devices() else {
        let secure = web_sys::window().is_some_and(|window| window.is_secure_context());
        let problem = if secure {
            MediaProblem::Other
        } else {
            MediaProblem::Insecure
        };
        return Opened::failed(wish, problem);
    };
    let chosen = &chosen.without_missing(&load_devices().await.unwrap_or_default());
    let problem = match request(&devices, wish, chosen, capture).await {
        Ok(stream) => return Opened::of_stream(wish, &stream),
        Err(problem) => problem,
    };
    if !(wish.microphone && wish.camera) {
        return Opened::failed(wish, problem);
    }
    let microphone = MediaWish {
        microphone: true,
        camera: false,
    };
    let camera = MediaWish {
        microphone: false,
        camera: true,
    };
    Opened {
        microphone: open_alone(&devices, microphone, chosen, capture, problem)
            .await
            .microphone,
        camera: open_alone(&devices, camera, chosen, capture, problem)
            .await
            .camera,
    }
}

/// Asks for one of the two after both together failed with `problem`.
async fn open_alone(
    devices: &MediaDevices,
    wish: MediaWish,
    chosen: &Remembered,
    capture: Capture,
    problem: MediaProblem,
) -> Opened {
    // Who has just refused is not asked twice more; who refused only one kept the other allowed.
    if problem.is_denial() && !is_granted(wish).await {
        return Opened::failed(wish, problem);
    }
    match request(devices, wish, chosen, capture).await {
        Ok(stream) => Opened::of_stream(wish, &stream),
        Err(problem) => Opened::failed(wish, problem),
    }
}

/// One request for the chosen devices, and where nothing fits that, one for any device.
async fn request(
    devices: &MediaDevices,
    wish: MediaWish,
    chosen: &Remembered,
    capture: Capture,
) -> Result<MediaStream, MediaProblem> {
    let wanted = constraints(wish, chosen, capture);
    match get_user_media(devices, &wanted).await {
        Err(MediaProblem::NotFound) => {
            let anything = MediaStreamConstraints::new();
            anything.set_audio_bool(wish.microphone);
            anything.set_video_bool(wish.camera);
            get_user_media(devices, &anything).await
        }
        outcome => outcome,
    }
}

async fn get_user_media(
    devices: &MediaDevices,
    constraints: &MediaStreamConstraints,
) -> Result<MediaStream, MediaProblem> {
    let rejected = |rejection: JsValue| MediaProblem::from_rejection(&rejection);
    let promise = devices
        .get_user_media_with_constraints(constraints)
        .map_err(rejected)?;
    let stream = JsFuture::from(promise).await.map_err(rejected)?;
    stream.dyn_into().map_err(|_| MediaProblem::Other)
}

fn constraints(wish: MediaWish, chosen: &Remembered, capture: Capture) -> MediaStreamConstraints {
    let constraints = MediaStreamConstraints::new();
    if wish.microphone {
        let audio = MediaTrackConstraints::new();
        audio.set_echo_cancellation_bool(chosen.echo_cancellation);
        audio.set_noise_suppression_bool(chosen.noise_suppression);
        audio.set_auto_gain_control_bool(true);
        demand_device(&audio, chosen.microphone.as_deref());
        constraints.set_audio_media_track_constraints(&audio);
    }
    if wish.camera {
        let video = MediaTrackConstraints::new();
        shape(&video, capture);
        demand_device(&video, chosen.camera.as_deref());
        constraints.set_video_media_track_constraints(&video);
    }
    constraints
}

/// Asks for a wide picture of that many lines.
pub(super) fn shape(video: &MediaTrackConstraints, capture: Capture) {
    video.set_width(&range("ideal", capture.height * 16 / 9));
    video.set_height(&range("ideal", capture.height));
    video.set_frame_rate(&range("max", capture.framerate));
}

fn demand_device(constraints: &MediaTrackConstraints, id: Option<&str>) {
    if let Some(id) = id {
        // Chromium takes its default microphone over an ideal one, so the choice must be exact.
        constraints.set_device_id(&range("exact", id));
    }
}

/// A constraint with one bound, as `{ideal: 1280}`.
fn range(bound: &str, value: impl Into<JsValue>) -> JsValue {
    let range = Object::new();
    // Setting a field of an object made here cannot fail.
    let _ = Reflect::set(&range, &bound.into(), &value.into());
    range.into()
}

/// True when the browser knows for sure that it may use the device without asking.
async fn is_granted(wish: MediaWish) -> bool {
    let name = if wish.camera { "camera" } else { "microphone" };
    let query = async {
        let permissions = web_sys::window()?.navigator().permissions().ok()?;
        let descriptor: Object = range("name", name).unchecked_into();
        let status = JsFuture::from(permissions.query(&descriptor).ok()?)
            .await
            .ok()?;
        Some(status.dyn_into::<PermissionStatus>().ok()?.state() == PermissionState::Granted)
    };
    query.await.unwrap_or(false)
}
