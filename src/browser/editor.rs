//! The editor of an answer, a JavaScript program that is loaded when it is first needed. Hands bytes
//! between it and whoever sends them; reads no document.

mod settings;

use js_sys::{Function, JSON, Reflect, Uint8Array};
use serde::{Deserialize, Deserializer, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

pub use settings::{EditorSettings, FontSize, Keys, Theme};

use super::{
    package,
    storage::{self, Area},
};
use crate::{
    messages::EditorLabels,
    model::{CodeLanguage, InterviewQuestionId, PeerId, QuestionKind, Starter, Timestamp},
};

const FILE: &str = "editor.js";

/// True when an earlier page may have left something unsent. The editor's program sets the sign; read
/// here so that nobody loads the program for nothing.
pub fn has_waiting(scope: &str) -> bool {
    storage::read(Area::Browser, &format!("waiting/{scope}")).is_some()
}

#[wasm_bindgen]
extern "C" {
    #[derive(Clone, Debug)]
    type Module;

    #[wasm_bindgen(method, catch, js_name = openAnswer)]
    fn open_answer(
        this: &Module,
        host: &HtmlElement,
        options: &JsValue,
    ) -> Result<AnswerEditor, JsValue>;

    #[wasm_bindgen(method, catch, js_name = sendWaiting)]
    fn send_waiting(
        this: &Module,
        scope: &str,
        send: &Function,
    ) -> Result<js_sys::Promise, JsValue>;

    #[derive(Debug)]
    type AnswerEditor;

    #[wasm_bindgen(method, catch)]
    fn receive(this: &AnswerEditor, bytes: Uint8Array) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn online(this: &AnswerEditor) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn offline(this: &AnswerEditor) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = setPeople)]
    fn set_people(this: &AnswerEditor, people: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = setSettings)]
    fn set_settings(this: &AnswerEditor, settings: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = setLanguage)]
    fn set_language(this: &AnswerEditor, name: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn text(this: &AnswerEditor) -> Result<String, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn follow(this: &AnswerEditor, peer: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn focus(this: &AnswerEditor) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn close(this: &AnswerEditor) -> Result<(), JsValue>;

    #[derive(Debug)]
    type WaitingHandle;

    #[wasm_bindgen(method, catch, js_name = receive)]
    fn receive_waiting(this: &WaitingHandle, bytes: Uint8Array) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = close)]
    fn close_waiting(this: &WaitingHandle) -> Result<(), JsValue>;
}

/// Somebody whose cursor the editor may show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditorPerson {
    pub peer: PeerId,
    pub name: String,
    /// 0 to 7.
    pub colour: u8,
}

/// A language as the editor offers it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct LanguageName {
    pub name: CodeLanguage,
    pub label: &'static str,
}

/// Which answer is opened, and for whom.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Opening {
    /// Tells apart what the browser keeps for different visits.
    pub scope: String,
    pub question: InterviewQuestionId,
    pub peer: PeerId,
    pub kind: QuestionKind,
    pub read_only: bool,
    pub me: PeerId,
    pub people: Vec<EditorPerson>,
    pub settings: EditorSettings,
    pub labels: EditorLabels,
    pub starters: Vec<Starter>,
    pub languages: Vec<LanguageName>,
}

/// How an open answer stands, as its editor says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Writing {
    /// When the server last said that everything was kept.
    pub saved: Option<Timestamp>,
    /// How many changes of this page the server is not known to have kept.
    pub waiting: u32,
    /// True while this browser keeps them itself.
    #[serde(default = "yes")]
    pub kept: bool,
    /// The text of the server is there, and may be changed.
    #[serde(default = "yes")]
    pub loaded: bool,
    #[serde(default, deserialize_with = "known_language")]
    pub language: Option<CodeLanguage>,
    /// Characters of the text.
    #[serde(default)]
    pub length: u32,
    /// The server takes no more.
    #[serde(default)]
    pub too_long: bool,
}

const fn yes() -> bool {
    true
}

/// None for one that this page does not know, or none yet.
fn known_language<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<CodeLanguage>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// Sends a frame; false when there is no way to the server.
pub type SendFrame = Box<dyn Fn(&[u8]) -> bool>;

/// What the editor tells, also for a moment after it was closed.
pub struct Told {
    pub send: SendFrame,
    pub changed: Box<dyn Fn(Writing)>,
    /// The person moved away from whom the editor followed.
    pub follow_lost: Box<dyn Fn()>,
}

impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Told").finish_non_exhaustive()
    }
}

/// The loaded program.
#[derive(Clone, Debug)]
pub struct EditorProgram {
    module: Module,
}

