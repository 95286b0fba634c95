//! The question bank at a browser: forms of questions, and what is asked about them.

use colloquy::{
    api::{
        ApiError,
        interview_questions::InterviewQuestionDetails,
        questions::{QuestionDetails, QuestionPage},
    },
    model::{InterviewQuestionId, QuestionId},
};
use sea_orm::ConnectionTrait;

use super::{
    TestServer,
    attendee::{Attendee, Typed},
};

/// The form of a question, well filled in.
#[derive(Clone, Debug)]
pub struct Sheet(Vec<(String, String)>);

impl Sheet {
    /// A private coding question.
    pub fn coding(title: &str) -> Self {
        Self(Vec::new())
            .with("[kind]", "1")
            .with("[title]", title)
            .with("[content]", "Write *it*.")
            .with("[reference_answer]", "The secret answer.")
            .with("[starters][0][language]", "python")
            .with("[starters][0][code]", "def f():\r\n    pass\r\n")
            .with("[examples][0][input]", "1")
            .with("[examples][0][output]", "2")
            .with("[examples][1][input]", "hidden-input")
            .with("[examples][1][output]", "3")
            .with("[examples][1][hidden]", "on")
    }

    /// A private text question.
    pub fn text(title: &str) -> Self {
        Self(Vec::new())
            .with("[kind]", "2")
            .with("[title]", title)
            .with("[content]", "Say *it*.")
    }

    /// The same, public.
    pub fn public(self) -> Self {
        self.with("[public]", "on")
    }

    /// The same with another value in a field.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let name = format!("form{name}");
        self.0.retain(|(held, _)| *held != name);
        self.0.push((name, value.to_owned()));
        self
    }

    /// What is posted.
    pub fn fields(&self) -> Vec<Typed<'_>> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    /// What is posted with another field before it.
    pub fn after<'a>(&'a self, name: &'a str, value: &'a str) -> Vec<Typed<'a>> {
        [(name, value)].into_iter().chain(self.fields()).collect()
    }
}

impl Attendee {
    /// Writes a new question.
    pub async fn write(&self, sheet: &Sheet) -> Result<QuestionId, ApiError> {
        self.call("save_question", &sheet.fields()).await
    }

    /// Edits a question.
    pub async fn rewrite(&self, id: QuestionId, sheet: &Sheet) -> Result<QuestionId, ApiError> {
        let id = id.to_string();
        self.call("save_question", &sheet.after("id", &id)).await
    }

    /// Does something with one question: `find_question`, `copy_question`, `delete_question`.
    pub async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: &str,
        id: QuestionId,
    ) -> Result<T, ApiError> {
        self.call(endpoint, &[("id", &id.to_string())]).await
    }

    /// Looks at one question.
    pub async fn read(&self, id: QuestionId) -> Result<QuestionDetails, ApiError> {
        self.ask("find_question", id).await
    }

    /// One page of the bank.
    pub async fn bank(&self, shelf: &str, more: &[Typed<'_>]) -> QuestionPage {
        let mut fields = vec![("shelf", shelf)];
        fields.extend(more);
        if !more.iter().any(|(name, _)| *name == "page") {
            fields.push(("page", "1"));
        }
        self.call("list_questions", &fields).await.unwrap()
    }

    /// The titles of the first page of the bank.
    pub async fn titles(&self, shelf: &str, more: &[Typed<'_>]) -> Vec<String> {
        let page = self.bank(shelf, more).await;
        page.rows.into_iter().map(|row| row.title).collect()
    }

    /// What is prepared for an interview.
    pub async fn prepared(&self, number: &str) -> Vec<InterviewQuestionDetails> {
        let fields = [("number", number)];
        self.call("interview_questions", &fields).await.unwrap()
    }

    /// Puts a question of the bank into an interview.
    pub async fn prepare(
        &self,
        number: &str,
        id: QuestionId,
    ) -> Result<InterviewQuestionId, ApiError> {
        let id = id.to_string();
        let fields = [("number", number), ("question", id.as_str())];
        self.call("add_interview_question", &fields).await
    }

    /// Does something with a question of an interview.
    pub async fn arrange(
        &self,
        endpoint: &str,
        number: &str,
        id: InterviewQuestionId,
        direction: &str,
    ) -> Result<(), ApiError> {
        let id = id.to_string();
        let fields = [
            ("number", number),
            ("id", id.as_str()),
            ("direction", direction),
        ];
        self.call(endpoint, &fields).await
    }
}

/// Makes a question of an interview one that was shown and hidden again, as the room does.
pub async fn mark_shown(server: &TestServer, id: InterviewQuestionId) {
    let statement = format!("UPDATE interview_question SET first_shown_at = 1 WHERE id = {id}");
    let writer = server.server.db().writer();
    writer.execute_unprepared(&statement).await.unwrap();
}
