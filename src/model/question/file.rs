//! Questions as a JSON text that one server writes and another reads; every mistake in it is named with its place.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{MOST_OWN, QuestionDraft, QuestionText};
use crate::model::{Field, Problem};

/// The most questions of one text: as many as one account may have.
pub const MOST_IMPORTED: u32 = MOST_OWN;
/// The largest text, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;
/// The most mistakes that are named at once: they come back in an address when there is no script.
const MOST_MISTAKES: usize = 20;
/// What kind of text it is, and in which form.
const FORM: &str = "colloquy questions";
const VERSION: u64 = 1;

/// What is wrong with a text of questions, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Misplaced {
    /// It is no JSON: from this place on, counted from 1.
    NoJson { line: u32, column: u32 },
    /// It is JSON, but no questions of a form that is known here.
    NoQuestions,
    /// More than `most` bytes.
    TooLarge { most: u32 },
    /// More than `most` questions.
    TooMany { most: u32 },
    /// In a field of one question, counted from 1.
    InQuestion {
        question: u32,
        field: Field,
        problem: Problem,
    },
}

/// Writes questions, in their order.
pub fn write(drafts: &[QuestionDraft]) -> String {
    let questions: Vec<Value> = drafts.iter().map(as_value).collect();
    let whole = json!({ "form": FORM, "version": VERSION, "questions": questions });
    format!("{whole:#}\n")
}

fn as_value(draft: &QuestionDraft) -> Value {
    json!({
        "kind": draft.kind,
        "title": draft.title,
        "content": draft.content,
        "reference_answer": draft.reference_answer,
        "starters": draft.starters,
        "examples": draft.examples,
        "public": draft.public,
    })
}

/// Reads questions.
///
/// # Errors
/// Every mistake in the order of the text, the first twenty of them.
pub fn read(text: &str) -> Result<Vec<QuestionDraft>, Vec<Misplaced>> {
    let questions = outline(text).map_err(|mistake| vec![mistake])?;
    let mut drafts = Vec::new();
    let mut mistakes = Vec::new();
    for (question, value) in (1..).zip(&questions) {
        match Entry::of(value).and_then(|entry| entry.parse()) {
            Ok(draft) => drafts.push(draft),
            Err(found) => {
                mistakes.extend(
                    found
                        .into_iter()
                        .map(|(field, problem)| Misplaced::InQuestion {
                            question,
                            field,
                            problem,
                        }),
                )
            }
        }
    }
    mistakes.truncate(MOST_MISTAKES);
    if mistakes.is_empty() {
        Ok(drafts)
    } else {
        Err(mistakes)
    }
}

/// The questions of the text, unread.
fn outline(text: &str) -> Result<Vec<Value>, Misplaced> {
    if text.len() > LARGEST_FILE {
        let most = u32::try_from(LARGEST_FILE).unwrap_or(u32::MAX);
        return Err(Misplaced::TooLarge { most });
    }
    let short = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let text = text.trim_start_matches('\u{feff}');
    let whole: Value = serde_json::from_str(text).map_err(|error| Misplaced::NoJson {
        line: short(error.line()),
        column: short(error.column()),
    })?;
    let Value::Object(mut whole) = whole else {
        return Err(Misplaced::NoQuestions);
    };
    let known = whole.get("form").and_then(Value::as_str) == Some(FORM)
        && whole.get("version").and_then(Value::as_u64) == Some(VERSION);
    match whole.remove("questions") {
        Some(Value::Array(questions)) if known => {
            if questions.len() > MOST_IMPORTED as usize {
                let most = MOST_IMPORTED;
                return Err(Misplaced::TooMany { most });
            }
            Ok(questions)
        }
        _ => Err(Misplaced::NoQuestions),
    }
}

type Mistakes = Vec<(Field, Problem)>;

/// One question with fields of the right types, not judged yet.
#[derive(Default)]
struct Entry<'a> {
    kind: &'static str,
    title: &'a str,
    content: &'a str,
    reference_answer: &'a str,
    starters: Vec<(&'a str, &'a str)>,
    examples: Vec<(&'a str, &'a str, &'a str)>,
    public: &'static str,
    mistakes: Mistakes,
}

impl<'a> Entry<'a> {
    fn of(value: &'a Value) -> Result<Self, Mistakes> {
        let Value::Object(fields) = value else {
            return Err(vec![(Field::Text, Problem::Malformed)]);
        };
        let mut entry = Self::default();
        entry.kind = entry.kind(fields);
        entry.title = entry.text(Field::Title, fields, "title");
        entry.content = entry.text(Field::Content, fields, "content");
        entry.reference_answer = entry.text(Field::ReferenceAnswer, fields, "reference_answer");
        let starters = entry.rows(Field::Starters, fields, "starters");
        entry.starters = starters.into_iter().map(|row| entry.starter(row)).collect();
        let examples = entry.rows(Field::Examples, fields, "examples");
        entry.examples = examples.into_iter().map(|row| entry.example(row)).collect();
        entry.public = entry.switch(Field::Public, fields, "public");
        if fields.keys().any(|name| !NAMES.contains(&name.as_str())) {
            entry.mistakes.push((Field::Text, Problem::Malformed));
        }
        Ok(entry)
    }

    fn parse(self) -> Result<QuestionDraft, Mistakes> {
        let text = QuestionText {
            kind: self.kind,
            title: self.title,
            content: self.content,
            reference_answer: self.reference_answer,
            starters: self.starters,
            examples: self.examples,
            public: self.public,
        };
        let mut mistakes = self.mistakes;
        match QuestionDraft::parse(&text) {
            Ok(draft) if mistakes.is_empty() => Ok(draft),
            Ok(_) => Err(mistakes),
            Err(found) => {
                // A field of a wrong type was read as empty, and is named once.
                for (field, problem) in found.0 {
                    if !mistakes.iter().any(|(named, _)| *named == field) {
                        mistakes.push((field, problem));
                    }
                }
                Err(mistakes)
            }
        }
    }

