//! One member's queue of outgoing frames: bounded, so that a slow reader harms nobody but itself.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;

use crate::protocol::CloseCode;

/// How many frames may wait for one member. A full room's welcome and a burst of signalling for
/// nineteen connections fit; somebody this far behind is closed and comes back to a fresh snapshot.
const QUEUE: usize = 512;
/// How many bytes may wait for one member.
pub const QUEUED_BYTES: usize = 2 * 1024 * 1024;
/// How long the last frames of somebody who is closed may take to be written.
const GOODBYE: Duration = Duration::from_secs(5);

/// What goes out on a socket.
#[derive(Clone, Debug)]
pub enum Frame {
    Text(Utf8Bytes),
    /// Always the last.
    Close(CloseCode),
}

impl Frame {
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Close(_) => 0,
        }
    }
}

/// The room's end.
#[derive(Debug)]
pub(super) struct Outlet {
    frames: mpsc::Sender<Frame>,
    /// What waits; counted up before a frame is queued and down after it was taken out.
    bytes: Arc<AtomicUsize>,
}

/// The socket's end. Frames come in the order the room sent them.
#[derive(Debug)]
pub struct Frames {
    frames: mpsc::Receiver<Frame>,
    bytes: Arc<AtomicUsize>,
}

pub(super) fn outlet() -> (Outlet, Frames) {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let bytes = Arc::<AtomicUsize>::default();
    let outlet = Outlet {
        frames: sender,
        bytes: bytes.clone(),
    };
    let frames = Frames {
        frames: receiver,
        bytes,
    };
    (outlet, frames)
}

impl Outlet {
    /// Queues a frame; false when the reader is too slow or gone.
    pub(super) fn push(&self, frame: Frame) -> bool {
        let bytes = frame.bytes();
        let waiting = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        waiting <= QUEUED_BYTES && self.frames.try_send(frame).is_ok()
    }
}

impl Frames {
    /// The next frame. A queue that the room dropped without a word was too full.
    pub async fn next(&mut self) -> Frame {
        let Some(frame) = self.frames.recv().await else {
            return Frame::Close(CloseCode::TooSlow);
        };
        self.bytes.fetch_sub(frame.bytes(), Ordering::Relaxed);
        frame
    }
}
