//! Joining: who may enter when, and what the others are told; by the door's page and by the socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use std::time::Duration;

use colloquy::{
    api::{ApiError, join::JoinPage},
    model::{InterviewNumber, Refusal, Role},
    protocol::CloseCode,
    server::db::interviews,
};
use support::{
    TestServer,
    attendee::{Attendee, Form},
    scene::{MINUTE, Scene, host, is_told, later, refusal},
    socket::{Closed, Socket},
};

#[tokio::test]
async fn accounts_enter_as_who_they_are() {
    let scene = Scene::open().await;
    let check = async |person: &Attendee, name: &str, role| {
        let expected = (format!("{name} the person"), role);
        assert_eq!(scene.enters_as(person, "").await, Some(expected));
    };
    check(&scene.host, "host", Role::MainInterviewer).await;
    check(&scene.co, "co", Role::CoInterviewer).await;
    check(&scene.anna, "anna", Role::Interviewee).await;
}

#[tokio::test]
async fn strangers_are_told_nothing() {
    let scene = Scene::open().await;
    let outsider = Attendee::signed_up(&scene.server, "outsider", "UTC").await;
    for (person, key) in [
        (&scene.stranger(), ""),
        (&scene.stranger(), "abcdefghijklmnopqrstuv"),
        (&scene.stranger(), "' or 1=1"),
        (&outsider, ""),
    ] {
        let page = person.knock(&scene.number, key).await;
        assert_eq!(
            (refusal(&page), is_told(&page)),
            (Some(Refusal::NotInvited), false)
        );
    }
    for number in ["", "12", "12345x", "999 999 9"] {
        let page = scene.host.knock(number, "").await;
        assert_eq!(refusal(&page), Some(Refusal::Unknown), "{number}");
    }
}

#[tokio::test]
async fn doors_open_ten_minutes_early_and_close_at_the_end() {
    let scene = Scene::starting_in(30 * MINUTE).await;
    let key = scene.host.key_of(&scene.number, "Lin").await;
    let lin = scene.stranger();
    let page = lin.knock(&scene.number, &key).await;
    let JoinPage::Refused {
        refusal: Refusal::TooEarly {
            opens_at,
            starts_at,
        },
        interview,
        now,
    } = page
    else {
        panic!("{page:?}");
    };
    let interview = interview.expect("told to those who are invited");
    assert_eq!(
        (interview.title.as_str(), interview.host.as_str()),
        ("Backend engineer", "host the person")
    );
    assert_eq!(interview.starts_at.at, starts_at);
    assert_eq!(starts_at.since(opens_at), 10 * MINUTE);

    scene
        .server
        .clock
        .advance(opens_at.since(now) - Duration::from_secs(30));
    assert!(matches!(
        refusal(&lin.knock(&scene.number, "").await),
        Some(Refusal::TooEarly { .. })
    ));
    let guest = scene.host.guest_key(&scene.number).await;
    assert_eq!(
        scene.stranger().join(&scene.number, &guest, "Early").await,
        Err(ApiError::Conflict)
    );
    scene.server.clock.advance(Duration::from_secs(30));
    assert!(scene.enters_as(&lin, "").await.is_some());

    scene.server.clock.advance(69 * MINUTE);
    assert!(scene.enters_as(&lin, "").await.is_some());
    scene.server.clock.advance(MINUTE);
    let page = lin.knock(&scene.number, "").await;
    assert_eq!(
        (refusal(&page), is_told(&page)),
        (Some(Refusal::Over { expired: true }), true)
    );
    let page = scene.stranger().knock(&scene.number, &guest).await;
    assert_eq!(refusal(&page), Some(Refusal::Over { expired: true }));
    assert_eq!(
        scene.stranger().join(&scene.number, &guest, "Late").await,
        Err(ApiError::Conflict)
    );
    let page = scene.stranger().knock(&scene.number, "").await;
    assert_eq!(
        (refusal(&page), is_told(&page)),
        (Some(Refusal::NotInvited), false)
    );
}

