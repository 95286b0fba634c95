//! The browser's clock, timers and randomness. The time that counts is the server's: this one is for
//! timers and for showing wall-clock times.

use std::time::Duration;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{
    model::{LocalDateTime, PageId, Timestamp},
    protocol::RunId,
};

/// The moment as this machine's clock has it.
pub fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// The IANA name of the browser's time zone.
pub fn zone() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let zone = Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?;
    zone.as_string().filter(|zone| !zone.is_empty())
}

/// The wall-clock time of `at` in the browser's time zone.
pub fn local_date_time(at: Timestamp) -> LocalDateTime {
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    LocalDateTime {
        year: i32::try_from(date.get_full_year()).unwrap_or(0),
        month: small(date.get_month() + 1),
        day: small(date.get_date()),
        hour: small(date.get_hours()),
        minute: small(date.get_minutes()),
    }
}

/// A name for this load of the page that no other load has.
pub fn new_page_id() -> PageId {
    PageId(random_uuid())
}

/// A name for a run that no other run has.
pub fn new_run_id() -> RunId {
    RunId(random_uuid())
}

fn random_uuid() -> Uuid {
    let mut bytes = [0; 16];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // It only fails for more than 65536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// Calls again and again until it is dropped.
#[must_use = "dropping the guard ends the calls"]
#[derive(Debug)]
pub struct Interval {
    handle: Option<i32>,
    _closure: Closure<dyn FnMut()>,
}

impl Interval {
    /// Calls `call` every `period`, first after one period.
    pub fn new(period: Duration, call: impl FnMut() + 'static) -> Self {
        let closure = Closure::new(call);
        let callback: &Function = closure.as_ref().unchecked_ref();
        let handle = web_sys::window().and_then(|window| {
            let period = milliseconds(period);
            window
                .set_interval_with_callback_and_timeout_and_arguments_0(callback, period)
                .ok()
        });
        Self {
            handle,
            _closure: closure,
        }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        if let Some((window, handle)) = web_sys::window().zip(self.handle) {
            window.clear_interval_with_handle(handle);
        }
    }
}

/// Calls once, unless it is dropped before.
#[must_use = "dropping the guard cancels the call"]
#[derive(Debug)]
pub struct Timeout {
    handle: Option<i32>,
    _closure: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls `call` after `delay`.
    pub fn new(delay: Duration, call: impl FnOnce() + 'static) -> Self {
        let closure = Closure::once(call);
        let callback: &Function = closure.as_ref().unchecked_ref();
        let handle = web_sys::window().and_then(|window| {
            let delay = milliseconds(delay);
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay)
                .ok()
        });
        Self {
            handle,
            _closure: closure,
        }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some((window, handle)) = web_sys::window().zip(self.handle) {
            window.clear_timeout_with_handle(handle);
        }
    }
}

fn milliseconds(duration: Duration) -> i32 {
    i32::try_from(duration.as_millis()).unwrap_or(i32::MAX)
}
