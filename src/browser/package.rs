//! Parts of the client program that are loaded when they are first needed, from the folder of this
//! page's own build. Knows no part.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::page;

#[wasm_bindgen]
extern "C" {
    /// Loads a module (ECMAScript section 13.3.10).
    #[wasm_bindgen(catch, js_name = import)]
    fn import_module(address: &str) -> Result<Promise, JsValue>;
}

/// The module in `file`, loaded at most once; `tries` counts those that failed before. A browser may
/// remember that an address failed, so each further try has an address of its own.
pub(super) async fn load(file: &str, tries: u32) -> Result<JsValue, JsValue> {
    let folder = page::package_folder().ok_or(JsValue::NULL)?;
    let address = match tries {
        0 => format!("{folder}/{file}"),
        tries => format!("{folder}/{file}?try={tries}"),
    };
    JsFuture::from(import_module(&address)?).await
}
