//! Lines of plain HTTP in the wrong hands: of other browsers, of those who may not enter, who are gone
//! and who misbehave.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::time::Duration;

use colloquy::{
    model::ConnectionId,
    protocol::{ClientMessage, CloseCode, IceCandidate, LARGEST_MESSAGE, ServerMessage},
};
use serde_json::{Value, json};
use support::{
    attendee::Form,
    http_line::{HttpLine, LineEnd},
    lines::{chat_of, closed, is_chat, line, seated, until},
    socket::fresh_page,
    stage::{Stage, host_time, joined, peer_away},
};
use tokio::time::{Instant, interval};

#[tokio::test]
async fn a_line_belongs_to_the_browser_that_signed_in() {
    let stage = Stage::with_seats(4).await;
    let mut mei = seated(&stage, &stage.guest("Lin Mei").await).await;
    let thieves = [
        stage.guest("Thief").await.cookies(),
        stage.host.cookies(),
        String::new(),
    ];
    for cookie in thieves {
        let thief = mei.stolen_by(&cookie);
        assert_eq!(
            thief.message(mei.said + 1, &[chat_of("stolen")]).await.0,
            404
        );
        assert_eq!(thief.wait_after(0).await.0, 404);
        assert_eq!(thief.sign_out().await, 404);
    }
    // Nor does it lead to another interview.
    let other = stage
        .host
        .book(&Form::at(&host_time(&stage.server)))
        .await
        .unwrap();
    let mut elsewhere = HttpLine::open(&stage.server.address, &other, &stage.host.cookies())
        .await
        .unwrap();
    elsewhere.line = mei.line.clone();
    assert_eq!(elsewhere.wait_after(0).await.0, 404);
    mei.say(&[chat_of("mine")]).await;
    let ServerMessage::ChatSent { message } = until(&mut mei, is_chat).await else {
        panic!("no chat");
    };
    assert_eq!(message.text, "mine");
}

#[tokio::test]
async fn whoever_may_not_enter_cannot_sign_in() {
    let stage = Stage::with_seats(4).await;
    let address = &stage.server.address;
    let refused =
        async |number: &str, cookie: &str| HttpLine::open(address, number, cookie).await.err();
    assert_eq!(refused(&stage.number, "").await, Some(403));
    let other = if stage.number == "000001" {
        "000002"
    } else {
        "000001"
    };
    assert_eq!(refused(other, &stage.host.cookies()).await, Some(404));
    stage
        .host
        .post("cancel_interview", &[("number", &stage.number)])
        .await
        .expect_done();
    assert_eq!(
        refused(&stage.number, &stage.host.cookies()).await,
        Some(410)
    );
    assert_eq!(stage.server.server.lines().count(), 0);
}

#[tokio::test]
async fn a_line_that_nobody_waits_on_is_dead() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mei = seated(&stage, &stage.guest("Lin Mei").await).await;
    let peer = anna.wait(joined).await.peer;
    let began = Instant::now();
    anna.wait(peer_away(peer)).await;
    assert!(began.elapsed() > Duration::from_secs(15), "too early");
    assert_eq!(mei.message(mei.said + 1, &[chat_of("late")]).await.0, 404);
    assert_eq!(mei.wait_after(mei.after).await.0, 404);
    assert_eq!(stage.server.server.lines().count(), 0);
}

#[tokio::test]
async fn a_line_that_acknowledges_nothing_is_dead_however_often_somebody_waits() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mei = seated(&stage, &stage.guest("Lin Mei").await).await;
    let candidate = ClientMessage::Candidate {
        to: anna.wait(joined).await.peer,
        connection: ConnectionId(fresh_page().0),
        candidate: IceCandidate {
            candidate: "candidate:1".into(),
            sdp_mid: None,
            sdp_m_line_index: None,
            username_fragment: None,
        },
    };
    for _ in 0..300 {
        anna.say(&candidate).await;
    }
    let mut look = interval(Duration::from_millis(100));
    let full = |answer: Value| answer["frames"].as_array().map(Vec::len) >= Some(256);
    while !full(mei.wait_after(mei.after).await.1) {
        look.tick().await;
    }
    let began = Instant::now();
    // One batch hangs on the conversation that stands still, and no other beside it.
    let speaking = vec![json!({ "type": "set_speaking", "speaking": true }); 20];
    let first = mei.message(mei.said + 1, &speaking);
    let second = async {
        loop {
            match mei.message(mei.said + 1, &[]).await.0 {
                429 => break,
                status => assert_eq!(status, 200),
            }
            look.tick().await;
        }
    };
    let waits = async { while mei.wait_after(mei.after).await.0 == 200 {} };
    let ((status, _), (), ()) = tokio::join!(first, second, waits);
    assert_eq!(status, 200, "dropped with the line");
    let lasted = began.elapsed();
    assert!(lasted > Duration::from_secs(15), "too early: {lasted:?}");
    assert_eq!(mei.wait_after(mei.after).await.0, 404);
}

