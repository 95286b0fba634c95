//! Questions: what may be asked and in which languages it may be answered, parsed with every mistake found at once.

pub mod bank;
pub mod file;

use serde::{Deserialize, Serialize};

use super::{
    Field, Problem, Problems, QuestionId,
    problem::{line, paragraph},
};

/// The longest title, in characters.
pub const LONGEST_TITLE: u32 = 120;
/// The longest content, in characters.
pub const LONGEST_CONTENT: u32 = 16_000;
/// The longest reference answer, in characters.
pub const LONGEST_REFERENCE_ANSWER: u32 = 16_000;
/// The most characters that the starters of a question have together.
pub const LONGEST_STARTERS: u32 = 16_000;
/// The most characters that the examples of a question have together.
pub const LONGEST_EXAMPLES: u32 = 16_000;
/// The most examples of a question.
pub const MOST_EXAMPLES: u32 = 20;
/// The most questions that one account has in the bank.
pub const MOST_OWN: u32 = 2000;
/// The most questions prepared for one interview.
pub const MOST_QUESTIONS: u32 = 20;
/// The most questions shown to interviewees at once.
pub const MOST_SHOWN: u32 = 8;

/// What an answer is written as. Stored as 1 and 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Coding = 1,
    Text = 2,
}

impl QuestionKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 2] = [Self::Coding, Self::Text];

    /// The number it is stored and posted as.
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The kind stored as `number`.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// What code is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeLanguage {
    #[serde(rename = "javascript")]
    JavaScript,
    #[serde(rename = "typescript")]
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

impl CodeLanguage {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::JavaScript,
        Self::TypeScript,
        Self::Python,
        Self::Sql,
        Self::C,
        Self::Cpp,
        Self::Java,
        Self::Go,
        Self::Rust,
        Self::Plain,
    ];

    /// The name on the wire and in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JavaScript => "javascript",
            Self::TypeScript => "typescript",
            Self::Python => "python",
            Self::Sql => "sql",
            Self::C => "c",
            Self::Cpp => "cpp",
            Self::Java => "java",
            Self::Go => "go",
            Self::Rust => "rust",
            Self::Plain => "plain",
        }
    }

    /// The language of that name, in any case and with or without the underscore.
    pub fn from_name(name: &str) -> Option<Self> {
        let plainly = |name: &str| name.trim().replace('_', "").to_lowercase();
        let wanted = plainly(name);
        Self::ALL
            .into_iter()
            .find(|language| plainly(language.name()) == wanted)
    }

    /// Whether programs in it run in the browser.
    pub const fn runs(self) -> bool {
        matches!(
            self,
            Self::JavaScript | Self::TypeScript | Self::Python | Self::Sql
        )
    }
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

/// Whose questions are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// One's own and everybody's public ones.
    #[default]
    All,
    /// One's own, public or private.
    Mine,
    /// Everybody's public ones, one's own included.
    Public,
}

/// Where a question goes in the list of an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Up,
    Down,
}

/// The fields of a question as they were posted.
#[derive(Clone, Debug, Default)]
pub struct QuestionText<'a> {
    /// The number of a kind.
    pub kind: &'a str,
    pub title: &'a str,
    pub content: &'a str,
    pub reference_answer: &'a str,
    /// Language and code of each.
    pub starters: Vec<(&'a str, &'a str)>,
    /// Input, output and whether it is hidden of each.
    pub examples: Vec<(&'a str, &'a str, &'a str)>,
    /// A checkbox: anything but empty is yes.
    pub public: &'a str,
}

/// What the owner of a question decides about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionDraft {
    pub kind: QuestionKind,
    pub title: String,
    /// Markdown.
    pub content: String,
    /// Markdown; for interviewers only.
    pub reference_answer: String,
    /// None of a text question.
    pub starters: Vec<Starter>,
    /// None of a text question.
    pub examples: Vec<Example>,
    pub public: bool,
}

