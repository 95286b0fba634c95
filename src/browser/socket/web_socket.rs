//! One WebSocket and its handlers, and the question whether WebSockets work here; closed and silent
//! once dropped.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

use super::way::WayEvent;
use crate::{
    browser::{listener::Listener, page},
    route_check::{SOCKET_PATH, WORD},
};

/// A WebSocket to the room.
#[derive(Debug)]
pub(super) struct WebSocketWay {
    socket: WebSocket,
    /// Dropped before the socket is closed, so that a dropped way never calls back.
    listeners: Vec<Listener>,
}

impl WebSocketWay {
    /// Starts opening `path` of this site.
    pub(super) fn open(
        path: &str,
        handle_event: impl Fn(WayEvent) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        let socket = WebSocket::new(&address(path))?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, said) = (handle_event.clone(), handle_event.clone());
        let listeners = vec![
            Listener::new(&socket, "open", move |_| opened(WayEvent::Opened)),
            Listener::new(&socket, "message", move |event| {
                if let Some(text) = text_of(&event) {
                    said(WayEvent::Said(serde_json::from_str(&text)));
                } else if let Some(bytes) = bytes_of(&event) {
                    said(WayEvent::Document(bytes));
                }
            }),
            Listener::new(&socket, "close", move |event| {
                let code = event.dyn_ref::<CloseEvent>().map(CloseEvent::code);
                handle_event(WayEvent::Closed { code });
            }),
        ];
        Ok(Self { socket, listeners })
    }

    /// Sends one text frame, or returns false when the socket is not open.
    pub(super) fn send(&self, text: &str) -> bool {
        self.socket.ready_state() == WebSocket::OPEN && self.socket.send_with_str(text).is_ok()
    }

    /// Sends one binary frame, or returns false when the socket is not open.
    pub(super) fn send_document(&self, bytes: &[u8]) -> bool {
        self.socket.ready_state() == WebSocket::OPEN
            && self.socket.send_with_u8_array(bytes).is_ok()
    }
}

impl Drop for WebSocketWay {
    fn drop(&mut self) {
        self.listeners.clear();
        // Closing fails only when it is closed already.
        let _ = self.socket.close();
    }
}

/// Finds out whether a WebSocket opens and speaks. Asks nothing about the room.
#[derive(Debug)]
pub struct Probe {
    /// Held for its drop alone.
    _way: WebSocketWay,
}

impl Probe {
    /// Calls `answer` once it is known, unless it is dropped before.
    pub fn start(answer: impl Fn(bool) + Clone + 'static) -> Option<Self> {
        let socket = WebSocket::new(&address(SOCKET_PATH)).ok()?;
        let spoke = answer.clone();
        let listeners = vec![
            Listener::new(&socket, "message", move |event| {
                spoke(text_of(&event).as_deref() == Some(WORD));
            }),
            Listener::new(&socket, "close", move |_| answer(false)),
        ];
        let way = WebSocketWay { socket, listeners };
        Some(Self { _way: way })
    }
}

fn text_of(event: &web_sys::Event) -> Option<String> {
    event.dyn_ref::<MessageEvent>()?.data().as_string()
}

fn bytes_of(event: &web_sys::Event) -> Option<Vec<u8>> {
    let data = event.dyn_ref::<MessageEvent>()?.data();
    let buffer = data.dyn_into::<ArrayBuffer>().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// "http" becomes "ws", and "https" becomes "wss".
fn address(path: &str) -> String {
    page::origin().replacen("http", "ws", 1) + path
}
