//! A room over plain HTTP: everything that goes over a socket, nothing lost and nothing twice, and the
//! lines of those who misbehave or are gone.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::time::Duration;

use colloquy::{
    model::{ConnectionId, Role},
    protocol::{ClientMessage, CloseCode, EndReason, LARGEST_MESSAGE, ServerMessage, VERSION},
};
use serde_json::{Value, json};
use support::{
    attendee::Attendee,
    http_line::{HttpLine, LineEnd},
    socket::{By, Closed, Socket, fresh_page},
    stage::{Stage, chat, joined, peer_away, said},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    time::{Instant, timeout},
};
use uuid::Uuid;

async fn line(stage: &Stage, who: &Attendee) -> HttpLine {
    HttpLine::open(&stage.server.address, &stage.number, &who.cookies())
        .await
        .unwrap()
}

fn join() -> Value {
    let media = json!({ "microphone": false, "camera": false, "screen": false });
    json!({ "type": "join", "version": VERSION, "page": fresh_page(), "media": media })
}

fn chat_of(text: &str) -> Value {
    json!({ "type": "send_chat", "text": text })
}

async fn until(line: &mut HttpLine, wanted: impl Fn(&ServerMessage) -> bool) -> ServerMessage {
    loop {
        let message = line.next().await.unwrap();
        if wanted(&message) {
            return message;
        }
    }
}

fn is_welcome(message: &ServerMessage) -> bool {
    matches!(message, ServerMessage::Welcome { .. })
}

fn is_chat(message: &ServerMessage) -> bool {
    matches!(message, ServerMessage::ChatSent { .. })
}

/// How a line ends.
async fn closed(line: &mut HttpLine) -> LineEnd {
    loop {
        if let Err(end) = line.next().await {
            return end;
        }
    }
}

/// A line whose `join` was welcomed.
async fn seated(stage: &Stage, who: &Attendee) -> HttpLine {
    let mut line = line(stage, who).await;
    assert_eq!(line.say(&[join()]).await, 200);
    until(&mut line, is_welcome).await;
    line
}

#[tokio::test]
async fn two_people_meet_signal_write_and_end_by_requests_alone() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open_by(By::Http, &stage.host).await;
    let first = anna.join().await;
    assert_eq!(first.you.role, Role::MainInterviewer);
    let mut mei = stage.open_by(By::Http, &stage.guest("Lin Mei").await).await;
    let second = mei.join().await;
    assert_eq!(second.members, vec![first.you.clone()]);
    assert_eq!(anna.wait(joined).await, second.you);

    let connection = ConnectionId(Uuid::from_u128(7));
    let sdp = "v=0\r\n\"quoted\"".to_owned();
    anna.say(&ClientMessage::Offer {
        to: second.peer,
        connection,
        number: 1,
        sdp: sdp.clone(),
    })
    .await;
    let offer = ServerMessage::Offer {
        from: first.peer,
        connection,
        number: 1,
        sdp: sdp.clone(),
    };
    mei.wait(|message| (*message == offer).then_some(())).await;
    mei.say(&ClientMessage::Answer {
        to: first.peer,
        connection,
        number: 1,
        sdp: sdp.clone(),
    })
    .await;
    let answer = ServerMessage::Answer {
        from: second.peer,
        connection,
        number: 1,
        sdp,
    };
    anna.wait(|message| (*message == answer).then_some(()))
        .await;

    mei.say(&chat("你好")).await;
    for socket in [&mut anna, &mut mei] {
        let expected = ("Lin Mei".to_owned(), "你好".to_owned());
        assert_eq!(socket.wait(said).await, expected);
    }
    anna.say(&ClientMessage::End {}).await;
    for socket in [&mut anna, &mut mei] {
        assert_eq!(socket.closed().await, Closed::With(CloseCode::Ended));
        let last = socket.heard.last();
        let by_host = matches!(
            last,
            Some(ServerMessage::Ended {
                reason: EndReason::ByInterviewer { .. }
            })
        );
        assert!(by_host, "{last:?}");
    }
}

