//! Questions, answers and running code in the room.

mod chinese;
mod english;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::CodeLanguage;

pub(super) use chinese::CHINESE;
pub(super) use english::ENGLISH;

/// Sentences of the room's work area.
#[derive(Debug)]
pub struct WorkMessages {
    pub work: &'static str,
    pub questions: &'static str,
    pub questions_shown: &'static str,
    /// A tab: its place and the title.
    pub tab: fn(usize, &str) -> String,
    pub new: &'static str,
    pub hidden: &'static str,
    pub close_hidden: fn(&str) -> String,
    /// Told when a question comes.
    pub came: fn(&str) -> String,
    pub went: &'static str,

    /// Names the choice of whose answer one looks at.
    pub whose: &'static str,
    pub answer_of: fn(&str) -> String,
    pub gone: fn(&str) -> String,
    pub nobody: &'static str,
    pub follow: fn(&str) -> String,
    pub follow_hint: &'static str,

    pub question: &'static str,
    pub examples: &'static str,
    pub notes: &'static str,
    pub notes_failed: &'static str,
    pub no_reference: &'static str,

    pub your_answer: &'static str,
    pub opening: &'static str,
    pub failed: &'static str,
    pub again: &'static str,
    pub write: &'static str,
    pub preview: &'static str,
    pub preview_or_write: &'static str,
    pub preview_empty: &'static str,
    pub preview_failed: &'static str,

    pub saved: fn(&str) -> String,
    pub saving: &'static str,
    /// Changes wait that not even the browser keeps.
    pub not_kept: &'static str,
    pub waiting: fn(u32) -> String,
    pub waiting_more: &'static str,
    pub all_saved: &'static str,
    pub too_long: &'static str,

    pub language: &'static str,
    pub language_hint: &'static str,
    pub only_highlighted: fn(CodeLanguage) -> String,
    pub run: &'static str,
    pub stop: &'static str,
    pub run_hint: &'static str,
    pub input: &'static str,
    pub input_hint: &'static str,
    /// Where there are examples.
    pub input_note: &'static str,
    pub loading: fn(Option<u8>) -> String,
    pub run_failed_to_load: &'static str,

    pub output: &'static str,
    pub close_output: &'static str,
    pub running: &'static str,
    pub done: &'static str,
    pub run_failed: &'static str,
    pub timed_out: &'static str,
    pub stopped: &'static str,
    pub unfinished: &'static str,
    pub passed: fn(usize, usize) -> String,
    pub milliseconds: fn(u32) -> String,
    pub ran_here: &'static str,
    pub ran_by: fn(&str) -> String,
    /// In whose browser, None for one's own, and what that means.
    pub forgeable: fn(Option<&str>) -> String,
    pub printed_nothing: &'static str,
    pub more_rows: fn(u64) -> String,
    pub pass: &'static str,
    pub fail: &'static str,
    pub expected: &'static str,
    pub got: &'static str,

    /// What a key does.
    pub key_editor: &'static str,
    pub editor_settings: &'static str,
    pub font_size: &'static str,
    pub theme: &'static str,
    pub theme_auto: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub keys: &'static str,
    pub keys_default: &'static str,
    pub settings_note: &'static str,
    pub leave_hint: &'static str,

    pub show: &'static str,
    pub hide: &'static str,
    pub show_question: fn(&str) -> String,
    pub read: &'static str,
    pub read_question: fn(&str) -> String,
    pub look_at_answers: &'static str,
    pub shown_now: &'static str,
    pub looks_at_own: fn(&str) -> String,
    pub looks_at: fn(&str, &str) -> String,
    pub none_prepared: &'static str,
    pub only_interviewers: &'static str,

    /// What the editor's program says in English, and how it is said here.
    pub phrases: &'static [(&'static str, &'static str)],
    pub runner: RunLabels,
}

/// What the editor's program says by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditorLabels {
    /// What is written in it.
    pub name: String,
    /// How to leave it by keyboard.
    pub leave: &'static str,
    pub phrases: BTreeMap<&'static str, &'static str>,
}

impl WorkMessages {
    /// The labels of an editor of that name.
    pub fn editor_labels(&self, name: String) -> EditorLabels {
        EditorLabels {
            name,
            leave: self.leave_hint,
            phrases: self.phrases.iter().copied().collect(),
        }
    }
}

/// The sentences that become part of a run.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RunLabels {
    pub cut: &'static str,
    pub died: &'static str,
    pub flooded: &'static str,
    pub unavailable: &'static str,
}

/// A language by its own name; None for plain text.
const fn name_of(language: CodeLanguage) -> Option<&'static str> {
    Some(match language {
        CodeLanguage::JavaScript => "JavaScript",
        CodeLanguage::TypeScript => "TypeScript",
        CodeLanguage::Python => "Python",
        CodeLanguage::Sql => "SQL",
        CodeLanguage::C => "C",
        CodeLanguage::Cpp => "C++",
        CodeLanguage::Java => "Java",
        CodeLanguage::Go => "Go",
        CodeLanguage::Rust => "Rust",
        CodeLanguage::Plain => return None,
    })
}
