//! What the server tells of questions and answers, as it looks on the wire.

use super::super::*;

pub fn examples() -> Vec<(ServerMessage, Value)> {
    let question = InterviewQuestionId(4);
    let prepared = PreparedQuestion {
        question,
        kind: QuestionKind::Text,
        title: "设计".into(),
        shown: false,
    };
    let answer = answer_key();
    vec![
        (
            ServerMessage::QuestionShown {
                question: shown_question(),
            },
            json!({ "type": "question_shown", "question": shown_json() }),
        ),
        (
            ServerMessage::QuestionHidden { question },
            json!({ "type": "question_hidden", "question": 4 }),
        ),
        (
            ServerMessage::QuestionsPrepared {
                questions: vec![prepared],
            },
            json!({ "type": "questions_prepared", "questions": [
                { "question": 4, "kind": "text", "title": "设计", "shown": false },
            ] }),
        ),
        (
            ServerMessage::LookChanged { looking: looking() },
            json!({ "type": "look_changed", "looking": looking_json() }),
        ),
        (
            ServerMessage::LookChanged {
                looking: Looking {
                    at: None,
                    ..looking()
                },
            },
            json!({ "type": "look_changed", "looking": { "peer": 7, "at": null } }),
        ),
        (
            ServerMessage::RunReported { answer, run: run() },
            json!({ "type": "run_reported", "answer": answer_json(), "run": run_json() }),
        ),
    ]
}