impl EditorProgram {
    /// Loads it; `tries` counts those that failed.
    pub async fn load(tries: u32) -> Option<Self> {
        match package::load(FILE, tries).await {
            Ok(module) => Some(Self {
                module: module.unchecked_into(),
            }),
            Err(error) => {
                leptos::logging::warn!("the editor could not be loaded: {error:?}");
                None
            }
        }
    }

    /// Opens an answer inside `host`.
    pub fn open(&self, host: &HtmlElement, opening: &Opening, told: Told) -> Option<Editor> {
        let options = to_js(opening)?;
        let send = told.send;
        let changed = told.changed;
        let changed = Closure::<dyn Fn(JsValue)>::new(move |state: JsValue| {
            if let Some(state) = from_js(&state) {
                changed(state);
            }
        });
        let follow_lost = Closure::<dyn Fn()>::new(told.follow_lost);
        // They belong to the editor's program, which may have something to say after it was closed.
        for (name, function) in [
            ("send", sending(send)),
            ("onState", changed.into_js_value()),
            ("onFollowLost", follow_lost.into_js_value()),
        ] {
            Reflect::set(&options, &name.into(), &function).ok()?;
        }
        match self.module.open_answer(host, &options) {
            Ok(editor) => Some(Editor { editor }),
            Err(error) => {
                leptos::logging::warn!("the editor could not be opened: {error:?}");
                None
            }
        }
    }

    /// Sends what an earlier page kept of answers that are not open.
    pub async fn send_waiting(&self, scope: &str, send: SendFrame) -> Option<WaitingSender> {
        let send = sending(send);
        let promise = self.module.send_waiting(scope, send.unchecked_ref()).ok()?;
        match JsFuture::from(promise).await {
            Ok(handle) => Some(WaitingSender {
                handle: handle.unchecked_into(),
            }),
            Err(error) => {
                leptos::logging::warn!("what was kept could not be read: {error:?}");
                None
            }
        }
    }
}

/// An open answer; closed when it is dropped.
#[derive(Debug)]
pub struct Editor {
    editor: AnswerEditor,
}

impl Editor {
    /// Takes a frame of the server about this answer.
    pub fn receive(&self, bytes: &[u8]) {
        note(self.editor.receive(bytes.into()));
    }

    /// There is a way to the server, and the server knows what this page looks at.
    pub fn online(&self) {
        note(self.editor.online());
    }

    /// There is no way to the server.
    pub fn offline(&self) {
        note(self.editor.offline());
    }

    /// Whose cursors may be shown.
    pub fn set_people(&self, people: &[EditorPerson]) {
        if let Some(people) = to_js(&people) {
            note(self.editor.set_people(&people));
        }
    }

    /// How the person wants it to be.
    pub fn set_settings(&self, settings: EditorSettings) {
        if let Some(settings) = to_js(&settings) {
            note(self.editor.set_settings(&settings));
        }
    }

    /// In what the answer is written, for everybody.
    pub fn set_language(&self, language: CodeLanguage) {
        if let Some(language) = to_js(&language) {
            note(self.editor.set_language(&language));
        }
    }

    /// What stands in it.
    pub fn text(&self) -> Option<String> {
        self.editor.text().ok()
    }

    /// Goes where `peer` goes, or stops doing so.
    pub fn follow(&self, peer: Option<PeerId>) {
        let peer = peer.map_or(JsValue::NULL, |peer| JsValue::from_f64(peer.0 as f64));
        note(self.editor.follow(&peer));
    }

    /// Puts the keyboard into it.
    pub fn focus(&self) {
        note(self.editor.focus());
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        note(self.editor.close());
    }
}

/// Sends what an earlier page kept, until it is dropped.
#[derive(Debug)]
pub struct WaitingSender {
    handle: WaitingHandle,
}

impl WaitingSender {
    /// Takes a frame of the server.
    pub fn receive(&self, bytes: &[u8]) {
        note(self.handle.receive_waiting(bytes.into()));
    }
}

impl Drop for WaitingSender {
    fn drop(&mut self) {
        note(self.handle.close_waiting());
    }
}

fn sending(send: SendFrame) -> JsValue {
    let send = move |bytes: Uint8Array| send(&bytes.to_vec());
    Closure::<dyn Fn(Uint8Array) -> bool>::new(send).into_js_value()
}

fn note(done: Result<(), JsValue>) {
    if let Err(error) = done {
        leptos::logging::warn!("the editor failed: {error:?}");
    }
}

fn to_js(value: &impl Serialize) -> Option<JsValue> {
    JSON::parse(&serde_json::to_string(value).ok()?).ok()
}

fn from_js<T: serde::de::DeserializeOwned>(value: &JsValue) -> Option<T> {
    let text = JSON::stringify(value).ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
