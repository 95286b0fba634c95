//! Copying text. Knows both ways; says only whether it worked.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies `text`. True when the clipboard has it now.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // The clipboard is missing, against its type, on pages that did not come over HTTPS.
    let present = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined());
    if present
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
    {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

fn copy_by_selection(text: &str) -> Option<bool> {
    let document = document();
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_class_name("visually-hidden");
    let body = document.body()?;
    body.append_child(&area).ok()?;
    area.select();
    let copied = document
        .dyn_ref::<HtmlDocument>()?
        .exec_command("copy")
        .unwrap_or(false);
    area.remove();
    Some(copied)
}
