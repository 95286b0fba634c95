//! Rooms over real sockets: seats, signalling, chat, the end, coming back, and those who misbehave.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::time::Duration;

use colloquy::{
    model::{ConnectionId, Role},
    protocol::{
        ClientMessage, CloseCode, EndReason, IceCandidate, LARGEST_MESSAGE, RejectCode,
        ServerMessage,
    },
};
use support::{
    attendee::Form,
    socket::{Closed, Socket},
    stage::{Stage, chat, host_time, joined, peer_away, rejected, said},
};
use uuid::Uuid;

#[tokio::test]
async fn two_people_are_introduced_signal_and_write() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    let first = anna.join().await;
    assert_eq!(first.you.role, Role::MainInterviewer);
    assert!(first.members.is_empty());

    let mut mei = stage.guest_socket("Lin Mei").await;
    let second = mei.join().await;
    assert_eq!(second.members, vec![first.you.clone()]);
    assert_eq!(anna.wait(joined).await, second.you);

    let connection = ConnectionId(Uuid::from_u128(7));
    let sdp = "v=0".to_owned();
    let offer = ClientMessage::Offer {
        to: second.peer,
        connection,
        number: 1,
        sdp: sdp.clone(),
    };
    anna.say(&offer).await;
    let from = first.peer;
    let expected = ServerMessage::Offer {
        from,
        connection,
        number: 1,
        sdp,
    };
    mei.wait(|message| (*message == expected).then_some(()))
        .await;
    let candidate = IceCandidate {
        candidate: "candidate:1".into(),
        sdp_mid: Some("0".into()),
        sdp_m_line_index: Some(0),
        username_fragment: None,
    };
    mei.say(&ClientMessage::Candidate {
        to: first.peer,
        connection,
        candidate,
    })
    .await;
    anna.wait(|message| matches!(message, ServerMessage::Candidate { .. }).then_some(()))
        .await;

    mei.say(&chat(" <script>alert(1)</script> ")).await;
    let heard = anna.wait(said).await;
    assert_eq!(
        heard,
        ("Lin Mei".into(), "<script>alert(1)</script>".into())
    );
    assert_eq!(mei.wait(said).await, heard, "the writer hears it too");
}

#[tokio::test]
async fn only_the_main_interviewer_ends_and_the_end_is_kept() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut mei = stage.guest_socket("Lin Mei").await;
    mei.join().await;
    mei.say(&ClientMessage::End {}).await;
    assert_eq!(mei.wait(rejected).await, RejectCode::Forbidden);

    anna.say(&ClientMessage::End {}).await;
    for socket in [&mut anna, &mut mei] {
        assert_eq!(socket.closed().await, Closed::With(CloseCode::Ended));
        let ended = socket.heard.last();
        assert!(
            matches!(ended, Some(ServerMessage::Ended { reason: EndReason::ByInterviewer { name } }) if name.contains("anna")),
            "{ended:?}"
        );
    }
    let again = Socket::open(&stage.server.address, &stage.number, &stage.host.cookies()).await;
    assert_eq!(again.err(), Some(410), "it is over for good");
}

#[tokio::test]
async fn twenty_race_for_the_last_seats_and_nobody_is_seated_twice() {
    let stage = Stage::with_seats(20).await;
    let mut sockets = Vec::new();
    for place in 0..23 {
        sockets.push(stage.guest_socket(&format!("Guest {place}")).await);
    }
    let late = stage.guest("Late").await;
    sockets.push(stage.open(&stage.host).await);
    let races = sockets.iter_mut().map(|socket| socket.join_or_closed());
    let outcomes = futures::future::join_all(races).await;
    let seated = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(seated, 20);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(refused, Closed::With(CloseCode::Full));
    }
    let page = late.knock(&stage.number, "").await;
    assert!(format!("{page:?}").contains("Full"), "{page:?}");
}

#[tokio::test]
async fn a_cut_socket_keeps_its_seat_and_comes_back_as_the_same_peer() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let guest = stage.guest("Lin Mei").await;
    let mut mei = stage.open(&guest).await;
    let before = mei.join().await;
    mei.cut();
    anna.wait(peer_away(before.peer)).await;

    let mut mei = stage.open(&guest).await;
    let after = mei.join_as(before.page).await;
    assert_eq!(after.you, before.you);
    let heard = loop {
        let member = anna.wait(joined).await;
        if member.present && anna.heard.len() > 2 {
            break member;
        }
    };
    assert_eq!((heard.peer, heard.page), (before.peer, before.page));

    // Another tab of the same person takes the seat over.
    let mut other_tab = stage.open(&guest).await;
    assert_eq!(other_tab.join().await.peer, before.peer);
    assert_eq!(mei.closed().await, Closed::With(CloseCode::Replaced));
}

