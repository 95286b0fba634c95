//! Reading, writing and choosing questions: what the bank's pages, the booking form, an interview's
//! page and the room share.

mod adder;
mod chosen;
mod editor;
mod examples;
mod fields;
mod form;
mod markdown_field;
mod moving;
mod parts;
mod picker;
mod starters;

pub use adder::QuestionAdder;
pub use chosen::{ChoosingDialogs, ChosenQuestion, ChosenQuestions, posted_questions};
pub use editor::{QuestionEditor, usual_question};
use examples::Examples;
use fields::QuestionFields;
pub use fields::posted_question;
pub use form::{QuestionEditorForm, WritingFor, Written};
use markdown_field::MarkdownField;
pub use markdown_field::Prose;
pub use moving::{focus_after_move, move_id};
use parts::{Part, Parts};
pub use picker::QuestionPicker;
use starters::Starters;
