//! The page in its window: address, cookie, time since it was loaded. Never reads the wall clock to
//! learn what time it is; that is the server's to say.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlDocument;

/// The monotonic time since the page was loaded, in milliseconds.
pub fn since_load() -> i64 {
    window()
        .performance()
        .map_or(0, |performance| performance.now() as i64)
}

/// Tells the server the browser's time zone with every further request, for a year.
pub fn remember_time_zone(zone: &str) {
    if let Some(document) = document().dyn_ref::<HtmlDocument>() {
        let cookie = format!("zone={zone}; path=/; max-age=31536000; samesite=lax");
        // A browser that refuses cookies goes on showing times in the server's zone, named as such.
        let _ = document.set_cookie(&cookie);
    }
}

/// The site's address in front of a path: `https://example.org`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// How the browser names itself.
pub fn browser() -> String {
    window().navigator().user_agent().unwrap_or_default()
}

/// Takes the query off the address bar and the history, keeping the page.
pub fn hide_query() {
    let location = window().location();
    if let (Ok(path), Ok(history)) = (location.pathname(), window().history()) {
        // Fails only for an address of another origin, which the page's own path is not.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}

/// Where the files of this page's build are, as the server said when it rendered the page.
pub fn package_folder() -> Option<String> {
    let root = document().document_element()?;
    let folder = root.get_attribute("data-package")?;
    Some(format!("{}/{folder}", origin()))
}
