//! Where the focus stands after a question changed its place: on the button that moved it, so that a
//! key can be pressed again. Moves nothing itself.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of the button that moves the question `id`.
pub fn move_id(id: i64, up: bool) -> String {
    let way = if up { "up" } else { "down" };
    format!("move-{way}-{id}")
}

/// Gives the focus back once the list is drawn anew.
pub fn focus_after_move(id: i64, up: bool) {
    request_animation_frame(move || {
        let button = document().get_element_by_id(&move_id(id, up));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // Fails only for an element that cannot be focused, which a button can.
            let _ = button.focus();
        }
    });
}
