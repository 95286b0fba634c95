//! What the browser keeps for this site. Where storage is blocked, the page's own memory stands in.

use std::{collections::HashMap, sync::Mutex};

use web_sys::Storage;

use crate::model::InterviewNumber;

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    /// Until the person clears the browser's data.
    Browser,
    /// As long as the tab lives, reloads included.
    Tab,
}

impl Area {
    /// None where the browser blocks it.
    fn storage(self) -> Option<Storage> {
        let window = web_sys::window()?;
        match self {
            Self::Browser => window.local_storage(),
            Self::Tab => window.session_storage(),
        }
        .ok()
        .flatten()
    }
}

static MEMORY: Mutex<Option<HashMap<(Area, String), String>>> = Mutex::new(None);

/// What was written under `key`.
pub fn read(area: Area, key: &str) -> Option<String> {
    let stored = area
        .storage()
        .and_then(|storage| storage.get_item(&name(key)).ok().flatten());
    stored.or_else(|| {
        let memory = MEMORY.lock().ok()?;
        memory.as_ref()?.get(&(area, key.to_owned())).cloned()
    })
}

/// Keeps `value` under `key`.
pub fn write(area: Area, key: &str, value: &str) {
    let kept = area
        .storage()
        .is_some_and(|storage| storage.set_item(&name(key), value).is_ok());
    if !kept && let Ok(mut memory) = MEMORY.lock() {
        memory
            .get_or_insert_default()
            .insert((area, key.to_owned()), value.to_owned());
    }
}

/// Forgets `key`.
pub fn remove(area: Area, key: &str) {
    if let Some(storage) = area.storage() {
        let _ = storage.remove_item(&name(key));
    }
    if let Ok(mut memory) = MEMORY.lock()
        && let Some(memory) = memory.as_mut()
    {
        memory.remove(&(area, key.to_owned()));
    }
}

/// Remembers that this tab went through the lobby of that interview.
pub fn pass_lobby(number: InterviewNumber) {
    write(Area::Tab, &lobby(number), "passed");
}

/// True when this tab went through the lobby of that interview.
pub fn has_passed_lobby(number: InterviewNumber) -> bool {
    read(Area::Tab, &lobby(number)).is_some()
}

/// Sends the person through the lobby again the next time, as after leaving the room.
pub fn forget_lobby(number: InterviewNumber) {
    remove(Area::Tab, &lobby(number));
}

fn lobby(number: InterviewNumber) -> String {
    format!("lobby-{number}")
}

fn name(key: &str) -> String {
    format!("colloquy-{key}")
}
