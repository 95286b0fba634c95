//! One message of every kind with the JSON it has since version 3; change neither.

mod client;
mod server;

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::*;
use crate::model::{
    CodeLanguage, ConnectionId, Example, InterviewQuestionId, PageId, PeerId, QuestionKind, Role,
    Starter, Timestamp,
};

pub use client::client_examples;
pub use server::server_examples;

const CONNECTION: &str = "6f1d9a52-3c1e-4b8e-9f43-0d7a5c2b1e10";
const PAGE: &str = "0b9c7f0e-52a4-4d6b-8a0f-2f6f0c1d2e3f";
const NOW: i64 = 1_800_000_000_000;

const MEDIA: MediaState = MediaState {
    microphone: true,
    camera: false,
    screen: true,
};

fn media_json() -> Value {
    json!({ "microphone": true, "camera": false, "screen": true })
}

fn connection() -> ConnectionId {
    ConnectionId(Uuid::parse_str(CONNECTION).unwrap())
}

fn page() -> PageId {
    PageId(Uuid::parse_str(PAGE).unwrap())
}

fn candidate() -> IceCandidate {
    IceCandidate {
        candidate: "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host".into(),
        sdp_mid: Some("0".into()),
        sdp_m_line_index: Some(0),
        username_fragment: None,
    }
}

fn candidate_json() -> Value {
    json!({
        "candidate": "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host",
        "sdp_mid": "0",
        "sdp_m_line_index": 0,
        "username_fragment": null,
    })
}

fn member(peer: i64, name: &str, role: Role, present: bool) -> Member {
    Member {
        peer: PeerId(peer),
        name: name.into(),
        role,
        page: page(),
        media: MEDIA,
        hand: (!present).then_some(Timestamp(NOW)),
        present,
    }
}

fn member_json(peer: i64, name: &str, role: &str, present: bool) -> Value {
    let hand = if present { Value::Null } else { json!(NOW) };
    json!({
        "peer": peer,
        "name": name,
        "role": role,
        "page": PAGE,
        "media": media_json(),
        "hand": hand,
        "present": present,
    })
}

fn chat_message() -> ChatMessage {
    ChatMessage {
        id: 3,
        from: PeerId(7),
        name: "Anna".into(),
        text: "hello".into(),
        at: Timestamp(NOW),
    }
}

fn chat_json() -> Value {
    json!({ "id": 3, "from": 7, "name": "Anna", "text": "hello", "at": NOW })
}

fn caller() -> Caller {
    Caller {
        peer: PeerId(9),
        name: "晨".into(),
        user_name: None,
        since: Timestamp(NOW),
    }
}

fn caller_json() -> Value {
    json!({ "peer": 9, "name": "晨", "user_name": null, "since": NOW })
}

fn details(transport: Transport) -> Details {
    Details {
        peer: PeerId(7),
        user_name: Some("anna".into()),
        transport,
        arrived_at: Timestamp(NOW),
    }
}

fn details_json(transport: &str) -> Value {
    json!({ "peer": 7, "user_name": "anna", "transport": transport, "arrived_at": NOW })
}

fn links() -> Vec<LinkReport> {
    let known = LinkReport {
        peer: PeerId(8),
        link: LinkState::Connected,
        route: Some(Route::Relayed),
        picture: true,
        sound: false,
        round_trip: Some(41),
        loss: Some(2),
        height: Some(720),
    };
    let unknown = LinkReport {
        peer: PeerId(9),
        link: LinkState::Connecting,
        route: None,
        picture: false,
        sound: false,
        round_trip: None,
        loss: None,
        height: None,
    };
    vec![known, unknown]
}

fn links_json() -> Value {
    json!([
        {
            "peer": 8, "link": "connected", "route": "relayed", "picture": true, "sound": false,
            "round_trip": 41, "loss": 2, "height": 720,
        },
        {
            "peer": 9, "link": "connecting", "route": null, "picture": false, "sound": false,
            "round_trip": null, "loss": null, "height": null,
        },
    ])
}

fn answer_key() -> AnswerKey {
    AnswerKey {
        question: InterviewQuestionId(4),
        peer: PeerId(9),
    }
}

fn answer_json() -> Value {
    json!({ "question": 4, "peer": 9 })
}

fn looking() -> Looking {
    Looking {
        peer: PeerId(7),
        at: Some(answer_key()),
    }
}

fn looking_json() -> Value {
    json!({ "peer": 7, "at": answer_json() })
}

fn shown_question() -> ShownQuestion {
    ShownQuestion {
        question: InterviewQuestionId(4),
        kind: QuestionKind::Coding,
        title: "Sum".into(),
        content: "<p>Add them.</p>".into(),
        starters: vec![Starter {
            language: CodeLanguage::JavaScript,
            code: "const sum = () => 0;".into(),
        }],
        examples: vec![Example {
            input: "1 2".into(),
            output: "3".into(),
            hidden: false,
        }],
    }
}

fn shown_json() -> Value {
    json!({
        "question": 4,
        "kind": "coding",
        "title": "Sum",
        "content": "<p>Add them.</p>",
        "starters": [{ "language": "java_script", "code": "const sum = () => 0;" }],
        "examples": [{ "input": "1 2", "output": "3", "hidden": false }],
    })
}

fn run() -> Run {
    let part = |stream, text: &str| OutputPart {
        stream,
        text: text.into(),
    };
    Run {
        id: RunId(Uuid::parse_str(CONNECTION).unwrap()),
        language: CodeLanguage::Cpp,
        at: Timestamp(NOW),
        state: RunState::TimedOut,
        milliseconds: 5000,
        output: vec![
            part(Stream::Out, "3\n"),
            part(Stream::Error, "Slow"),
            part(Stream::Table, "[]"),
        ],
        tests: vec![TestResult {
            passed: false,
            input: "1 2".into(),
            expected: "3".into(),
            got: "4".into(),
        }],
        by: "Anna".into(),
    }
}

fn run_json() -> Value {
    json!({
        "id": CONNECTION,
        "language": "cpp",
        "at": NOW,
        "state": "timed_out",
        "milliseconds": 5000,
        "output": [
            { "stream": "out", "text": "3\n" },
            { "stream": "error", "text": "Slow" },
            { "stream": "table", "text": "[]" },
        ],
        "tests": [{ "passed": false, "input": "1 2", "expected": "3", "got": "4" }],
        "by": "Anna",
    })
}
