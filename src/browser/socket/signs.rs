//! What the browser tells of its network and of its own sleep; decides nothing.

use std::{cell::Cell, rc::Rc, time::Duration};

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, PageTransitionEvent, Window};

use crate::browser::{
    clock::{self, Interval},
    listener::Listener,
};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// A look that comes so much later than it should follows a sleep.
const JUMP: Duration = Duration::from_secs(6);

/// Something worth knowing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// The page may have slept.
    Doubted,
    /// The page is shown again after it was left.
    Shown,
    /// The browser has a network again, or another one.
    NetworkChanged,
    /// The browser has no network.
    Offline,
    /// The page is going away, perhaps to come back as it was.
    Leaving,
}

/// Tells until it is dropped.
#[derive(Debug)]
pub(super) struct Signs {
    _listeners: Vec<Listener>,
    _looks: Interval,
}

impl Signs {
    /// Calls `tell` at every sign.
    pub(super) fn watch(tell: impl Fn(Sign) + 'static) -> Self {
        let tell: Rc<dyn Fn(Sign)> = Rc::new(tell);
        let mut listeners = Vec::new();
        if let Some(window) = web_sys::window() {
            let signs = [
                ("online", Sign::NetworkChanged),
                ("offline", Sign::Offline),
                ("pagehide", Sign::Leaving),
            ];
            for (event, sign) in signs {
                let tell = tell.clone();
                listeners.push(Listener::new(&window, event, move |_| tell(sign)));
            }
            listeners.push(watch_return(&window, tell.clone()));
            listeners.extend(watch_sight(&window, tell.clone()));
            listeners.extend(watch_connection(&window, tell.clone()));
        }
        Self {
            _listeners: listeners,
            _looks: watch_clock(tell),
        }
    }
}

/// True unless the browser knows that it has no network.
pub(super) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

fn watch_sight(window: &Window, tell: Rc<dyn Fn(Sign)>) -> Option<Listener> {
    let document = window.document()?;
    let looked_at = document.clone();
    Some(Listener::new(&document, "visibilitychange", move |_| {
        if !looked_at.hidden() {
            tell(Sign::Doubted);
        }
    }))
}

/// The first showing is none of a return.
fn watch_return(window: &Window, tell: Rc<dyn Fn(Sign)>) -> Listener {
    Listener::new(window, "pageshow", move |event| {
        let shown = event.dyn_ref::<PageTransitionEvent>();
        if shown.is_some_and(PageTransitionEvent::persisted) {
            tell(Sign::Shown);
        }
    })
}

/// Where the browser tells (W3C Network Information), the kind of network. The same event also comes
/// with every new guess of its speed.
fn watch_connection(window: &Window, tell: Rc<dyn Fn(Sign)>) -> Option<Listener> {
    let connection = Reflect::get(&window.navigator(), &"connection".into()).ok()?;
    let target = connection.clone().dyn_into::<EventTarget>().ok()?;
    let last = Cell::new(kind(&connection));
    Some(Listener::new(&target, "change", move |_| {
        let now = kind(&connection);
        if last.take() != now {
            tell(Sign::NetworkChanged);
        }
        last.set(now);
    }))
}

fn kind(connection: &JsValue) -> Option<String> {
    Reflect::get(connection, &"type".into()).ok()?.as_string()
}

fn watch_clock(tell: Rc<dyn Fn(Sign)>) -> Interval {
    let last = Cell::new(clock::now());
    Interval::new(LOOK, move || {
        let now = clock::now();
        if now.since(last.replace(now)) >= JUMP {
            tell(Sign::Doubted);
        }
    })
}
