//! The text of a file that somebody chose. Reads it and judges nothing.

use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// The whole text; None when the file cannot be read, for example because it was removed meanwhile.
pub async fn read(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}
