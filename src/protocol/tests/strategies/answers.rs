//! Any question, any answer, any run.

use super::*;
use crate::model::{CodeLanguage, Example, InterviewQuestionId, QuestionKind, Starter};

pub fn any_question_id() -> impl Strategy<Value = InterviewQuestionId> {
    any::<i64>().prop_map(InterviewQuestionId)
}

pub fn any_answer_key() -> impl Strategy<Value = AnswerKey> {
    (any_question_id(), any_peer()).prop_map(|(question, peer)| AnswerKey { question, peer })
}

pub fn any_looking() -> impl Strategy<Value = Looking> {
    let at = prop::option::of(any_answer_key());
    (any_peer(), at).prop_map(|(peer, at)| Looking { peer, at })
}

pub fn any_kind() -> impl Strategy<Value = QuestionKind> {
    prop::sample::select(vec![QuestionKind::Coding, QuestionKind::Text])
}

fn any_language() -> impl Strategy<Value = CodeLanguage> {
    prop::sample::select(vec![
        CodeLanguage::JavaScript,
        CodeLanguage::TypeScript,
        CodeLanguage::Python,
        CodeLanguage::Sql,
        CodeLanguage::C,
        CodeLanguage::Cpp,
        CodeLanguage::Java,
        CodeLanguage::Go,
        CodeLanguage::Rust,
        CodeLanguage::Plain,
    ])
}

pub fn any_shown() -> impl Strategy<Value = ShownQuestion> {
    let starter =
        (any_language(), any_text()).prop_map(|(language, code)| Starter { language, code });
    let example = any::<(String, String, bool)>().prop_map(|(input, output, hidden)| Example {
        input,
        output,
        hidden,
    });
    let starters = prop::collection::vec(starter, 0..3);
    let examples = prop::collection::vec(example, 0..3);
    let texts = (any_text(), any_text());
    (any_question_id(), any_kind(), texts, starters, examples).prop_map(
        |(question, kind, (title, content), starters, examples)| ShownQuestion {
            question,
            kind,
            title,
            content,
            starters,
            examples,
        },
    )
}

pub fn any_run() -> impl Strategy<Value = Run> {
    let state = prop::sample::select(vec![
        RunState::Running,
        RunState::Done,
        RunState::Failed,
        RunState::TimedOut,
        RunState::Stopped,
    ]);
    let stream = prop::sample::select(vec![Stream::Out, Stream::Error, Stream::Table]);
    let part = (stream, any_text()).prop_map(|(stream, text)| OutputPart { stream, text });
    let test =
        any::<(bool, String, String, String)>().prop_map(|(passed, input, expected, got)| {
            TestResult {
                passed,
                input,
                expected,
                got,
            }
        });
    let id = any::<u128>().prop_map(|bits| RunId(Uuid::from_u128(bits)));
    let head = (id, any_language(), any_time(), any_text());
    let output = prop::collection::vec(part, 0..3);
    let tests = prop::collection::vec(test, 0..3);
    (head, state, any::<u32>(), output, tests).prop_map(
        |((id, language, at, by), state, milliseconds, output, tests)| Run {
            id,
            language,
            at,
            state,
            milliseconds,
            output,
            tests,
            by,
        },
    )
}
