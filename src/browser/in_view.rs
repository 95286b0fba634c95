//! Whether an element is to be seen, and how tall it is; knows nothing of what it shows.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Array;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, ResizeObserver};

use super::listener::Listener;

/// Beyond this many pixels of the screen for one of the page nobody sees a difference.
const FINEST: f64 = 2.0;

/// Looks at an element until it is dropped.
#[must_use = "dropping the guard ends the looking"]
pub struct InView {
    state: Rc<State>,
    intersections: IntersectionObserver,
    sizes: ResizeObserver,
    _intersected: Closure<dyn FnMut(Array)>,
    _resized: Closure<dyn FnMut()>,
    _hidden: Listener,
}

struct State {
    element: Element,
    intersects: Cell<bool>,
    last: RefCell<Option<Option<u32>>>,
    tell: Box<dyn Fn(Option<u32>)>,
}

impl InView {
    /// Tells the height in pixels of the screen, now and whenever it changes; None while the element
    /// cannot be seen: scrolled away, covered by another part, or on a page behind others. None where
    /// the browser cannot observe.
    pub fn watch(element: &Element, tell: impl Fn(Option<u32>) + 'static) -> Option<Self> {
        let state = Rc::new(State {
            element: element.clone(),
            intersects: Cell::new(false),
            last: RefCell::default(),
            tell: Box::new(tell),
        });
        let of = state.clone();
        let intersected: Closure<dyn FnMut(Array)> = Closure::new(move |entries: Array| {
            let latest = entries.get(entries.length().saturating_sub(1));
            if let Some(entry) = latest.dyn_ref::<IntersectionObserverEntry>() {
                of.intersects.set(entry.is_intersecting());
                of.look();
            }
        });
        let of = state.clone();
        let resized: Closure<dyn FnMut()> = Closure::new(move || of.look());
        let of = state.clone();
        let hidden = Listener::new(&document(), "visibilitychange", move |_| of.look());
        let intersections = IntersectionObserver::new(intersected.as_ref().unchecked_ref()).ok()?;
        let sizes = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok()?;
        intersections.observe(element);
        sizes.observe(element);
        Some(Self {
            state,
            intersections,
            sizes,
            _intersected: intersected,
            _resized: resized,
            _hidden: hidden,
        })
    }

    /// Looks again, after a change that no observer sees.
    pub fn look(&self) {
        self.state.look();
    }
}

impl State {
    fn look(&self) {
        let seen = self.intersects.get() && !document().hidden() && self.is_visible();
        let fine = window().device_pixel_ratio().clamp(1.0, FINEST);
        let height = seen.then(|| (f64::from(self.element.client_height()) * fine) as u32);
        if self.last.replace(Some(height)) != Some(height) {
            (self.tell)(height);
        }
    }

    /// False for what lies behind another part of the page.
    fn is_visible(&self) -> bool {
        let style = window().get_computed_style(&self.element).ok().flatten();
        let visibility = style.and_then(|style| style.get_property_value("visibility").ok());
        visibility.is_none_or(|visibility| visibility == "visible")
    }
}

impl Drop for InView {
    fn drop(&mut self) {
        self.intersections.disconnect();
        self.sizes.disconnect();
    }
}

impl std::fmt::Debug for InView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InView")
            .field("last", &self.state.last)
            .finish_non_exhaustive()
    }
}
