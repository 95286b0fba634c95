//! Listening to events of the browser for as long as a guard lives; knows no event in particular.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// Listens until it is dropped.
#[must_use = "dropping the guard stops listening"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `handle` for every `event` of `target`.
    pub fn new(
        target: &EventTarget,
        event: &'static str,
        handle: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::new(handle);
        let callback = closure.as_ref().unchecked_ref();
        // Adding a listener fails for no target that a browser offers.
        let _ = target.add_event_listener_with_callback(event, callback);
        Self {
            target: target.clone(),
            event,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.event, callback);
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener")
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}
