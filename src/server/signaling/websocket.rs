//! The way by a WebSocket: upgrades, frames, pings and goodbyes; decides nothing about what is said.

use std::time::Duration;

use axum::{
    Router,
    extract::{
        Path, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    response::Response,
    routing::get,
};
use tokio::time::timeout;

use super::{Heard, Said, Wire, admit, converse, decode, decode_frame};
use crate::{
    protocol::{CloseCode, Transport, document::LARGEST_BINARY},
    server::{Server, auth::interview::Admission, hub::QUEUED_BYTES, request::Request},
};

/// How long one frame may take to be written.
const WRITE_DEADLINE: Duration = Duration::from_secs(10);
/// How long a closed socket is still read.
const LINGER: Duration = Duration::from_secs(2);
/// Small buffers keep an idle member cheap; the backlog is bounded by the outlet instead.
const BUFFER: usize = 4 * 1024;
/// A single frame may be as large as everything that waits for one member, as a welcome with a long chat
/// is: what the room was allowed to queue must not be refused here. Beside it there is room for the
/// frame's header, a ping and the goodbye.
const LARGEST_BACKLOG: usize = QUEUED_BYTES + BUFFER;

pub(super) fn routes() -> Router<Server> {
    Router::new().route("/ws/{number}", get(open))
}

/// Refuses before the upgrade, with the status of the refusal, or upgrades.
async fn open(
    Path(number): Path<String>,
    caller: Request,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Response> {
    let admission = admit(&caller, &number).await?;
    Ok(upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(LARGEST_BACKLOG)
        .max_message_size(LARGEST_BINARY)
        .max_frame_size(LARGEST_BINARY)
        .on_upgrade(move |socket| live(caller, admission, socket)))
}

/// The whole life of one socket.
async fn live(caller: Request, admission: Admission, socket: WebSocket) {
    let mut wire = SocketWire {
        socket,
        heard_since_ping: true,
    };
    let Some(code) = converse(&caller, &admission, &mut wire).await else {
        return;
    };
    let mut socket = wire.socket;
    let frame = CloseFrame {
        code: code.number(),
        reason: "".into(),
    };
    // A peer that is gone needs no goodbye.
    let _ = timeout(WRITE_DEADLINE, socket.send(Message::Close(Some(frame)))).await;
    // What still comes in is read and dropped: a socket closed over unread bytes is reset, and
    // the other side would never see the code.
    let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _ = timeout(LINGER, rest).await;
}

struct SocketWire {
    socket: WebSocket,
    /// A socket that was silent since the last ping is closed at the next, so a half-open one is
    /// found within twice the time between two.
    heard_since_ping: bool,
}

impl SocketWire {
    async fn send(&mut self, message: Message) -> Option<()> {
        timeout(WRITE_DEADLINE, self.socket.send(message))
            .await
            .ok()?
            .ok()
    }
}

impl Wire for SocketWire {
    const TRANSPORT: Transport = Transport::WebSocket;

    async fn hear(&mut self) -> Heard {
        let received = self.socket.recv().await;
        self.heard_since_ping = true;
        match received {
            Some(Ok(Message::Text(text))) => decode(&text),
            Some(Ok(Message::Binary(bytes))) => decode_frame(&bytes),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Heard::SignOfLife(0),
            Some(Ok(Message::Close(_))) | None => Heard::End(None),
            Some(Err(error)) if is_too_large(&error) => Heard::End(Some(CloseCode::TooLarge)),
            Some(Err(_)) => Heard::End(None),
        }
    }

    async fn write(&mut self, said: Said) -> Option<()> {
        let message = match said {
            Said::Text(text) => Message::Text(text),
            Said::Binary(bytes) => Message::Binary(bytes),
        };
        self.send(message).await
    }

    async fn pulse(&mut self) -> Option<()> {
        if !self.heard_since_ping {
            return None;
        }
        self.heard_since_ping = false;
        self.send(Message::Ping("".into())).await
    }
}

/// axum hides the kind of a socket's error; its text begins with the kind.
fn is_too_large(error: &axum::Error) -> bool {
    error.to_string().contains("too long")
}
