//! What browsers offer and web-sys does not declare; nothing else.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, HtmlMediaElement};

#[wasm_bindgen]
extern "C" {
    /// A media element that can be told where to play.
    #[wasm_bindgen(extends = HtmlMediaElement)]
    #[derive(Debug)]
    pub type SinkElement;

    /// Plays through the speaker of that id (W3C Audio Output Devices section 3.2).
    #[wasm_bindgen(method, catch, js_name = setSinkId)]
    pub fn set_sink_id(this: &SinkElement, id: &str) -> Result<Promise, JsValue>;

    /// An audio context that can be told where to play.
    #[wasm_bindgen(extends = AudioContext)]
    #[derive(Debug)]
    pub type SinkContext;

    /// Plays through the speaker of that id (W3C Web Audio section 1.2).
    #[wasm_bindgen(method, catch, js_name = setSinkId)]
    pub fn set_sink_id(this: &SinkContext, id: &str) -> Result<Promise, JsValue>;
}
