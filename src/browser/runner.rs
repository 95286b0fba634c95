//! Running code in this browser: a JavaScript program that is loaded at the first run and keeps the code
//! in a sandbox. Interprets nothing.

use js_sys::{JSON, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::package;
use crate::{
    messages::RunLabels,
    model::{CodeLanguage, Example},
    protocol::{OutputPart, RunState, TestResult},
};

const FILE: &str = "run.js";

#[wasm_bindgen]
extern "C" {
    #[derive(Clone, Debug)]
    type Module;

    #[wasm_bindgen(method, catch, js_name = startRun)]
    fn start_run(this: &Module, options: &JsValue) -> Result<RunHandle, JsValue>;

    #[derive(Debug)]
    type RunHandle;

    #[wasm_bindgen(method, catch)]
    fn stop(this: &RunHandle) -> Result<(), JsValue>;
}

/// What is run.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    pub language: CodeLanguage,
    pub code: String,
    pub stdin: String,
    pub examples: Vec<Example>,
    pub limit_ms: u32,
    pub labels: RunLabels,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Progress {
    pub state: RunState,
    pub milliseconds: f64,
    pub output: Vec<OutputPart>,
    pub tests: Vec<TestResult>,
}

/// How much of what is needed was loaded, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Loaded {
    pub loaded: f64,
    /// 0 while it is not known.
    #[serde(default)]
    pub total: f64,
}

/// The loaded program.
#[derive(Clone, Debug)]
pub struct RunnerProgram {
    module: Module,
}

impl RunnerProgram {
    /// Loads it; `tries` counts those that failed.
    pub async fn load(tries: u32) -> Option<Self> {
        match package::load(FILE, tries).await {
            Ok(module) => Some(Self {
                module: module.unchecked_into(),
            }),
            Err(error) => {
                leptos::logging::warn!("what runs code could not be loaded: {error:?}");
                None
            }
        }
    }

    /// Starts a run.
    pub fn start(
        &self,
        job: &Job,
        loaded: impl Fn(Loaded) + 'static,
        changed: impl Fn(Progress) + 'static,
    ) -> Option<Runner> {
        let options = JSON::parse(&serde_json::to_string(job).ok()?).ok()?;
        let loaded = told(loaded);
        let changed = told(changed);
        for (name, function) in [("onProgress", &loaded), ("onChange", &changed)] {
            Reflect::set(&options, &name.into(), function).ok()?;
        }
        match self.module.start_run(&options) {
            Ok(handle) => Some(Runner { handle }),
            Err(error) => {
                leptos::logging::warn!("nothing could be run: {error:?}");
                None
            }
        }
    }
}

/// A run.
#[derive(Debug)]
pub struct Runner {
    handle: RunHandle,
}

impl Runner {
    /// Ends it. What it said until then is told once more.
    pub fn stop(&self) {
        if let Err(error) = self.handle.stop() {
            leptos::logging::warn!("a run could not be stopped: {error:?}");
        }
    }
}

/// A function for the program, which keeps it as long as it has something to say.
fn told<T: serde::de::DeserializeOwned>(tell: impl Fn(T) + 'static) -> JsValue {
    let read = move |value: JsValue| {
        let text = JSON::stringify(&value)
            .ok()
            .and_then(|text| text.as_string());
        match serde_json::from_str(&text.unwrap_or_default()) {
            Ok(value) => tell(value),
            Err(error) => leptos::logging::warn!("a run said something unknown: {error}"),
        }
    };
    Closure::<dyn Fn(JsValue)>::new(read).into_js_value()
}
