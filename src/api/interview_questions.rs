//! The questions prepared for an interview, for its interviewers.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;
pub use super::questions::QuestionForm;
pub use crate::model::question::Direction;
use crate::model::{
    Example, InterviewNumber, InterviewQuestionId, QuestionId, QuestionKind, Starter,
};

/// One question prepared for an interview, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewQuestionDetails {
    pub id: InterviewQuestionId,
    /// The version of the bank's question that is or would be shown.
    pub question: QuestionId,
    pub kind: QuestionKind,
    pub title: String,
    /// Sanitised HTML.
    pub content: String,
    /// Sanitised HTML.
    pub reference_answer: String,
    pub starters: Vec<Starter>,
    /// The hidden ones too.
    pub examples: Vec<Example>,
    /// Belongs to the viewer.
    pub mine: bool,
    /// Interviewees see it now.
    pub shown: bool,
    /// Interviewees saw it at some time: it stays in the interview as it was.
    pub ever_shown: bool,
}

/// The questions prepared for an interview, in their order.
///
/// # Errors
/// `Unauthenticated`, `NotFound` for strangers, `Forbidden` for interviewees.
#[server(prefix = "/api", endpoint = "interview_questions", input = server_fn::codec::PostUrl)]
pub async fn interview_questions(
    number: InterviewNumber,
) -> Result<Vec<InterviewQuestionDetails>, ApiError> {
    use crate::server::{interview_questions, request::Request};
    let request = Request::current()?;
    Ok(interview_questions::list(&request, number).await?)
}

/// Puts one's own or a public question behind the others of an interview.
///
/// # Errors
/// `Unauthenticated`, `NotFound` for strangers, `Forbidden`, `Conflict` when the interview is over,
/// `Invalid` at `Questions` for an unknown one, one that is there already or one too many.
#[server(prefix = "/api", endpoint = "add_interview_question", input = server_fn::codec::PostUrl)]
pub async fn add_interview_question(
    number: InterviewNumber,
    question: QuestionId,
) -> Result<InterviewQuestionId, ApiError> {
    use crate::server::{interview_questions, request::Request};
    let request = Request::current()?;
    let added = interview_questions::add(&request, number, question).await?;
    request.redirect(&format!("/interviews/{number}#questions"));
    Ok(added)
}

/// Writes a new question, private whatever the form says, and puts it behind the others of an
/// interview. It belongs to the writer, or to the host when the writer has no account.
///
/// # Errors
/// Those of [`add_interview_question`], and `Invalid` at the fields of the form, `TooMany`.
#[server(prefix = "/api", endpoint = "write_interview_question", input = server_fn::codec::PostUrl)]
pub async fn write_interview_question(
    number: InterviewNumber,
    form: QuestionForm,
) -> Result<InterviewQuestionId, ApiError> {
    use crate::server::{interview_questions, request::Request};
    let request = Request::current()?;
    let added = interview_questions::write(&request, number, &form).await?;
    request.redirect(&format!("/interviews/{number}#questions"));
    Ok(added)
}

/// Takes a question out of an interview that never showed it; the bank keeps it.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, `Forbidden`, `Conflict` when it was shown or the interview is over.
#[server(prefix = "/api", endpoint = "remove_interview_question", input = server_fn::codec::PostUrl)]
pub async fn remove_interview_question(
    number: InterviewNumber,
    id: InterviewQuestionId,
) -> Result<(), ApiError> {
    use crate::server::{interview_questions, request::Request};
    let request = Request::current()?;
    interview_questions::remove(&request, number, id).await?;
    request.redirect(&format!("/interviews/{number}#questions"));
    Ok(())
}

/// Moves a question one place up or down; at the end of the list it stays.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, `Forbidden`, `Conflict` when the interview is over.
#[server(prefix = "/api", endpoint = "move_interview_question", input = server_fn::codec::PostUrl)]
pub async fn move_interview_question(
    number: InterviewNumber,
    id: InterviewQuestionId,
    direction: Direction,
) -> Result<(), ApiError> {
    use crate::server::{interview_questions, request::Request};
    let request = Request::current()?;
    interview_questions::shift(&request, number, id, direction).await?;
    request.redirect(&format!("/interviews/{number}#questions"));
    Ok(())
}