#[tokio::test]
async fn the_server_comes_back_and_so_does_everybody_as_the_same_peers() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let drained = stage.server.server.hub().clone();
    drained.drain().await;
    assert_eq!(anna.closed().await, Closed::With(CloseCode::Restarting));
    assert_eq!(drained.load(), (0, 0));
    let mut late = stage.open(&stage.host).await;
    assert_eq!(
        late.join_or_closed().await.err(),
        Some(Closed::With(CloseCode::Restarting))
    );
}

#[tokio::test]
async fn a_half_open_socket_is_found() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut mei = stage.guest_socket("Lin Mei").await;
    let peer = mei.join().await.peer;
    // A client that nobody polls answers no ping, as one whose network is gone.
    anna.wait(peer_away(peer)).await;
}

#[tokio::test]
async fn misbehaviour_closes_the_socket_with_the_documented_code() {
    let stage = Stage::with_seats(20).await;
    let check = async |frame: &str, expected: CloseCode| {
        let mut socket = stage.guest_socket("Somebody").await;
        socket.join().await;
        socket.say_text(frame).await;
        assert_eq!(socket.closed().await, Closed::With(expected), "{frame:.60}");
    };
    check("{}", CloseCode::Malformed).await;
    check("not JSON", CloseCode::Malformed).await;
    check(r#"{"type":"leave","extra":1}"#, CloseCode::Malformed).await;
    check(r#"{"type":"grant_everything"}"#, CloseCode::Malformed).await;
    check(&"x".repeat(LARGEST_MESSAGE + 1), CloseCode::TooLarge).await;
    check(r#"{"type":"leave"}"#, CloseCode::Left).await;

    let mut socket = stage.guest_socket("Binary").await;
    socket.join().await;
    socket.say_bytes(vec![9, 2, 3]).await;
    assert_eq!(socket.closed().await, Closed::With(CloseCode::Malformed));

    let mut socket = stage.guest_socket("Rude").await;
    socket.say(&chat("before join")).await;
    assert_eq!(socket.closed().await, Closed::With(CloseCode::JoinExpected));

    let mut socket = stage.guest_socket("Old").await;
    socket
        .say_text(r#"{"type":"join","version":0,"page":"00000000-0000-0000-0000-000000000001","media":{"microphone":false,"camera":false,"screen":false}}"#)
        .await;
    assert_eq!(socket.closed().await, Closed::With(CloseCode::WrongVersion));
}

#[tokio::test]
async fn a_flooder_and_a_slow_reader_harm_nobody_else() {
    let stage = Stage::with_seats(6).await;
    let mut anna = stage.open(&stage.host).await;
    let host = anna.join().await.peer;
    let mut slow = stage.guest_socket("Slow").await;
    let slow_peer = slow.join().await.peer;
    let mut flooder = stage.guest_socket("Flooder").await;
    flooder.join().await;

    let sdp = "x".repeat(32 * 1024);
    let connection = ConnectionId(Uuid::from_u128(1));
    let offer = ClientMessage::Offer {
        to: slow_peer,
        connection,
        number: 1,
        sdp,
    };
    let text = serde_json::to_string(&offer).unwrap();
    // The flooder is closed for its pace; what it sent before overflows only the one who does not read.
    while flooder.try_say_text(&text).await {}
    let closed = flooder.closed().await;
    assert!(
        matches!(
            closed,
            Closed::With(CloseCode::Flood) | Closed::Otherwise(None)
        ),
        "{closed:?}"
    );

    let mut mei = stage.guest_socket("Lin Mei").await;
    mei.join().await;
    mei.say(&chat("still here")).await;
    assert_eq!(anna.wait(said).await.1, "still here");
    anna.say(&ClientMessage::Candidate {
        to: host,
        connection,
        candidate: IceCandidate {
            candidate: String::new(),
            sdp_mid: None,
            sdp_m_line_index: None,
            username_fragment: None,
        },
    })
    .await;
    assert_eq!(anna.wait(rejected).await, RejectCode::UnknownPeer);
}

#[tokio::test]
async fn cancelling_rescheduling_and_removing_reach_the_room() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let mut mei = stage.guest_socket("Lin Mei").await;
    mei.join().await;

    let form = Form::at(&host_time(&stage.server)).with("duration", "90");
    let edited = stage
        .host
        .post("edit_interview", &form.edit(&stage.number))
        .await;
    edited.expect_done();
    let ends_at = stage.host.look(&stage.number).await.unwrap().ends_at.at;
    mei.wait(|message| match message {
        ServerMessage::Clock { ends_at: told, .. } if *told == ends_at => Some(()),
        _ => None,
    })
    .await;

    let participant = stage
        .host
        .find(&stage.number, "Lin Mei")
        .await
        .id
        .to_string();
    let fields = [
        ("number", stage.number.as_str()),
        ("participant", participant.as_str()),
    ];
    stage
        .host
        .post("remove_participant", &fields)
        .await
        .expect_done();
    assert_eq!(mei.closed().await, Closed::With(CloseCode::NotAdmitted));

    stage
        .host
        .post("cancel_interview", &[("number", &stage.number)])
        .await
        .expect_done();
    assert_eq!(anna.closed().await, Closed::With(CloseCode::Ended));
    let reason = EndReason::Cancelled {};
    assert_eq!(anna.heard.last(), Some(&ServerMessage::Ended { reason }));
}

#[tokio::test]
async fn a_long_chat_fits_into_one_welcome() {
    let stage = Stage::with_seats(6).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    // Each of them is twice as long in JSON.
    let text = "\"".repeat(2000);
    for person in 0..4 {
        let mut guest = stage.guest_socket(&format!("Guest {person}")).await;
        guest.join().await;
        for _ in 0..10 {
            guest.say(&chat(&text)).await;
        }
        for _ in 0..10 {
            anna.wait(said).await;
        }
    }
    let mut reloaded = stage.open(&stage.host).await;
    reloaded.join().await;
    let remembered = reloaded.heard.iter().find_map(|message| match message {
        ServerMessage::Welcome { chat, .. } => Some(chat.len()),
        _ => None,
    });
    assert_eq!(remembered, Some(40));
}

#[tokio::test]
async fn signing_out_closes_the_socket() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    stage.host.post("sign_out", &[]).await.expect_done();
    assert_eq!(anna.closed().await, Closed::With(CloseCode::SignedOut));
}

#[tokio::test]
async fn time_runs_out_for_the_room() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    stage.server.clock.advance(Duration::from_secs(3 * 3600));
    // Any word makes the room look at the clock.
    anna.say(&chat("late")).await;
    assert_eq!(anna.closed().await, Closed::With(CloseCode::Ended));
    let reason = EndReason::Expired {};
    assert_eq!(anna.heard.last(), Some(&ServerMessage::Ended { reason }));
}

#[tokio::test]
async fn prolonged_stays_prolonged_and_an_edit_still_reaches_the_room() {
    let stage = Stage::with_seats(4).await;
    let mut anna = stage.open(&stage.host).await;
    anna.join().await;
    let before = stage.host.look(&stage.number).await.unwrap().ends_at.at;
    anna.say(&ClientMessage::Extend { minutes: 15 }).await;
    let later = before + Duration::from_secs(15 * 60);
    let clock = |end| {
        move |message: &ServerMessage| match message {
            ServerMessage::Clock { ends_at, .. } if *ends_at == end => Some(()),
            _ => None,
        }
    };
    anna.wait(clock(later)).await;
    let stored = stage.host.look(&stage.number).await.unwrap().ends_at.at;
    assert_eq!(stored, later);
    // Past the old end people still come in.
    stage.server.clock.advance(Duration::from_secs(62 * 60));
    let mut mei = stage.guest_socket("Lin Mei").await;
    mei.join().await;

    let looked = stage.host.look(&stage.number).await.unwrap();
    let start = looked.starts_at.at;
    let start = colloquy::server::time_zones::to_local(start, "UTC").to_string();
    let form = Form::at(&start)
        .with("duration", "120")
        .with("waiting", "3");
    let fields = form.edit(&stage.number);
    let edited = stage.host.post("edit_interview", &fields).await;
    edited.expect_done();
    let edited = stage.host.look(&stage.number).await.unwrap().ends_at.at;
    mei.wait(clock(edited)).await;
    mei.say(&chat("still here")).await;
    assert_eq!(anna.wait(said).await.1, "still here");
    let mut late = stage.guest_socket("Late").await;
    late.knock().await;
}