#[tokio::test]
async fn lost_answers_lose_nothing_and_double_nothing() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut mei = seated(&stage, &stage.guest("Lin Mei").await).await;

    // The answer to a batch is lost: it is sent again, with more behind it.
    let (one, two, three) = (chat_of("one"), chat_of("two"), chat_of("three"));
    let from = mei.said + 1;
    assert_eq!(mei.message(from, &[one.clone(), two.clone()]).await.0, 200);
    assert_eq!(mei.message(from, &[one.clone(), two.clone()]).await.0, 200);
    assert_eq!(mei.message(from, &[one, two, three]).await.0, 200);
    for text in ["one", "two", "three"] {
        assert_eq!(anna.wait(said).await.1, text);
    }

    // The answer to a wait is lost: the next one brings the same frames under the same numbers.
    for _ in 0..3 {
        until(&mut mei, is_chat).await;
    }
    anna.say(&chat("four")).await;
    let (_, lost) = mei.wait_after(mei.after).await;
    let (_, again) = mei.wait_after(mei.after).await;
    assert_eq!(lost["first"], json!(mei.after + 1));
    assert_eq!(lost["first"], again["first"]);
    assert_eq!(lost["frames"][0], again["frames"][0]);
    // What was sent under numbers already taken said nothing new.
    anna.say(&chat("five")).await;
    let heard: Vec<ServerMessage> = {
        until(&mut mei, is_chat).await;
        vec![until(&mut mei, is_chat).await]
    };
    assert_eq!(said(&heard[0]).unwrap().1, "five");
    assert!(anna.heard.iter().filter_map(said).count() <= 4);
}

#[tokio::test]
async fn a_dropped_wait_is_resumed_without_anybody_noticing() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut mei = seated(&stage, &stage.guest("Lin Mei").await).await;
    let peer = anna.wait(joined).await.peer;
    // The wait hangs and is given up, as when the network changes.
    let hanging = timeout(Duration::from_millis(200), mei.wait_after(mei.after)).await;
    assert!(hanging.is_err());
    anna.say(&chat("still there?")).await;
    until(&mut mei, is_chat).await;
    mei.say(&[chat_of("yes")]).await;
    assert_eq!(anna.wait(said).await.1, "still there?");
    assert_eq!(anna.wait(said).await.1, "yes");
    assert!(!anna.heard.contains(&ServerMessage::PeerAway { peer }));
}

#[tokio::test]
async fn a_newer_wait_answers_the_older_one() {
    let stage = Stage::with_seats(4).await;
    let mei = seated(&stage, &stage.host).await;
    let older = mei.wait_after(mei.after);
    let newer = async {
        let answer = timeout(Duration::from_secs(1), mei.wait_after(mei.after)).await;
        assert!(answer.is_err(), "hangs: {answer:?}");
    };
    let (older, ()) = tokio::join!(older, newer);
    assert_eq!(older.1["frames"], json!([]));
    assert_eq!(older.1["closed"], Value::Null);
}

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
        .book(&support::attendee::Form::at(&support::stage::host_time(
            &stage.server,
        )))
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
async fn signing_out_of_a_line_keeps_the_seat_and_leaving_frees_it() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let guest = stage.guest("Lin Mei").await;
    let mei = seated(&stage, &guest).await;
    let peer = anna.wait(joined).await.peer;
    let (status, hanging) = tokio::join!(mei.sign_out(), mei.wait_after(mei.after));
    assert_eq!((status, hanging.0), (200, 404));
    anna.wait(peer_away(peer)).await;
    assert_eq!(mei.wait_after(mei.after).await.0, 404);

    let mut mei = seated(&stage, &guest).await;
    assert_eq!(anna.wait(joined).await.peer, peer);
    mei.say(&[json!({ "type": "leave" })]).await;
    let left = CloseCode::Left.number();
    assert_eq!(closed(&mut mei).await, LineEnd::Closed(left));
    assert_eq!(mei.next().await, Err(LineEnd::Closed(left)), "told again");
    anna.wait(|message| (*message == ServerMessage::PeerLeft { peer }).then_some(()))
        .await;
    // What is said after the end is dropped.
    assert_eq!(mei.say(&[chat_of("after")]).await, 200);
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

