//! The question bank: listing, writing, copying, deleting, carrying over.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ApiError, Moment};
pub use crate::model::question::{Shelf, file::Misplaced};
use crate::model::{CodeLanguage, Example, QuestionId, QuestionKind, Starter};

/// A question as it is posted: text, so that every mistake can be answered at its field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuestionForm {
    /// 1 coding, 2 text.
    pub kind: String,
    pub title: String,
    /// Markdown.
    pub content: String,
    /// Markdown; for interviewers only.
    pub reference_answer: String,
    /// Rows without a language and code are passed over, all rows of a text question too.
    pub starters: Vec<StarterForm>,
    /// Rows without input and output are passed over, all rows of a text question too.
    pub examples: Vec<ExampleForm>,
    /// A checkbox: anything but empty is yes.
    pub public: String,
}

/// One row of the starters in the form of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StarterForm {
    /// A [`CodeLanguage::name`].
    pub language: String,
    pub code: String,
}

/// One row of the examples in the form of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExampleForm {
    pub input: String,
    pub output: String,
    /// A checkbox: anything but empty is yes.
    pub hidden: String,
}

/// One row of the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRow {
    pub id: QuestionId,
    /// Counts the questions of its owner from 1.
    pub number: u32,
    pub kind: QuestionKind,
    pub title: String,
    /// Those it has starters in.
    pub languages: Vec<CodeLanguage>,
    pub public: bool,
    /// Belongs to the viewer.
    pub mine: bool,
    /// The owner's display name.
    pub owner: String,
    pub updated_at: Moment,
}

/// One page of the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPage {
    pub rows: Vec<QuestionRow>,
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
    /// False while the viewer sees no question at all, whatever the filter.
    pub any: bool,
}

/// One question of the bank, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionDetails {
    /// That of the newest version, also when an older one was asked for.
    pub id: QuestionId,
    pub number: u32,
    pub kind: QuestionKind,
    pub title: String,
    /// Markdown.
    pub content: String,
    /// Sanitised HTML.
    pub content_html: String,
    /// Markdown.
    pub reference_answer: String,
    /// Sanitised HTML.
    pub reference_answer_html: String,
    pub starters: Vec<Starter>,
    pub examples: Vec<Example>,
    pub public: bool,
    /// Belongs to the viewer: may be edited and deleted, not only copied.
    pub mine: bool,
    /// The owner's display name.
    pub owner: String,
    pub created_at: Moment,
    pub updated_at: Moment,
}

/// One page of the questions whose title or content contains `search`, or whose number it is; the
/// latest changed first.
///
/// # Errors
/// `Unauthenticated`.
#[server(prefix = "/api", endpoint = "list_questions", input = server_fn::codec::PostUrl)]
pub async fn list_questions(
    #[server(default)] search: String,
    #[server(default)] kind: Option<QuestionKind>,
    shelf: Shelf,
    page: u32,
) -> Result<QuestionPage, ApiError> {
    use crate::server::{questions, request::Request};
    let request = Request::current()?;
    Ok(questions::list(&request, &search, kind, shelf, page).await?)
}

/// One question, whole: one's own or a public one.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, also for private ones of others.
#[server(prefix = "/api", endpoint = "find_question", input = server_fn::codec::PostUrl)]
pub async fn find_question(id: QuestionId) -> Result<QuestionDetails, ApiError> {
    use crate::server::{questions, request::Request};
    let request = Request::current()?;
    Ok(questions::details(&request, id).await?)
}

/// Writes a new question, or changes the one of `id`; goes to its page. The answer is the id of the
/// newest version: a question that was shown is never altered, its change is a new version.
///
/// # Errors
/// `Unauthenticated`, `NotFound` for those of others, `Invalid`, `TooMany`.
#[server(prefix = "/api", endpoint = "save_question", input = server_fn::codec::PostUrl)]
pub async fn save_question(
    #[server(default)] id: Option<QuestionId>,
    form: QuestionForm,
) -> Result<QuestionId, ApiError> {
    use crate::server::{questions, request::Request};
    let request = Request::current()?;
    let saved = questions::save(&request, id, &form).await?;
    let done = if id.is_some() { "saved" } else { "created" };
    request.redirect(&format!("/questions/{saved}?{done}=1"));
    Ok(saved)
}

/// Copies one's own or a public question into one's own bank, private; goes to the copy's page.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, `TooMany`.
#[server(prefix = "/api", endpoint = "copy_question", input = server_fn::codec::PostUrl)]
pub async fn copy_question(id: QuestionId) -> Result<QuestionId, ApiError> {
    use crate::server::{questions, request::Request};
    let request = Request::current()?;
    let copy = questions::copy(&request, id).await?;
    request.redirect(&format!("/questions/{copy}?copied=1"));
    Ok(copy)
}

/// Takes one's own question out of the bank; interviews that use it keep it.
///
/// # Errors
/// `Unauthenticated`, `NotFound` for those of others.
#[server(prefix = "/api", endpoint = "delete_question", input = server_fn::codec::PostUrl)]
pub async fn delete_question(id: QuestionId) -> Result<(), ApiError> {
    use crate::server::{questions, request::Request};
    let request = Request::current()?;
    questions::delete(&request, id).await?;
    request.redirect("/questions?deleted=1");
    Ok(())
}

/// What Markdown looks like: sanitised HTML. For accounts, and for guests who have a seat.
///
/// # Errors
/// `Unauthenticated`, `Invalid` at `Content` for a text that is too long, `TooMany`.
#[server(prefix = "/api", endpoint = "preview_markdown", input = server_fn::codec::PostUrl)]
pub async fn preview_markdown(#[server(default)] text: String) -> Result<String, ApiError> {
    use crate::server::{questions, request::Request};
    let request = Request::current()?;
    Ok(questions::preview(&request, &text)?)
}

/// The viewer's own questions as a JSON text. Without script: GET `/questions/export`.
///
/// # Errors
/// `Unauthenticated`.
#[server(prefix = "/api", endpoint = "export_questions", input = server_fn::codec::PostUrl)]
pub async fn export_questions() -> Result<String, ApiError> {
    use crate::server::{questions, request::Request};
    let request = Request::current()?;
    Ok(questions::export(&request).await?)
}

/// Adds the questions of a JSON text to the viewer's own: all of them or, when anything is wrong,
/// none. Answers how many, and goes to the bank.
///
/// # Errors
/// `Unauthenticated`, `Misplaced`, `TooMany`.
#[server(prefix = "/api", endpoint = "import_questions", input = server_fn::codec::PostUrl)]
pub async fn import_questions(#[server(default)] json: String) -> Result<u32, ApiError> {
    use crate::server::{questions, request::Request};
    let request = Request::current()?;
    let count = questions::import(&request, &json).await?;
    request.redirect(&format!("/questions?shelf=mine&imported={count}"));
    Ok(count)
}