impl QuestionDraft {
    /// Parses every field. Empty rows of starters and examples are passed over, and so are all rows of
    /// a text question.
    ///
    /// # Errors
    /// The problems of all fields, in the order of the form.
    pub fn parse(text: &QuestionText<'_>) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let kind = problems.take(Field::Kind, kind(text.kind));
        let title = problems.take(Field::Title, line(text.title, LONGEST_TITLE));
        let content = markdown(text.content, LONGEST_CONTENT);
        let content = problems.take(Field::Content, content);
        let answer = markdown(text.reference_answer, LONGEST_REFERENCE_ANSWER);
        let reference_answer = problems.take(Field::ReferenceAnswer, answer);
        let coding = kind != Some(QuestionKind::Text);
        let (starters, examples) = if coding {
            (
                problems.take(Field::Starters, starters(&text.starters)),
                problems.take(Field::Examples, examples(&text.examples)),
            )
        } else {
            (Some(Vec::new()), Some(Vec::new()))
        };
        let parsed = || {
            Some(Self {
                kind: kind?,
                title: title?,
                content: content?,
                reference_answer: reference_answer?,
                starters: starters?,
                examples: examples?,
                public: !text.public.is_empty(),
            })
        };
        parsed().ok_or(problems)
    }
}

/// Parses the questions chosen in the booking form, passing over empty ones.
///
/// # Errors
/// `UnknownQuestion`, `AlreadyChosen`, or `TooMany` for more than [`MOST_QUESTIONS`].
pub fn chosen<'a>(ids: impl IntoIterator<Item = &'a str>) -> Result<Vec<QuestionId>, Problem> {
    let mut chosen = Vec::new();
    for id in ids
        .into_iter()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        let id = id.parse().map(QuestionId);
        let id = id.map_err(|_| Problem::UnknownQuestion)?;
        if chosen.contains(&id) {
            return Err(Problem::AlreadyChosen);
        }
        if chosen.len() >= MOST_QUESTIONS as usize {
            let most = MOST_QUESTIONS;
            return Err(Problem::TooMany { most });
        }
        chosen.push(id);
    }
    Ok(chosen)
}

fn kind(text: &str) -> Result<QuestionKind, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    let number = text.parse().ok();
    number
        .and_then(QuestionKind::from_number)
        .ok_or(Problem::Malformed)
}

/// Forms send two characters for each line break, which their `maxlength` counts as one.
fn markdown(text: &str, most: u32) -> Result<String, Problem> {
    paragraph(&with_plain_breaks(text), most)
}

fn with_plain_breaks(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn starters(rows: &[(&str, &str)]) -> Result<Vec<Starter>, Problem> {
    let mut starters: Vec<Starter> = Vec::new();
    for (language, code) in rows {
        if language.trim().is_empty() {
            if code.trim().is_empty() {
                continue;
            }
            return Err(Problem::Missing);
        }
        let language = CodeLanguage::from_name(language).ok_or(Problem::Malformed)?;
        if starters.iter().any(|other| other.language == language) {
            return Err(Problem::Repeated);
        }
        let code = kept(code)?;
        starters.push(Starter { language, code });
    }
    let code = starters.iter().map(|starter| starter.code.as_str());
    together(code, LONGEST_STARTERS)?;
    Ok(starters)
}

fn examples(rows: &[(&str, &str, &str)]) -> Result<Vec<Example>, Problem> {
    let mut examples = Vec::new();
    for (input, output, hidden) in rows {
        if input.trim().is_empty() && output.trim().is_empty() {
            continue;
        }
        if examples.len() >= MOST_EXAMPLES as usize {
            let most = MOST_EXAMPLES;
            return Err(Problem::TooMany { most });
        }
        examples.push(Example {
            input: kept(input)?,
            output: kept(output)?,
            hidden: !hidden.is_empty(),
        });
    }
    let texts = examples
        .iter()
        .flat_map(|example| [example.input.as_str(), example.output.as_str()]);
    together(texts, LONGEST_EXAMPLES)?;
    Ok(examples)
}

/// Code and data stay as they are, spaces at both ends included.
fn kept(text: &str) -> Result<String, Problem> {
    let text = with_plain_breaks(text);
    let allowed = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    if text.chars().all(allowed) {
        Ok(text)
    } else {
        Err(Problem::BadCharacter)
    }
}

fn together<'a>(texts: impl Iterator<Item = &'a str>, most: u32) -> Result<(), Problem> {
    let characters: usize = texts.map(|text| text.chars().count()).sum();
    if characters > most as usize {
        return Err(Problem::TooLong { most });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
