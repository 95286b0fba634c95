//! Questions: what may be asked, in which languages it may be answered.

use serde::{Deserialize, Serialize};

/// What an answer is written as. Stored as 1 and 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Coding = 1,
    Text = 2,
}

/// What code is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeLanguage {
    JavaScript,
    TypeScript,
    Python,
    Sql,
    C,
    Cpp,
    Java,
    Go,
    Rust,
    Plain,
}

/// The code an answer in one language begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Starter {
    pub language: CodeLanguage,
    pub code: String,
}

/// What a program is given and what it should say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub input: String,
    pub output: String,
    /// Only interviewers see it.
    pub hidden: bool,
}
