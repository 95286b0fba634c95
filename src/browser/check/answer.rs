//! Waiting for one of several events, or for the time to run out.

use std::{cell::RefCell, rc::Rc, time::Duration};

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::browser::clock::Timeout;

/// An answer that is still to come. Clones are the same answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    promise: Promise,
    settle: Rc<RefCell<Option<Function>>>,
}

impl Answer {
    pub fn new() -> Self {
        let settle = Rc::new(RefCell::new(None));
        let promise = Promise::new(&mut |resolve, _| {
            settle.borrow_mut().replace(resolve);
        });
        Self { promise, settle }
    }

    /// Gives the answer; only the first one counts.
    pub fn give(&self, yes: bool) {
        if let Some(settle) = self.settle.borrow_mut().take() {
            // Resolving a promise does not fail.
            let _ = settle.call1(&JsValue::UNDEFINED, &yes.into());
        }
    }

    /// The answer; no if none came within `limit`.
    pub async fn within(self, limit: Duration) -> bool {
        let late = self.clone();
        let _limit = Timeout::new(limit, move || late.give(false));
        let answer = JsFuture::from(self.promise).await;
        answer.is_ok_and(|answer| answer.is_truthy())
    }
}