#[tokio::test]
async fn the_same_person_moves_between_socket_and_line() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let guest = stage.guest("Lin Mei").await;
    let mut socket = stage.open(&guest).await;
    let before = socket.join().await;
    let page = before.page;
    let mut line = stage.open_by(By::Http, &guest).await;
    let after = line.join_as(page).await;
    assert_eq!(after.peer, before.peer);
    assert_eq!(socket.closed().await, Closed::With(CloseCode::Replaced));
    let mut socket = stage.open(&guest).await;
    assert_eq!(socket.join_as(page).await.peer, before.peer);
    assert_eq!(line.closed().await, Closed::With(CloseCode::Replaced));
    socket.say(&chat("here")).await;
    assert_eq!(anna.wait(said).await.1, "here");
    assert_eq!(anna.heard.iter().filter_map(joined).count(), 3);
}

#[tokio::test]
async fn signing_out_of_the_account_closes_the_line_at_once() {
    let stage = Stage::with_seats(4).await;
    let line = seated(&stage, &stage.host).await;
    let signing_out = async {
        stage.host.post("sign_out", &[]).await.expect_done();
        Instant::now()
    };
    let hanging = async {
        let answer = line.wait_after(line.after).await;
        (answer, Instant::now())
    };
    let (signed_out, ((status, answer), told)) = tokio::join!(signing_out, hanging);
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["closed"], json!(CloseCode::SignedOut.number()));
    assert!(told < signed_out + Duration::from_secs(1));
    assert_eq!(line.message(2, &[chat_of("still?")]).await.0, 404);
}

#[tokio::test]
async fn a_stopping_server_answers_every_wait_at_once() {
    let stage = Stage::with_seats(4).await;
    let seated = seated(&stage, &stage.host).await;
    let silent = line(&stage, &stage.guest("Silent").await).await;
    let waits = async { tokio::join!(seated.wait_after(seated.after), silent.wait_after(0)) };
    let stopping = async {
        while stage.server.server.lines().waited_on() < 2 {
            tokio::task::yield_now().await;
        }
        let began = Instant::now();
        stage.server.stop().await;
        began.elapsed()
    };
    let ((one, other), stopped) = tokio::join!(waits, stopping);
    let restarting = json!(CloseCode::Restarting.number());
    for (status, answer) in [one, other] {
        assert_eq!((status, &answer["closed"]), (200, &restarting), "{answer}");
    }
    assert!(stopped < Duration::from_secs(5), "{stopped:?}");
}

/// A network that lets plain requests through and no upgrade.
async fn proxy(upstream: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(pass_on(client, upstream.clone()));
        }
    });
    address
}

async fn pass_on(mut client: TcpStream, upstream: String) {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match client.read_buf(&mut head).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
    if String::from_utf8_lossy(&head)
        .to_lowercase()
        .contains("\r\nupgrade:")
    {
        let answer = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let _ = client.write_all(answer).await;
        return;
    }
    let mut server = TcpStream::connect(upstream).await.unwrap();
    server.write_all(&head).await.unwrap();
    let _ = copy_bidirectional(&mut client, &mut server).await;
}

#[tokio::test]
async fn behind_a_proxy_that_refuses_upgrades_the_room_is_there() {
    let stage = Stage::with_seats(4).await;
    let proxy = proxy(stage.server.address.clone()).await;
    let guest = stage.guest("Lin Mei").await;
    let refused = Socket::open(&proxy, &stage.number, &guest.cookies()).await;
    assert_eq!(refused.err(), Some(403));
    let mut mei = Socket::open_by(By::Http, &proxy, &stage.number, &guest.cookies())
        .await
        .unwrap();
    mei.join().await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    mei.wait(joined).await;
    mei.say(&chat("through the proxy")).await;
    assert_eq!(anna.wait(said).await.1, "through the proxy");
    anna.say(&chat("and back")).await;
    mei.wait(|message| said(message).filter(|(_, text)| text == "and back"))
        .await;
}
