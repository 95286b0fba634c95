//! A line to the room over plain HTTP: signs in, keeps one request waiting for what the server says, and
//! posts what this page says in numbered batches, one after another. Signs out when it is dropped.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
    time::Duration,
};

use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use web_sys::AbortController;

use super::{
    base64,
    post::{PostError, pause, post, post_and_forget},
    way::WayEvent,
};
use crate::reconnection::repeat_after;

/// The server lets a waiting request hang for 20 seconds.
const WAIT_LIMIT: Duration = Duration::from_secs(25);
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
/// So many messages go in one batch, and no more once it has so many bytes.
const MOST_IN_BATCH: usize = 50;
const LARGEST_BATCH: usize = 48 * 1024;

#[derive(Serialize)]
struct Nothing {}

#[derive(Deserialize)]
struct Taken {}

#[derive(Deserialize)]
struct SignedIn {
    line: String,
}

#[derive(Serialize)]
struct Wait<'a> {
    line: &'a str,
    after: u64,
}

#[derive(Deserialize)]
struct Waited {
    first: u64,
    frames: Vec<Value>,
    closed: Option<u16>,
}

#[derive(Serialize)]
struct Batch<'a> {
    line: &'a str,
    from: u64,
    messages: &'a [Value],
}

#[derive(Serialize)]
struct SignOut<'a> {
    line: &'a str,
}

/// Closed and silent once it is dropped.
#[derive(Debug)]
pub(super) struct HttpLine {
    shared: Rc<Shared>,
}

struct Shared {
    /// The path before the verb.
    base: String,
    handle_event: Box<dyn Fn(WayEvent)>,
    /// None until signed in.
    line: RefCell<Option<String>>,
    /// Not taken by the server yet; the first is number `taken` + 1.
    unsent: RefCell<VecDeque<(Value, usize)>>,
    taken: Cell<u64>,
    posting: Cell<bool>,
    /// Nothing is told and nothing asked any more.
    closed: Cell<bool>,
    /// What hangs now: the request that waits, and the one that posts.
    hanging: [RefCell<Option<AbortController>>; 2],
}

const WAITING: usize = 0;
const POSTING: usize = 1;

impl HttpLine {
    /// Starts signing in.
    pub(super) fn open(base: String, handle_event: impl Fn(WayEvent) + 'static) -> Self {
        let shared = Rc::new(Shared {
            base,
            handle_event: Box::new(handle_event),
            line: RefCell::default(),
            unsent: RefCell::default(),
            taken: Cell::new(0),
            posting: Cell::new(false),
            closed: Cell::new(false),
            hanging: Default::default(),
        });
        spawn_local(Shared::run(shared.clone()));
        Self { shared }
    }

    /// Puts one message behind those on their way, or returns false when the line is not open.
    pub(super) fn send(&self, text: &str) -> bool {
        let Ok(message) = serde_json::from_str(text) else {
            return false;
        };
        self.put(message, text.len())
    }

    /// As [`Self::send`], with a binary frame.
    pub(super) fn send_document(&self, bytes: &[u8]) -> bool {
        let Some(text) = base64::encode(bytes) else {
            return false;
        };
        let length = text.len();
        self.put(Value::String(text), length)
    }

    fn put(&self, message: Value, length: usize) -> bool {
        let shared = &self.shared;
        if shared.closed.get() || shared.line.borrow().is_none() {
            return false;
        }
        shared.unsent.borrow_mut().push_back((message, length));
        if !shared.posting.replace(true) {
            spawn_local(Shared::post_all(shared.clone()));
        }
        true
    }
}

impl Drop for HttpLine {
    fn drop(&mut self) {
        let shared = &self.shared;
        shared.closed.set(true);
        for hanging in &shared.hanging {
            if let Some(controller) = hanging.take() {
                controller.abort();
            }
        }
        if let Some(line) = shared.line.take() {
            post_and_forget(&shared.address("sign_out"), &SignOut { line: &line });
        }
    }
}

impl Shared {
    /// The life of a line.
    async fn run(shared: Rc<Self>) {
        match shared
            .ask::<SignedIn>(WAITING, "sign_in", &Nothing {}, ANSWER_LIMIT)
            .await
        {
            Ok(SignedIn { line }) => {
                if shared.closed.get() {
                    // Signed in for somebody who is gone.
                    post_and_forget(&shared.address("sign_out"), &SignOut { line: &line });
                    return;
                }
                shared.line.replace(Some(line.clone()));
                shared.tell(WayEvent::Opened);
                shared.listen(&line).await;
            }
            Err(PostError::Lost) => shared.close(WayEvent::Closed { code: None }),
            Err(PostError::Unknown | PostError::Refused) => shared.close(WayEvent::Refused),
        }
    }