#[tokio::test]
async fn ended_and_cancelled_interviews_say_so_to_those_invited() {
    let scene = Scene::open().await;
    let number: InterviewNumber = scene.number.parse().unwrap();
    let database = scene.server.server.db();
    let interview = interviews::find(database.reader(), number)
        .await
        .unwrap()
        .unwrap();
    interviews::record_end(database, interview.id, scene.server.server.now())
        .await
        .unwrap();
    let page = scene.anna.knock(&scene.number, "").await;
    assert_eq!(
        (refusal(&page), is_told(&page)),
        (Some(Refusal::Over { expired: false }), true)
    );

    let scene = Scene::open().await;
    scene
        .host
        .call::<()>("cancel_interview", &[("number", &scene.number)])
        .await
        .unwrap();
    let page = scene.anna.knock(&scene.number, "").await;
    assert_eq!(
        (refusal(&page), is_told(&page)),
        (Some(Refusal::Cancelled), true)
    );
    let page = scene.stranger().knock(&scene.number, "").await;
    assert_eq!(
        (refusal(&page), is_told(&page)),
        (Some(Refusal::NotInvited), false)
    );
}

#[tokio::test]
async fn guessing_numbers_is_limited_and_keeps_nobody_out_who_is_invited() {
    let scene = Scene::open().await;
    let key = scene.host.key_of(&scene.number, "Lin").await;
    let guesser = scene.stranger();
    for guess in 0..10 {
        // Existing and unknown numbers count alike.
        let number = if guess % 2 == 0 {
            scene.number.clone()
        } else {
            format!("00000{guess}")
        };
        let seen = refusal(&guesser.knock(&number, "").await);
        assert!(
            matches!(seen, Some(Refusal::NotInvited | Refusal::Unknown)),
            "{seen:?}"
        );
    }
    for number in [scene.number.as_str(), "000001", "x"] {
        let seen = refusal(&guesser.knock(number, "").await);
        let Some(Refusal::TooManyTries { wait_seconds }) = seen else {
            panic!("{seen:?}")
        };
        assert!((1..=900).contains(&wait_seconds));
    }
    let guessed = guesser
        .join(&scene.number, "abcdefghijklmnopqrstuv", "Eve")
        .await;
    assert!(
        matches!(guessed, Err(ApiError::TooMany { .. })),
        "{guessed:?}"
    );
    for _ in 0..12 {
        assert!(scene.enters_as(&scene.stranger(), &key).await.is_some());
        assert!(scene.enters_as(&scene.anna, "").await.is_some());
    }
    scene.server.clock.advance(16 * MINUTE);
    assert_eq!(
        refusal(&guesser.knock("000001", "").await),
        Some(Refusal::Unknown)
    );
}

#[tokio::test]
async fn the_socket_asks_anew_who_may_enter() {
    let scene = Scene::starting_in(11 * MINUTE).await;
    let address = scene.server.address.as_str();
    let open =
        async |person: &Attendee| Socket::open(address, &scene.number, &person.cookies()).await;
    let outsider = Attendee::signed_up(&scene.server, "outsider", "UTC").await;
    let lin = scene.stranger();
    lin.knock(
        &scene.number,
        &scene.host.key_of(&scene.number, "Lin").await,
    )
    .await;
    assert_eq!(open(&lin).await.err(), Some(403), "too early");
    scene.server.clock.advance(2 * MINUTE);
    assert_eq!(open(&scene.stranger()).await.err(), Some(403));
    assert_eq!(open(&outsider).await.err(), Some(403));

    let mut socket = open(&lin)
        .await
        .unwrap_or_else(|status| panic!("refused with {status}"));
    let joined = socket.join().await;
    assert_eq!(
        (joined.you.name.as_str(), joined.you.role),
        ("Lin", Role::Interviewee)
    );
    scene.set_link("Lin", "").await;
    assert_eq!(socket.closed().await, Closed::With(CloseCode::NotAdmitted));
    assert_eq!(open(&lin).await.err(), Some(403), "the link is revoked");

    let mut socket = open(&scene.anna)
        .await
        .unwrap_or_else(|status| panic!("refused with {status}"));
    assert_eq!(socket.join().await.you.role, Role::Interviewee);
    scene
        .host
        .call::<()>("cancel_interview", &[("number", &scene.number)])
        .await
        .unwrap();
    assert_eq!(socket.closed().await, Closed::With(CloseCode::Ended));
    assert_eq!(open(&scene.anna).await.err(), Some(410));
}

