//! Whether this site's server can be reached by a WebSocket and by plain HTTP.

use std::time::Duration;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, Response};

use super::answer::Answer;
use crate::{
    browser::{clock::Timeout, socket::Probe},
    route_check::{HTTP_PATH, WORD},
};

/// As long as the room waits for its socket before it takes plain HTTP.
const LIMIT: Duration = Duration::from_secs(5);

/// Whether a WebSocket opens and brings what the server says.
pub async fn try_socket() -> bool {
    let answer = Answer::new();
    let told = answer.clone();
    let Some(_probe) = Probe::start(move |works| told.give(works)) else {
        return false;
    };
    answer.within(LIMIT).await
}

/// Whether a plain request is answered.
pub async fn try_http() -> bool {
    answered().await.unwrap_or(false)
}

async fn answered() -> Option<bool> {
    let controller = AbortController::new().ok()?;
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_cache(RequestCache::NoStore);
    options.set_signal(Some(&controller.signal()));
    let _limit = Timeout::new(LIMIT, move || controller.abort());
    let window = web_sys::window()?;
    let sent = window.fetch_with_str_and_init(HTTP_PATH, &options);
    let response: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some(response.ok() && text.as_string().as_deref() == Some(WORD))
}
