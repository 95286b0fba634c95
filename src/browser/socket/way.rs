//! The two ways to a room, WebSocket and plain HTTP, as one. Does not choose between them.

use wasm_bindgen::JsValue;

use super::{line::HttpLine, web_socket::WebSocketWay};
use crate::{
    model::InterviewNumber,
    protocol::{ServerMessage, Transport},
};

/// What a way tells.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "handed on at once, never kept")]
pub(super) enum WayEvent {
    /// Messages may be sent.
    Opened,
    /// The server said something, possibly unknown to this page.
    Said(serde_json::Result<ServerMessage>),
    /// The server said something about the document of an answer.
    Document(Vec<u8>),
    /// The server is there and had nothing to say.
    Alive,
    /// The server does not let this person in, or so it seems.
    Refused,
    /// It is gone, with the close code if there is one (RFC 6455 section 7.4).
    Closed { code: Option<u16> },
}

/// One way; closed and silent once it is dropped.
#[derive(Debug)]
pub(super) enum Way {
    WebSocket(WebSocketWay),
    Http(HttpLine),
}

impl Way {
    /// Starts opening.
    pub(super) fn open(
        transport: Transport,
        number: InterviewNumber,
        handle_event: impl Fn(WayEvent) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        match transport {
            Transport::WebSocket => {
                WebSocketWay::open(&format!("/ws/{number}"), handle_event).map(Self::WebSocket)
            }
            Transport::Http => Ok(Self::Http(HttpLine::open(
                format!("/signal/{number}"),
                handle_event,
            ))),
        }
    }

    /// Sends one message, or returns false when the way is not open.
    pub(super) fn send(&self, text: &str) -> bool {
        match self {
            Self::WebSocket(socket) => socket.send(text),
            Self::Http(line) => line.send(text),
        }
    }

    /// Sends one frame about a document, or returns false when the way is not open.
    pub(super) fn send_document(&self, bytes: &[u8]) -> bool {
        match self {
            Self::WebSocket(socket) => socket.send_document(bytes),
            Self::Http(line) => line.send_document(bytes),
        }
    }
}