#[tokio::test]
async fn an_old_admission_is_worth_nothing() {
    let scene = Scene::open().await;
    let lin = scene.stranger();
    let key = scene.host.key_of(&scene.number, "Lin").await;
    lin.knock(&scene.number, &key).await;
    let mut sockets = Vec::new();
    for person in [&lin, &scene.anna, &scene.co] {
        let opened = Socket::open(&scene.server.address, &scene.number, &person.cookies()).await;
        sockets.push(opened.unwrap_or_else(|status| panic!("refused with {status}")));
    }
    scene.set_link("Lin", "").await;
    scene.anna.post("sign_out", &[]).await.expect_done();
    let cancelled = [("number", scene.number.as_str())];
    scene
        .host
        .post("cancel_interview", &cancelled)
        .await
        .expect_done();
    for mut socket in sockets {
        let outcome = socket.join_or_closed().await;
        assert_eq!(outcome.err(), Some(Closed::With(CloseCode::NotAdmitted)));
    }
}

#[tokio::test]
async fn a_full_room_is_said_to_be_full_to_all_but_those_inside() {
    let scene = Scene::open().await;
    let mut sockets = Vec::new();
    for person in [&scene.host, &scene.co, &scene.anna] {
        let opened = Socket::open(&scene.server.address, &scene.number, &person.cookies()).await;
        let mut socket = opened.unwrap_or_else(|status| panic!("refused with {status}"));
        socket.join().await;
        sockets.push(socket);
    }
    let guest_key = scene.host.guest_key(&scene.number).await;
    let early = scene.stranger();
    early
        .join(&scene.number, &guest_key, "Fourth")
        .await
        .unwrap();
    let opened = Socket::open(&scene.server.address, &scene.number, &early.cookies()).await;
    let mut socket = opened.unwrap_or_else(|status| panic!("refused with {status}"));
    socket.join().await;

    let key = scene.host.key_of(&scene.number, "Lin").await;
    let page = scene.stranger().knock(&scene.number, &key).await;
    assert_eq!(
        (refusal(&page), is_told(&page)),
        (Some(Refusal::Full), true)
    );
    let late = scene.stranger();
    assert_eq!(
        refusal(&late.knock(&scene.number, &guest_key).await),
        Some(Refusal::Full)
    );
    assert_eq!(
        late.join(&scene.number, &guest_key, "Late").await,
        Err(ApiError::Conflict)
    );
    assert!(scene.enters_as(&scene.anna, "").await.is_some());
}

#[tokio::test]
async fn a_title_is_text_on_every_page() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let form = Form::at(&later(&server, 5 * MINUTE)).with("title", "</title><b id=x>");
    let number = host.book(&form).await.unwrap();
    let key = host.guest_key(&number).await;
    for page in [
        Attendee::stranger(&server)
            .get(&format!("/join/{number}?key={key}"))
            .await,
        host.get(&format!("/join/{number}")).await,
        host.get(&format!("/interviews/{number}")).await,
        host.get("/interviews").await,
    ] {
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("<b id=x"), "{}", page.body);
        assert!(page.body.contains("&lt;b id=x"), "{}", page.body);
    }
}