    fn wrong<T: Default>(&mut self, field: Field) -> T {
        if !self.mistakes.contains(&(field, Problem::Malformed)) {
            self.mistakes.push((field, Problem::Malformed));
        }
        T::default()
    }

    fn kind(&mut self, fields: &Map<String, Value>) -> &'static str {
        match fields.get("kind").and_then(Value::as_str) {
            Some("coding") => "1",
            Some("text") => "2",
            None if !fields.contains_key("kind") => "",
            _ => self.wrong(Field::Kind),
        }
    }

    fn text(&mut self, field: Field, fields: &'a Map<String, Value>, name: &str) -> &'a str {
        match fields.get(name) {
            Some(Value::String(text)) => text,
            None => "",
            Some(_) => self.wrong(field),
        }
    }

    fn switch(&mut self, field: Field, fields: &Map<String, Value>, name: &str) -> &'static str {
        match fields.get(name) {
            Some(Value::Bool(true)) => "on",
            Some(Value::Bool(false)) | None => "",
            Some(_) => self.wrong(field),
        }
    }

    fn rows(
        &mut self,
        field: Field,
        fields: &'a Map<String, Value>,
        name: &str,
    ) -> Vec<&'a Map<String, Value>> {
        match fields.get(name) {
            None => Vec::new(),
            Some(Value::Array(rows)) if rows.iter().all(Value::is_object) => {
                rows.iter().filter_map(Value::as_object).collect()
            }
            Some(_) => self.wrong(field),
        }
    }

    fn starter(&mut self, row: &'a Map<String, Value>) -> (&'a str, &'a str) {
        (
            self.text(Field::Starters, row, "language"),
            self.text(Field::Starters, row, "code"),
        )
    }

    fn example(&mut self, row: &'a Map<String, Value>) -> (&'a str, &'a str, &'a str) {
        (
            self.text(Field::Examples, row, "input"),
            self.text(Field::Examples, row, "output"),
            self.switch(Field::Examples, row, "hidden"),
        )
    }
}

/// What a question in a text may say.
const NAMES: [&str; 7] = [
    "kind",
    "title",
    "content",
    "reference_answer",
    "starters",
    "examples",
    "public",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::question::{CodeLanguage, Example, QuestionKind, Starter};

    fn whole(questions: &str) -> String {
        format!(r#"{{"form":"colloquy questions","version":1,"questions":{questions}}}"#)
    }

    fn check(text: &str, expected: &[Misplaced]) {
        assert_eq!(read(text), Err(expected.to_vec()), "{text}");
    }

    const fn within(question: u32, field: Field, problem: Problem) -> Misplaced {
        Misplaced::InQuestion {
            question,
            field,
            problem,
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let coding = QuestionDraft {
            kind: QuestionKind::Coding,
            title: "反转 \"list\"".into(),
            content: "a\nb".into(),
            reference_answer: String::new(),
            starters: vec![Starter {
                language: CodeLanguage::JavaScript,
                code: "  let x;\n".into(),
            }],
            examples: vec![Example {
                input: "1\n".into(),
                output: String::new(),
                hidden: true,
            }],
            public: true,
        };
        let text = QuestionDraft {
            kind: QuestionKind::Text,
            starters: Vec::new(),
            examples: Vec::new(),
            public: false,
            ..coding.clone()
        };
        let drafts = vec![coding, text];
        assert_eq!(read(&write(&drafts)), Ok(drafts));
        assert_eq!(read(&write(&[])), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_text_of_questions_is_refused() {
        check("", &[Misplaced::NoJson { line: 1, column: 0 }]);
        check("{\n  oops", &[Misplaced::NoJson { line: 2, column: 3 }]);
        for other in [
            "[]",
            "{}",
            r#"{"form":"colloquy questions","version":2,"questions":[]}"#,
            r#"{"form":"colloquy questions","version":1,"questions":{}}"#,
        ] {
            check(other, &[Misplaced::NoQuestions]);
        }
        let many = whole(&format!("[{}0]", "0,".repeat(2000)));
        check(&many, &[Misplaced::TooMany { most: 2000 }]);
        let large = whole(&format!("[\"{}\"]", "x".repeat(LARGEST_FILE)));
        check(
            &large,
            &[Misplaced::TooLarge {
                most: 4 * 1024 * 1024,
            }],
        );
    }

    #[test]
    fn every_mistake_is_named_with_its_place() {
        let questions = r#"[
            {"kind":"text","title":"good"},
            7,
            {"kind":"poem","title":3,"content":[],"public":"yes","extra":1},
            {"title":" ","starters":[{"language":"klingon","code":""}],"examples":[1]}
        ]"#;
        let expected = [
            within(2, Field::Text, Problem::Malformed),
            within(3, Field::Kind, Problem::Malformed),
            within(3, Field::Title, Problem::Malformed),
            within(3, Field::Content, Problem::Malformed),
            within(3, Field::Public, Problem::Malformed),
            within(3, Field::Text, Problem::Malformed),
            within(4, Field::Examples, Problem::Malformed),
            within(4, Field::Kind, Problem::Missing),
            within(4, Field::Title, Problem::Missing),
            within(4, Field::Starters, Problem::Malformed),
        ];
        check(&whole(questions), &expected);
    }
}
