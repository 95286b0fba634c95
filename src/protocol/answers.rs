//! What messages about questions, answers and runs are made of.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{
    CodeLanguage, Example, InterviewQuestionId, PeerId, QuestionKind, Starter, Timestamp,
};

/// The most bytes of one run, counted as [`Run::bytes`] does.
pub const LARGEST_RUN: usize = 32 * 1024;

/// A question as everyone may see it while it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownQuestion {
    pub question: InterviewQuestionId,
    pub kind: QuestionKind,
    pub title: String,
    /// HTML that is safe to show.
    pub content: String,
    pub starters: Vec<Starter>,
    /// Never a hidden one.
    pub examples: Vec<Example>,
}

/// A question as the list of interviewers has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreparedQuestion {
    pub question: InterviewQuestionId,
    pub kind: QuestionKind,
    pub title: String,
    pub shown: bool,
}

/// Names one person's answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerKey {
    pub question: InterviewQuestionId,
    /// Whose answer it is.
    pub peer: PeerId,
}

/// Which answer somebody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looking {
    pub peer: PeerId,
    pub at: Option<AnswerKey>,
}

/// One run, named by the page that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub Uuid);

/// The code of an answer, run in somebody's browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    pub id: RunId,
    pub language: CodeLanguage,
    /// When it was first reported. The server says so, whatever the sender does.
    pub at: Timestamp,
    pub state: RunState,
    /// How long it took, or has taken so far.
    pub milliseconds: u32,
    pub output: Vec<OutputPart>,
    pub tests: Vec<TestResult>,
    /// The name of whose browser ran it. The server says so, whatever the sender does.
    pub by: String,
}

impl Run {
    /// How many bytes it has on the wire, about: texts in full, and something for each part.
    pub fn bytes(&self) -> usize {
        let output = self.output.iter().map(|part| part.text.len());
        let tests = self
            .tests
            .iter()
            .map(|test| test.input.len() + test.expected.len() + test.got.len());
        let parts = self.output.len() + self.tests.len();
        output.chain(tests).sum::<usize>() + 32 * parts
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    Running,
    Done,
    /// It ended with an error.
    Failed,
    /// It took too long and was ended.
    TimedOut,
    /// Somebody stopped it.
    Stopped,
}

/// Something a run said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputPart {
    pub stream: Stream,
    pub text: String,
}

/// What an output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    Out,
    Error,
    /// A table as JSON: `columns` with their names, `rows` of texts or null, `more` rows left out.
    Table,
}

/// Whether one example came out as it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestResult {
    pub passed: bool,
    pub input: String,
    pub expected: String,
    pub got: String,
}