    /// Asks for what the server says until there is nothing more to come.
    async fn listen(&self, line: &str) {
        let mut after = 0;
        let mut failures = 0;
        while !self.closed.get() {
            let wait = Wait { line, after };
            match self.ask::<Waited>(WAITING, "wait", &wait, WAIT_LIMIT).await {
                Ok(waited) => {
                    failures = 0;
                    self.tell(WayEvent::Alive);
                    after = self.take(after, waited);
                }
                Err(error) => {
                    failures += 1;
                    if !self.may_repeat(error, failures).await {
                        return self.close(WayEvent::Closed { code: None });
                    }
                }
            }
        }
    }

    /// Tells what is new of an answer. Frames that were not acknowledged come again.
    fn take(&self, after: u64, waited: Waited) -> u64 {
        let mut last = after;
        for (number, frame) in (waited.first..).zip(waited.frames) {
            if number > last {
                last = number;
                self.tell(match frame {
                    Value::String(text) => match base64::decode(&text) {
                        Some(bytes) => WayEvent::Document(bytes),
                        None => WayEvent::Alive,
                    },
                    frame => WayEvent::Said(serde_json::from_value(frame)),
                });
            }
        }
        if waited.closed.is_some() {
            self.close(WayEvent::Closed {
                code: waited.closed,
            });
        }
        last
    }

    /// Posts until nothing is left.
    async fn post_all(shared: Rc<Self>) {
        let mut failures = 0;
        while let Some((line, messages)) = shared.next_batch() {
            let batch = Batch {
                line: &line,
                from: shared.taken.get() + 1,
                messages: &messages,
            };
            match shared
                .ask::<Taken>(POSTING, "message", &batch, ANSWER_LIMIT)
                .await
            {
                Ok(Taken {}) => {
                    failures = 0;
                    shared.taken.set(shared.taken.get() + messages.len() as u64);
                    shared.unsent.borrow_mut().drain(..messages.len());
                }
                Err(error) => {
                    failures += 1;
                    if !shared.may_repeat(error, failures).await {
                        return shared.close(WayEvent::Closed { code: None });
                    }
                }
            }
        }
        shared.posting.set(false);
    }

    /// What is posted next: as much as fits, one message at least.
    fn next_batch(&self) -> Option<(String, Vec<Value>)> {
        let line = self.line.borrow().clone().filter(|_| !self.closed.get())?;
        let unsent = self.unsent.borrow();
        let mut bytes = 0;
        let mut messages = Vec::new();
        for (message, length) in unsent.iter().take(MOST_IN_BATCH) {
            bytes += length;
            if bytes > LARGEST_BATCH && !messages.is_empty() {
                break;
            }
            messages.push(message.clone());
        }
        (!messages.is_empty()).then_some((line, messages))
    }

    /// After the pause that belongs to so many failures: whether asking again makes sense.
    async fn may_repeat(&self, error: PostError, failures: u32) -> bool {
        let wait = repeat_after(failures).filter(|_| error == PostError::Lost);
        match wait {
            Some(wait) if !self.closed.get() => {
                pause(wait).await;
                true
            }
            _ => false,
        }
    }

    async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        slot: usize,
        verb: &str,
        body: &impl Serialize,
        limit: Duration,
    ) -> Result<T, PostError> {
        let Ok(controller) = AbortController::new() else {
            return Err(PostError::Lost);
        };
        self.hanging[slot].replace(Some(controller.clone()));
        let answer = post(&self.address(verb), body, &controller, limit).await;
        self.hanging[slot].take();
        answer
    }

    fn address(&self, verb: &str) -> String {
        format!("{}/{verb}", self.base)
    }

    fn tell(&self, event: WayEvent) {
        if !self.closed.get() {
            (self.handle_event)(event);
        }
    }

    /// Tells the last event. The line is gone or as good as gone: there is nothing to sign out of.
    fn close(&self, event: WayEvent) {
        if !self.closed.replace(true) {
            self.line.take();
            (self.handle_event)(event);
        }
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}
