//! One member's queue of outgoing frames: bounded, so that a slow reader harms nobody but itself.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{body::Bytes, extract::ws::Utf8Bytes};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};

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
    Binary(Bytes),
    /// Always the last.
    Close(CloseCode),
}

impl Frame {
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(bytes) => bytes.len(),
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
    /// Tells the code past the queue; dropped without one for somebody too slow.
    closing: watch::Sender<Option<CloseCode>>,
}

/// The socket's end. Frames come in the order the room sent them.
#[derive(Debug)]
pub struct Frames {
    frames: mpsc::Receiver<Frame>,
    bytes: Arc<AtomicUsize>,
    closing: watch::Receiver<Option<CloseCode>>,
    /// When it was first seen that the room has closed this socket.
    closed_at: Option<Instant>,
}

pub(super) fn outlet() -> (Outlet, Frames) {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let bytes = Arc::<AtomicUsize>::default();
    let (close, closing) = watch::channel(None);
    let outlet = Outlet {
        frames: sender,
        bytes: bytes.clone(),
        closing: close,
    };
    let frames = Frames {
        frames: receiver,
        bytes,
        closing,
        closed_at: None,
    };
    (outlet, frames)
}

impl Outlet {
    /// Queues a frame; false when the reader is too slow or gone.
    pub(super) fn push(&self, frame: Frame) -> bool {
        if let Frame::Close(code) = frame {
            self.closing.send_replace(Some(code));
        }
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

    /// Returns the code once the room has closed this socket and a frame is still being written
    /// [`GOODBYE`] later: a reader that stands still must not outlive its seat. Nothing is lost when
    /// the future is dropped.
    pub async fn overdue(&mut self) -> CloseCode {
        let told = self.closing.wait_for(Option::is_some).await;
        let code = told.map_or(None, |code| *code);
        let since = *self.closed_at.get_or_insert_with(Instant::now);
        sleep_until(since + GOODBYE).await;
        code.unwrap_or(CloseCode::TooSlow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_close_is_heard_past_the_queue() {
        let (outlet, mut frames) = outlet();
        assert!(outlet.push(Frame::Text("a".into())));
        let moment = Duration::from_millis(10);
        let waiting = tokio::time::timeout(moment, frames.overdue()).await;
        assert!(waiting.is_err(), "still open");
        assert!(outlet.push(Frame::Close(CloseCode::Removed)));
        drop(outlet);
        let waiting = tokio::time::timeout(moment, frames.overdue()).await;
        assert!(waiting.is_err(), "there is time for a goodbye");
        frames.closed_at = Instant::now().checked_sub(GOODBYE);
        assert_eq!(frames.overdue().await, CloseCode::Removed);
        assert!(matches!(frames.next().await, Frame::Text(_)), "not lost");
    }

    #[tokio::test]
    async fn who_is_dropped_without_a_word_was_too_slow() {
        let (outlet, mut frames) = outlet();
        drop(outlet);
        frames.closed_at = Instant::now().checked_sub(GOODBYE);
        assert_eq!(frames.overdue().await, CloseCode::TooSlow);
    }
}
