//! A button that opens a small panel beside it, by the browser's own popover: Escape and a click
//! elsewhere close it. Knows nothing of what stands in the panel.

use leptos::{html, prelude::*};
use web_sys::{HtmlButtonElement, HtmlDivElement};

/// The space between button and panel, and to the window's edge, in pixels.
const GAP: f64 = 4.0;
const EDGE: f64 = 8.0;

/// One menu, for those inside who close it.
#[derive(Clone, Copy, Debug)]
pub(super) struct MenuHandle {
    panel: NodeRef<html::Div>,
}

impl MenuHandle {
    pub fn new() -> Self {
        Self {
            panel: NodeRef::new(),
        }
    }

    /// Closes the panel; the focus returns to the button.
    pub fn close(self) {
        if let Some(panel) = self.panel.get_untracked() {
            // Fails only when it is closed already.
            let _ = panel.hide_popover();
        }
    }
}

/// The button shows `face`; with `label` it is named by that instead of by what it shows. `id` names the
/// panel and is unique on the page; `name` is for tests.
#[component]
pub(super) fn Menu(
    menu: MenuHandle,
    #[prop(into)] id: String,
    name: &'static str,
    class: &'static str,
    #[prop(optional, into)] label: Option<Signal<String>>,
    #[prop(into)] hint: Signal<String>,
    face: AnyView,
    children: Children,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let place_panel = move |_| {
        if let Some((button, panel)) = button.get_untracked().zip(menu.panel.get_untracked()) {
            place(&button, &panel);
        }
    };
    view! {
        <button
            type="button"
            class=class
            node_ref=button
            data-action=name
            popovertarget=id.clone()
            aria-label=move || label.map(|label| label.get())
            title=move || hint.get()
            on:click=place_panel
        >
            {face}
        </button>
        <div class="room-menu" id=id popover="auto" node_ref=menu.panel>
            {children()}
        </div>
    }
}

/// One line of a menu. Closes the menu first, so that the focus is back before anything else opens.
#[component]
pub(super) fn MenuItem(
    menu: MenuHandle,
    name: &'static str,
    #[prop(into)] words: Signal<String>,
    #[prop(optional)] grave: bool,
    on_press: impl Fn() + Send + 'static,
) -> impl IntoView {
    let press = move |_| {
        menu.close();
        on_press();
    };
    view! {
        <button
            type="button"
            class="menu-item room-menu-item"
            class:room-menu-grave=grave
            data-action=name
            on:click=press
        >
            {move || words.get()}
        </button>
    }
}

/// Puts the panel beside the button, to the side on which there is room.
fn place(button: &HtmlButtonElement, panel: &HtmlDivElement) {
    let size = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let rect = button.get_bounding_client_rect();
    let (top, bottom) = if rect.bottom() > height * 0.6 {
        ("auto".to_owned(), pixels(height - rect.top() + GAP))
    } else {
        (pixels(rect.bottom() + GAP), "auto".to_owned())
    };
    let (left, right) = if rect.left() + rect.right() > width {
        ("auto".to_owned(), pixels((width - rect.right()).max(EDGE)))
    } else {
        (pixels(rect.left().max(EDGE)), "auto".to_owned())
    };
    // Through the object model: the content security policy forbids style attributes.
    let style = web_sys::HtmlElement::style(panel);
    for (property, value) in [
        ("top", top),
        ("bottom", bottom),
        ("left", left),
        ("right", right),
    ] {
        let _ = style.set_property(property, &value);
    }
}

fn pixels(value: f64) -> String {
    format!("{value:.0}px")
}
