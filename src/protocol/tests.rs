//! The wire format: every message pinned as JSON, round-tripped, and strict about what it takes.

mod examples;
mod strategies;

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::*;
use examples::{client_examples, server_examples};
use strategies::{any_client_message, any_server_message};

/// Names every kind once: a new one does not compile until it is listed, and a listed one needs an
/// example and a strategy.
macro_rules! kinds {
    ($type:ident, $all:ident, $of:ident, [$($variant:ident = $tag:literal),+ $(,)?]) => {
        const $all: &[&str] = &[$($tag),+];

        fn $of(message: &$type) -> &'static str {
            match message {
                $($type::$variant { .. } => $tag),+
            }
        }
    };
}

kinds!(
    ClientMessage,
    CLIENT_KINDS,
    client_kind,
    [
        Join = "join",
        Offer = "offer",
        Answer = "answer",
        Candidate = "candidate",
        SetMedia = "set_media",
        SetSpeaking = "set_speaking",
        ReportLinks = "report_links",
        SendChat = "send_chat",
        RaiseHand = "raise_hand",
        LowerHand = "lower_hand",
        React = "react",
        ShowQuestion = "show_question",
        HideQuestion = "hide_question",
        Look = "look",
        ReportRun = "report_run",
        ChangeRole = "change_role",
        Admit = "admit",
        AdmitAll = "admit_all",
        Refuse = "refuse",
        SendToWaiting = "send_to_waiting",
        Mute = "mute",
        StopShare = "stop_share",
        Remove = "remove",
        SetLock = "set_lock",
        Extend = "extend",
        End = "end",
        Leave = "leave",
    ]
);

kinds!(
    ServerMessage,
    SERVER_KINDS,
    server_kind,
    [
        Welcome = "welcome",
        Waiting = "waiting",
        SentToWaiting = "sent_to_waiting",
        Refused = "refused",
        PeerJoined = "peer_joined",
        PeerAway = "peer_away",
        PeerLeft = "peer_left",
        Offer = "offer",
        Answer = "answer",
        Candidate = "candidate",
        MediaChanged = "media_changed",
        SpeakingChanged = "speaking_changed",
        ChatSent = "chat_sent",
        HandChanged = "hand_changed",
        Reacted = "reacted",
        RoleChanged = "role_changed",
        ChargeChanged = "charge_changed",
        LockChanged = "lock_changed",
        Muted = "muted",
        ShareStopped = "share_stopped",
        Overview = "overview",
        Knocked = "knocked",
        KnockEnded = "knock_ended",
        DetailsKnown = "details_known",
        LinksReported = "links_reported",
        QuestionShown = "question_shown",
        QuestionHidden = "question_hidden",
        QuestionsPrepared = "questions_prepared",
        LookChanged = "look_changed",
        RunReported = "run_reported",
        Clock = "clock",
        Ended = "ended",
        Rejected = "rejected",
    ]
);

fn json_of<T: Serialize>(message: &T) -> Value {
    serde_json::to_value(message).unwrap()
}

fn parse<T: DeserializeOwned>(json: &Value) -> Result<T, serde_json::Error> {
    serde_json::from_str(&json.to_string())
}

fn check_pinned<T: Serialize + DeserializeOwned + PartialEq + Debug>(examples: &[(T, Value)]) {
    for (message, pinned) in examples {
        assert_eq!(&json_of(message), pinned);
        assert_eq!(&parse::<T>(pinned).unwrap(), message);
    }
}

#[test]
fn every_message_looks_as_it_always_did() {
    check_pinned(&client_examples());
    check_pinned(&server_examples());
}

#[test]
fn every_kind_has_an_example() {
    let client: BTreeSet<_> = client_examples()
        .iter()
        .map(|(m, _)| client_kind(m))
        .collect();
    assert_eq!(client, CLIENT_KINDS.iter().copied().collect());
    let server: BTreeSet<_> = server_examples()
        .iter()
        .map(|(m, _)| server_kind(m))
        .collect();
    assert_eq!(server, SERVER_KINDS.iter().copied().collect());
}

#[test]
fn every_kind_is_generated() {
    let mut runner = TestRunner::deterministic();
    let mut client = BTreeSet::new();
    let mut server = BTreeSet::new();
    for _ in 0..1000 {
        let message = any_client_message().new_tree(&mut runner).unwrap();
        client.insert(client_kind(&message.current()));
        let message = any_server_message().new_tree(&mut runner).unwrap();
        server.insert(server_kind(&message.current()));
    }
    assert_eq!(client, CLIENT_KINDS.iter().copied().collect());
    assert_eq!(server, SERVER_KINDS.iter().copied().collect());
}

#[test]
fn the_type_is_the_kind() {
    for (message, json) in client_examples() {
        assert_eq!(json["type"], client_kind(&message));
        assert_eq!(json["type"], message.tag());
    }
    for (message, json) in server_examples() {
        assert_eq!(json["type"], server_kind(&message));
    }
}

