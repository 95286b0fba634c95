//! One member's queue of outgoing frames: bounded, so that a slow reader harms nobody but itself.

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;

use crate::protocol::CloseCode;

/// How many frames may wait for one member. A full room's welcome and a burst of signalling for
/// nineteen connections fit; somebody this far behind is closed and comes back to a fresh snapshot.
const QUEUE: usize = 512;

/// What goes out on a socket.
#[derive(Clone, Debug)]
pub enum Frame {
    Text(Utf8Bytes),
    /// Always the last.
    Close(CloseCode),
}

/// The room's end.
#[derive(Debug)]
pub(super) struct Outlet(mpsc::Sender<Frame>);

/// The socket's end. Frames come in the order the room sent them.
#[derive(Debug)]
pub struct Frames(mpsc::Receiver<Frame>);

pub(super) fn outlet() -> (Outlet, Frames) {
    let (sender, receiver) = mpsc::channel(QUEUE);
    (Outlet(sender), Frames(receiver))
}

impl Outlet {
    /// Queues a frame; false when the reader is too slow or gone.
    pub(super) fn push(&self, frame: Frame) -> bool {
        self.0.try_send(frame).is_ok()
    }
}

impl Frames {
    /// The next frame. A queue that the room dropped without a word was too full.
    pub async fn next(&mut self) -> Frame {
        self.0
            .recv()
            .await
            .unwrap_or(Frame::Close(CloseCode::TooSlow))
    }
}
