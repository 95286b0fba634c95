//! Reading, writing and choosing questions: what the bank's pages, the booking form, an interview's
//! page and the room share.

mod chosen;
mod editor;
mod examples;
mod fields;
mod form;
mod markdown_field;
mod picker;
mod starters;

pub use chosen::ChosenQuestions;
pub use editor::QuestionEditor;
use examples::Examples;
pub use fields::posted_question;
use fields::QuestionFields;
pub use form::QuestionEditorForm;
use markdown_field::{MarkdownField, as_content};
pub use markdown_field::Prose;
pub use picker::QuestionPicker;
use starters::Starters;
