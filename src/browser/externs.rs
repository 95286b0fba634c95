//! What browsers offer and web-sys does not declare; nothing else.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlMediaElement, RtcPeerConnection};

#[wasm_bindgen]
extern "C" {
    /// A media element that can be told where to play.
    #[wasm_bindgen(extends = HtmlMediaElement)]
    #[derive(Debug)]
    pub type SinkElement;

    /// Plays through the speaker of that id (W3C Audio Output Devices section 3.2).
    #[wasm_bindgen(method, catch, js_name = setSinkId)]
    pub fn set_sink_id(this: &SinkElement, id: &str) -> Result<Promise, JsValue>;

    /// A peer connection that makes its own description.
    #[wasm_bindgen(extends = RtcPeerConnection)]
    #[derive(Debug)]
    pub type DescribingConnection;

    /// Makes and sets the offer or the answer that the signaling state calls for.
    #[wasm_bindgen(method, catch, js_name = setLocalDescription)]
    pub fn set_local_description_implicitly(
        this: &DescribingConnection,
    ) -> Result<Promise, JsValue>;

    /// Makes the next offer carry new ICE credentials.
    #[wasm_bindgen(method, catch, js_name = restartIce)]
    pub fn restart_ice(this: &DescribingConnection) -> Result<(), JsValue>;
}
