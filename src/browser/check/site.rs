//! Whether this site's server can be reached by a WebSocket and by plain HTTP.

use std::time::Duration;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, MessageEvent, RequestCache, RequestInit, Response, WebSocket};

use super::answer::Answer;
use crate::browser::{clock::Timeout, listener::Listener, page};

/// What the server says by both ways.
const WORD: &str = "ok";
/// As long as the room waits for its socket before it takes plain HTTP.
const LIMIT: Duration = Duration::from_secs(5);

/// Whether a WebSocket opens and brings what the server says.
pub async fn try_socket() -> bool {
    // "http" becomes "ws", and "https" becomes "wss".
    let address = page::origin().replacen("http", "ws", 1) + "/check/socket";
    let Ok(socket) = WebSocket::new(&address) else {
        return false;
    };
    let answer = Answer::new();
    let (heard, closed) = (answer.clone(), answer.clone());
    let _listeners = [
        Listener::new(&socket, "message", move |event| {
            let event = event.dyn_ref::<MessageEvent>();
            let text = event.and_then(|event| event.data().as_string());
            heard.give(text.as_deref() == Some(WORD));
        }),
        Listener::new(&socket, "close", move |_| closed.give(false)),
    ];
    let works = answer.within(LIMIT).await;
    // Closing fails only when it is closed already.
    let _ = socket.close();
    works
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
    let sent = window.fetch_with_str_and_init("/check/http", &options);
    let response: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Some(response.ok() && text.as_string().as_deref() == Some(WORD))
}
