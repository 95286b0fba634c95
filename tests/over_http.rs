//! A room over plain HTTP: everything that goes over a socket, nothing lost and nothing twice.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::time::Duration;

use colloquy::{
    model::{ConnectionId, Role},
    protocol::{ClientMessage, CloseCode, EndReason, ServerMessage},
};
use serde_json::{Value, json};
use support::{
    attendee::Attendee,
    http_line::LineEnd,
    lines::{chat_of, closed, is_chat, line, seated, until},
    socket::{By, Closed, Socket},
    stage::{Stage, chat, joined, peer_away, said},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    time::{Instant, timeout},
};
use uuid::Uuid;

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
    let mei = seated(&stage, &stage.guest("Lin Mei").await).await;
    let older = mei.wait_after(mei.after);
    let newer = async {
        while stage.server.server.lines().waited_on() == 0 {
            tokio::task::yield_now().await;
        }
        let answer = timeout(Duration::from_secs(1), mei.wait_after(mei.after)).await;
        assert!(answer.is_err(), "hangs: {answer:?}");
    };
    let (older, ()) = tokio::join!(older, newer);
    assert_eq!(older.1["frames"], json!([]));
    assert_eq!(older.1["closed"], Value::Null);
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
    // An interviewee, who hears nothing more after the welcome.
    let lin = Attendee::signed_up(&stage.server, "lin", "UTC").await;
    stage.host.invite(&stage.number, "lin", "2").await.unwrap();
    let line = seated(&stage, &lin).await;
    let signing_out = async {
        while stage.server.server.lines().waited_on() == 0 {
            tokio::task::yield_now().await;
        }
        lin.post("sign_out", &[]).await.expect_done();
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
    let seated = seated(&stage, &stage.guest("Lin Mei").await).await;
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
