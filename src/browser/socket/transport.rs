//! One WebSocket and its handlers; closed and silent once it is dropped.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use crate::browser::listener::Listener;

/// What one WebSocket tells.
#[derive(Debug)]
pub(super) enum TransportEvent {
    Opened,
    Text(String),
    /// With the close code as it came (RFC 6455 section 7.4).
    Closed {
        code: u16,
    },
}

/// One WebSocket.
#[derive(Debug)]
pub(super) struct Transport {
    socket: WebSocket,
    /// Dropped before the socket is closed, so that a dropped transport never calls back.
    listeners: Vec<Listener>,
}

impl Transport {
    /// Starts opening.
    pub(super) fn open(
        address: &str,
        handle_event: impl Fn(TransportEvent) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        let socket = WebSocket::new(address)?;
        let (opened, said) = (handle_event.clone(), handle_event.clone());
        let listeners = vec![
            Listener::new(&socket, "open", move |_| opened(TransportEvent::Opened)),
            Listener::new(&socket, "message", move |event| {
                let text = event
                    .dyn_ref::<MessageEvent>()
                    .and_then(|event| event.data().as_string());
                if let Some(text) = text {
                    said(TransportEvent::Text(text));
                }
            }),
            Listener::new(&socket, "close", move |event| {
                let code = event.dyn_ref::<CloseEvent>().map_or(1006, CloseEvent::code);
                handle_event(TransportEvent::Closed { code });
            }),
        ];
        Ok(Self { socket, listeners })
    }

    /// Sends one text frame, or returns false when the socket is not open.
    pub(super) fn send(&self, text: &str) -> bool {
        self.socket.ready_state() == WebSocket::OPEN && self.socket.send_with_str(text).is_ok()
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        self.listeners.clear();
        // Closing fails only when it is closed already.
        let _ = self.socket.close();
    }
}
