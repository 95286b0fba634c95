//! Keeps the machine's screen from going dark while a page is seen (W3C Screen Wake Lock).

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Object, Promise, Reflect};
use leptos::{prelude::document, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::listener::Listener;

/// Keeps the screen awake until it is dropped, where the browser can.
#[must_use = "dropping the guard lets the screen sleep"]
#[derive(Debug)]
pub struct WakeLock {
    held: Rc<Held>,
    _shown: Listener,
}

#[derive(Debug, Default)]
struct Held {
    sentinel: RefCell<Option<Object>>,
    over: std::cell::Cell<bool>,
}

impl WakeLock {
    /// Asks for it now and whenever the page comes to the front again: browsers let go of it when the
    /// page is hidden.
    pub fn hold() -> Self {
        let held = Rc::<Held>::default();
        let again = held.clone();
        let shown = Listener::new(&document(), "visibilitychange", move |_| request(&again));
        request(&held);
        Self {
            held,
            _shown: shown,
        }
    }
}

impl Drop for WakeLock {
    fn drop(&mut self) {
        self.held.over.set(true);
        release(self.held.sentinel.take());
    }
}

fn request(held: &Rc<Held>) {
    if document().hidden() {
        return;
    }
    let Some(promise) = ask() else {
        return;
    };
    let held = held.clone();
    spawn_local(async move {
        // A battery that runs low is a reason to refuse, and none to bother anybody.
        let Ok(sentinel) = JsFuture::from(promise).await else {
            return;
        };
        let sentinel = sentinel.dyn_into::<Object>().ok();
        if held.over.get() {
            release(sentinel);
        } else {
            release(held.sentinel.replace(sentinel));
        }
    });
}

/// `navigator.wakeLock.request("screen")`, where there is one.
fn ask() -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let lock = Reflect::get(&navigator, &"wakeLock".into()).ok()?;
    call(&lock, "request", &"screen".into())?.dyn_into().ok()
}

fn release(sentinel: Option<Object>) {
    if let Some(sentinel) = sentinel {
        let _ = call(&sentinel, "release", &JsValue::UNDEFINED);
    }
}

fn call(object: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    if object.is_falsy() {
        return None;
    }
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    method.call1(object, argument).ok()
}
