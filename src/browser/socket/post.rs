//! One request to the server: JSON there, JSON back, within a limit. Repeats nothing.

use std::time::Duration;

use js_sys::{Promise, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use crate::browser::clock::Timeout;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PostError {
    /// Nothing came back, or nothing of this server: trying again may help.
    Lost,
    /// The server knows nothing of what was asked for.
    Unknown,
    /// The server does not allow it.
    Refused,
}

/// Posts `body`; aborted by `controller` or after `limit`.
pub(super) async fn post<T: DeserializeOwned>(
    address: &str,
    body: &impl Serialize,
    controller: &AbortController,
    limit: Duration,
) -> Result<T, PostError> {
    let init = request(body).ok_or(PostError::Lost)?;
    init.set_signal(Some(&controller.signal()));
    let late = controller.clone();
    // Held until the whole answer has been read.
    let _limit = Timeout::new(limit, move || late.abort());
    let response = fetch(address, &init).await.ok_or(PostError::Lost)?;
    match response.status() {
        200..=299 => read(&response).await.ok_or(PostError::Lost),
        404 => Err(PostError::Unknown),
        408 | 425 | 429 | 500.. => Err(PostError::Lost),
        _ => Err(PostError::Refused),
    }
}

/// Posts `body` without an answer, even if the page goes away meanwhile.
pub(super) fn post_and_forget(address: &str, body: &impl Serialize) {
    let Some((init, window)) = request(body).zip(web_sys::window()) else {
        return;
    };
    // A browser without it sends all the same while the page lives.
    let _ = Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE);
    // Nobody is left to hear of a failure: the server notices by itself.
    let ignore = wasm_bindgen::closure::Closure::once_into_js(|_: JsValue| {});
    let sent = window.fetch_with_str_and_init(address, &init);
    let _ = Reflect::get(&sent, &"catch".into())
        .ok()
        .and_then(|catch| catch.dyn_into::<js_sys::Function>().ok())
        .and_then(|catch| catch.call1(&sent, &ignore).ok());
}

/// Waits.
pub(super) async fn pause(duration: Duration) {
    let promise = Promise::new(&mut |resolve, _| {
        let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
        if let Some(window) = web_sys::window() {
            // It fails for no callback that is a function.
            let _ = window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(promise).await;
}

fn request(body: &impl Serialize) -> Option<RequestInit> {
    let text = serde_json::to_string(body).ok()?;
    let headers = Headers::new().ok()?;
    headers.set("content-type", "application/json").ok()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(&text));
    Some(init)
}

async fn fetch(address: &str, init: &RequestInit) -> Option<Response> {
    let answer = web_sys::window()?.fetch_with_str_and_init(address, init);
    JsFuture::from(answer).await.ok()?.dyn_into().ok()
}

async fn read<T: DeserializeOwned>(response: &Response) -> Option<T> {
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    serde_json::from_str(&text.as_string()?).ok()
}