proptest! {
    #[test]
    fn client_messages_round_trip(message in any_client_message()) {
        let text = serde_json::to_string(&message).unwrap();
        prop_assert_eq!(serde_json::from_str::<ClientMessage>(&text).unwrap(), message);
    }

    #[test]
    fn server_messages_round_trip(message in any_server_message()) {
        let text = serde_json::to_string(&message).unwrap();
        prop_assert_eq!(serde_json::from_str::<ServerMessage>(&text).unwrap(), message);
    }
}

/// The same message with an unknown field in one of its objects, once for each object.
fn with_a_surprise(json: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match json {
        Value::Object(fields) => {
            let mut surprised = fields.clone();
            surprised.insert("surprise".into(), json!(1));
            all.push(Value::Object(surprised));
            for (name, value) in fields {
                for inner in with_a_surprise(value) {
                    let mut surprised = fields.clone();
                    surprised.insert(name.clone(), inner);
                    all.push(Value::Object(surprised));
                }
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                for inner in with_a_surprise(value) {
                    let mut surprised = items.clone();
                    surprised[place] = inner;
                    all.push(Value::Array(surprised));
                }
            }
        }
        _ => {}
    }
    all
}

/// The same message without one of its fields, once for each; fields that may be null may be missing.
fn with_a_gap<T: DeserializeOwned>(json: &Value) -> Vec<Value> {
    let fields = json.as_object().unwrap();
    let may_be_null = |name: &String| {
        let mut changed = fields.clone();
        changed.insert(name.clone(), Value::Null);
        parse::<T>(&Value::Object(changed)).is_ok()
    };
    let without = |name: &String| {
        let mut rest = fields.clone();
        rest.remove(name);
        Value::Object(rest)
    };
    fields
        .keys()
        .filter(|name| !may_be_null(name))
        .map(without)
        .collect()
}

fn check_strict<T: DeserializeOwned + Debug>(json: &Value) {
    let refused = |changed: &Value| assert!(parse::<T>(changed).is_err(), "taken: {changed}");
    with_a_surprise(json).iter().for_each(refused);
    with_a_gap::<T>(json).iter().for_each(refused);
    let mut unknown = json.clone();
    unknown["type"] = json!("dance");
    refused(&unknown);
    let twice = json.to_string().replacen('{', r#"{"type":"end","#, 1);
    assert!(serde_json::from_str::<T>(&twice).is_err(), "taken: {twice}");
}

#[test]
fn unknown_types_unknown_fields_and_missing_fields_are_refused() {
    for (_, json) in client_examples() {
        check_strict::<ClientMessage>(&json);
    }
    for (_, json) in server_examples() {
        check_strict::<ServerMessage>(&json);
    }
}

#[test]
fn what_is_no_message_is_refused() {
    for text in [
        "",
        "null",
        "1",
        "\"end\"",
        "[]",
        "{}",
        "{\"type\":\"end\"} x",
    ] {
        assert!(
            serde_json::from_str::<ClientMessage>(text).is_err(),
            "taken: {text}"
        );
    }
}

#[test]
fn reject_codes_keep_their_names() {
    let name = |code| match code {
        RejectCode::Forbidden => "forbidden",
        RejectCode::UnknownPeer => "unknown_peer",
        RejectCode::Empty => "empty",
        RejectCode::TooLong => "too_long",
        RejectCode::AlreadyJoined => "already_joined",
        RejectCode::TooFast => "too_fast",
        RejectCode::NotSeated => "not_seated",
        RejectCode::OutOfRange => "out_of_range",
        RejectCode::NoSeat => "no_seat",
        RejectCode::UnknownQuestion => "unknown_question",
        RejectCode::TooMany => "too_many",
    };
    for code in RejectCode::ALL {
        assert_eq!(json_of(&code), json!(name(code)));
        assert_eq!(parse::<RejectCode>(&json!(name(code))).unwrap(), code);
    }
    assert_eq!(
        RejectCode::ALL
            .iter()
            .collect::<std::collections::HashSet<_>>()
            .len(),
        11
    );
}

#[test]
fn close_codes_keep_their_numbers() {
    let number = |code| match code {
        CloseCode::Restarting => 1012,
        CloseCode::TooSlow => 1013,
        CloseCode::JoinExpected => 4000,
        CloseCode::Malformed => 4001,
        CloseCode::TooLarge => 4002,
        CloseCode::Flood => 4003,
        CloseCode::WrongVersion => 4004,
        CloseCode::NotAdmitted => 4005,
        CloseCode::Full => 4006,
        CloseCode::Replaced => 4007,
        CloseCode::SignedOut => 4008,
        CloseCode::Ended => 4009,
        CloseCode::Left => 4010,
        CloseCode::Removed => 4011,
        CloseCode::Refused => 4012,
    };
    for code in CloseCode::ALL {
        assert_eq!(code.number(), number(*code));
        assert_eq!(CloseCode::from_number(code.number()), Some(*code));
        assert_eq!(parse::<CloseCode>(&json_of(code)).unwrap(), *code);
        assert_eq!(code.returns(), code.number() <= 4000);
    }
    assert!(CloseCode::ALL.is_sorted_by_key(|code| code.number()));
    assert_eq!(CloseCode::from_number(1006), None);
}