#[tokio::test]
async fn misbehaviour_closes_the_line_with_the_code_of_a_socket() {
    let stage = Stage::with_seats(20).await;
    let check = async |from: u64, messages: &[Value], expected: CloseCode| {
        let mut line = seated(&stage, &stage.host).await;
        let from = line.said + from;
        assert_eq!(line.message(from, messages).await.0, 200);
        let expected = LineEnd::Closed(expected.number());
        assert_eq!(closed(&mut line).await, expected, "{messages:.60?}");
    };
    check(1, &[json!({})], CloseCode::Malformed).await;
    check(1, &[json!(1)], CloseCode::Malformed).await;
    check(
        1,
        &[json!({"type": "leave", "extra": 1})],
        CloseCode::Malformed,
    )
    .await;
    check(
        1,
        &[chat_of(&"x".repeat(LARGEST_MESSAGE))],
        CloseCode::TooLarge,
    )
    .await;
    check(1, &vec![chat_of("x"); 65], CloseCode::TooLarge).await;
    check(1, &vec![json!(0); 130_000], CloseCode::TooLarge).await;
    check(2, &[chat_of("a gap")], CloseCode::Malformed).await;

    let rude = line(&stage, &stage.host).await;
    rude.message(1, &[chat_of("before join")]).await;
    let (_, answer) = rude.wait_after(0).await;
    assert_eq!(answer["closed"], json!(CloseCode::JoinExpected.number()));

    let ahead = seated(&stage, &stage.host).await;
    let (_, answer) = ahead.wait_after(ahead.after + 9).await;
    let malformed = json!(CloseCode::Malformed.number());
    let closed = match answer["closed"].is_null() {
        true => ahead.wait_after(ahead.after).await.1["closed"].clone(),
        false => answer["closed"].clone(),
    };
    assert_eq!(closed, malformed);
}

#[tokio::test]
async fn requests_that_are_no_requests_change_nothing() {
    let stage = Stage::with_seats(4).await;
    let mut mei = seated(&stage, &stage.host).await;
    let line = mei.line.clone();
    let bad = [
        ("message", json!({ "line": line, "from": 1 })),
        (
            "message",
            json!({ "line": line, "from": -1, "messages": [] }),
        ),
        ("wait", json!({ "line": line, "after": 0, "extra": 1 })),
        ("wait", json!({ "line": line })),
        ("sign_in", json!({ "name": "anna" })),
        ("sign_out", json!([])),
    ];
    for (verb, body) in bad {
        assert_eq!(mei.post(verb, &body).await.0, 400, "{verb} {body}");
    }
    let large = vec![chat_of(&"x".repeat(60_000)); 5];
    assert_eq!(mei.message(mei.said + 1, &large).await.0, 413);
    let long = json!({ "line": "x".repeat(2000), "after": 0 });
    assert_eq!(mei.post("wait", &long).await.0, 413);
    let unknown = json!({ "line": "AAAAAAAAAAAAAAAAAAAAAA", "after": 0 });
    assert_eq!(mei.post("wait", &unknown).await, (404, json!({})));
    mei.say(&[chat_of("unharmed")]).await;
    until(&mut mei, is_chat).await;
}

#[tokio::test]
async fn a_flood_closes_the_line() {
    let stage = Stage::with_seats(4).await;
    let flood = LineEnd::Closed(CloseCode::Flood.number());
    // Of messages, and of the same messages again.
    let speaking = vec![json!({ "type": "set_speaking", "speaking": true }); 64];
    assert_eq!(flooded(&stage, &speaking, 64).await, flood);
    let large = vec![chat_of(&"x".repeat(60_000)); 4];
    assert_eq!(flooded(&stage, &large, 0).await, flood);
}

/// Says a batch again and again, each time so many numbers later, until the line ends.
async fn flooded(stage: &Stage, batch: &[Value], step: u64) -> LineEnd {
    let mut listener = seated(stage, &stage.host).await;
    let speaker = listener.stolen_by(&stage.host.cookies());
    let mut from = listener.said + 1;
    let sending = async {
        while speaker.message(from, batch).await.0 == 200 {
            from += step;
        }
    };
    tokio::select! {
        end = closed(&mut listener) => end,
        () = sending => closed(&mut listener).await,
    }
}
