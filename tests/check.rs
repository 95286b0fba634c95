//! The check before an interview, over a real port: what a page tries, and who is told what for it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use std::time::Duration;

use colloquy::{
    api::{ApiError, check::CheckPage},
    model::Refusal,
    protocol::IceServer,
    server::check::MOST_SOCKETS_OF_ADDRESS,
};
use futures::StreamExt;
use reqwest::Method;
use support::{
    TestServer,
    attendee::{Attendee, Form},
    scene::{HOUR, MINUTE, Scene, later, refusal},
    socket::Socket,
};
use tokio::{
    net::TcpStream,
    time::{interval, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderName, HeaderValue},
    },
};

const PATIENCE: Duration = Duration::from_secs(30);

type CheckSocket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens a socket of the check with further headers, or answers the status that came instead.
async fn open(server: &TestServer, headers: &[(&'static str, &str)]) -> Result<CheckSocket, u16> {
    let mut request = format!("ws://{}/check/socket", server.address)
        .into_client_request()
        .unwrap();
    for (name, value) in headers {
        let value = HeaderValue::from_str(value).unwrap();
        let name = HeaderName::from_static(name);
        request.headers_mut().insert(name, value);
    }
    match timeout(PATIENCE, connect_async(request)).await.unwrap() {
        Ok((stream, _)) => Ok(stream),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("no connection: {error}"),
    }
}

/// Waits until so many sockets of the check are open.
async fn until_open(server: &TestServer, count: usize) {
    let reached = async {
        let mut look = interval(Duration::from_millis(20));
        while server.server.check_sockets().open() != count {
            look.tick().await;
        }
    };
    timeout(PATIENCE, reached).await.expect("so many sockets");
}

#[tokio::test]
async fn both_ways_say_ok_and_keep_nothing() {
    let server = TestServer::start().await;
    let mut socket = open(&server, &[]).await.unwrap();
    let said = timeout(PATIENCE, socket.next()).await.unwrap();
    assert_eq!(said.unwrap().unwrap(), Message::text("ok"));
    let closed = timeout(PATIENCE, socket.next()).await.unwrap();
    assert!(matches!(closed, Some(Ok(Message::Close(_)))), "{closed:?}");
    while timeout(PATIENCE, socket.next()).await.unwrap().is_some() {}
    until_open(&server, 0).await;

    let stranger = server.stranger();
    let answer = stranger.request(Method::POST, "/check/http").send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers().get("set-cookie").is_none());
    assert_eq!(answer.text().await.unwrap(), "ok");
    assert_eq!(stranger.cookies(), "");
    for (method, path, status) in [
        (Method::GET, "/check/http", 405),
        (Method::POST, "/check/socket", 405),
        (Method::GET, "/check/socket", 400),
    ] {
        let answer = stranger.request(method.clone(), path).send().await;
        assert_eq!(answer.unwrap().status(), status, "{method} {path}");
    }
}

#[tokio::test]
async fn other_sites_may_not_try() {
    let server = TestServer::start().await;
    let own = format!("http://{}", server.address);
    for (name, value, own) in [
        ("origin", own.as_str(), true),
        ("origin", "https://evil.example", false),
        ("origin", "null", false),
        ("origin", "http://127.0.0.1:1", false),
        ("sec-fetch-site", "cross-site", false),
        ("sec-fetch-site", "same-site", false),
    ] {
        let opened = open(&server, &[(name, value)]).await;
        assert_eq!(opened.err(), (!own).then_some(403), "{name}: {value}");
        let stranger = server.stranger();
        let posted = stranger.request(Method::POST, "/check/http");
        let status = posted.header(name, value).send().await.unwrap().status();
        assert_eq!(status, if own { 200 } else { 403 }, "{name}: {value}");
    }
}

#[tokio::test]
async fn open_sockets_are_bounded_by_address_and_in_time() {
    let proxies = vec!["127.0.0.1/32".parse().unwrap()];
    let server = TestServer::start_with(|config| config.trusted_proxies = proxies).await;
    let from = async |address: &str| open(&server, &[("x-forwarded-for", address)]).await;
    let mut held = Vec::new();
    for place in 0..MOST_SOCKETS_OF_ADDRESS {
        let address = format!("2001:db8::{place}");
        held.push(from(&address).await.expect("one of the /64's sockets"));
    }
    assert_eq!(from("2001:db8::ffff").await.err(), Some(429));
    let other = from("198.51.100.2").await.expect("another address");
    assert_eq!(
        server.server.check_sockets().open(),
        MOST_SOCKETS_OF_ADDRESS + 1
    );
    // Nobody reads these, so nobody closes them either: the server does.
    until_open(&server, 0).await;
    let again = from("2001:db8::ffff").await.expect("there is room again");
    drop((held, other, again));
}

fn servers() -> Vec<IceServer> {
    vec![
        stun(),
        IceServer {
            urls: vec!["turn:127.0.0.1:3478".into()],
            username: Some("colloquy".into()),
            credential: Some("secret".into()),
        },
        IceServer {
            urls: vec!["turns:127.0.0.1:5349".into(), "stuns:127.0.0.1:5349".into()],
            username: Some("colloquy".into()),
            credential: Some("secret".into()),
        },
    ]
}

fn stun() -> IceServer {
    stun_at("stun:127.0.0.1:3478")
}

fn stun_at(url: &str) -> IceServer {
    IceServer {
        urls: vec![url.into()],
        username: None,
        credential: None,
    }
}

/// Of [`servers`], what whoever is nobody yet is told.
fn open_servers() -> Vec<IceServer> {
    vec![stun(), stun_at("stuns:127.0.0.1:5349")]
}

/// An interview of tomorrow, on a server with a relay; Anna and the guest Lin are invited.
struct Tomorrow {
    server: TestServer,
    host: Attendee,
    anna: Attendee,
    number: String,
}

impl Tomorrow {
    async fn booked() -> Self {
        let server = TestServer::start_with(|config| config.ice_servers = servers()).await;
        let host = Attendee::signed_up(&server, "host", "UTC").await;
        let anna = Attendee::signed_up(&server, "anna", "UTC").await;
        let form = Form::at(&later(&server, 24 * HOUR))
            .inviting(0, "anna", "2")
            .inviting_guest(1, "Lin", "2");
        let number = host.book(&form).await.unwrap();
        Self {
            server,
            host,
            anna,
            number,
        }
    }

    async fn checks(&self, person: &Attendee, key: &str) -> CheckPage {
        let fields = [("number", self.number.as_str()), ("key", key)];
        person.call("load_check", &fields).await.unwrap()
    }

    async fn is_told(&self, person: &Attendee, key: &str) -> Result<Vec<IceServer>, ApiError> {
        let fields = [("number", self.number.as_str()), ("key", key)];
        person.call("load_ice_servers", &fields).await
    }
}

fn name_of(page: CheckPage) -> Option<String> {
    match page {
        CheckPage::Ready { name, .. } => Some(name),
        CheckPage::Refused { .. } => None,
    }
}

fn refusal_of(page: &CheckPage) -> Option<(Refusal, bool)> {
    match page {
        CheckPage::Refused {
            refusal, interview, ..
        } => Some((*refusal, interview.is_some())),
        CheckPage::Ready { .. } => None,
    }
}

#[tokio::test]
async fn whoever_will_be_admitted_may_check_days_before() {
    let scene = Tomorrow::booked().await;
    let stranger = || Attendee::stranger(&scene.server);
    let personal = scene.host.key_of(&scene.number, "Lin").await;
    let general = scene.host.guest_key(&scene.number).await;
    let outsider = Attendee::signed_up(&scene.server, "outsider", "UTC").await;
    let outsider_there = "outsider the person";
    for (person, key, name, told) in [
        (scene.host.clone(), "", "host the person", servers()),
        (scene.anna.clone(), "", "anna the person", servers()),
        (stranger(), personal.as_str(), "Lin", servers()),
        (stranger(), general.as_str(), "", open_servers()),
        (outsider.clone(), &general, outsider_there, open_servers()),
    ] {
        let page = scene.checks(&person, key).await;
        assert_eq!(name_of(page).as_deref(), Some(name));
        assert_eq!(scene.is_told(&person, key).await, Ok(told), "{name}");
    }
    for (person, key) in [
        (stranger(), ""),
        (stranger(), "abcdefghijklmnopqrstuv"),
        (outsider, ""),
    ] {
        let page = scene.checks(&person, key).await;
        assert_eq!(refusal_of(&page), Some((Refusal::NotInvited, false)));
        assert_eq!(scene.is_told(&person, key).await, Err(ApiError::Forbidden));
    }
    let path = format!("/join/{}/check?key={general}", scene.number);
    let answer = stranger().get(&path).await;
    assert_eq!(answer.status, 200);
    assert!(
        !answer.body.contains("secret"),
        "the relay's password is not in the page"
    );
    let closed = stranger()
        .get(&format!("/join/{}/check", scene.number))
        .await;
    assert_eq!(closed.status, 403);
    assert!(!closed.body.contains("Backend engineer"));
}

#[tokio::test]
async fn what_is_over_is_not_checked_and_tells_no_servers() {
    let scene = Tomorrow::booked().await;
    let general = scene.host.guest_key(&scene.number).await;
    scene.server.clock.advance(26 * HOUR);
    let expired = Some((Refusal::Over { expired: true }, true));
    for (person, key) in [
        (scene.anna.clone(), ""),
        (Attendee::stranger(&scene.server), general.as_str()),
    ] {
        let page = scene.checks(&person, key).await;
        assert_eq!(refusal_of(&page), expired);
        assert_eq!(scene.is_told(&person, key).await, Err(ApiError::Forbidden));
    }
    let scene = Tomorrow::booked().await;
    let cancelled = [("number", scene.number.as_str())];
    scene
        .host
        .call::<()>("cancel_interview", &cancelled)
        .await
        .unwrap();
    let page = scene.checks(&scene.anna, "").await;
    assert_eq!(refusal_of(&page), Some((Refusal::Cancelled, true)));
    assert_eq!(
        scene.is_told(&scene.anna, "").await,
        Err(ApiError::Forbidden)
    );
}

#[tokio::test]
async fn guesses_at_servers_count_as_guesses_at_the_door() {
    let scene = Tomorrow::booked().await;
    let guesser = Attendee::stranger(&scene.server);
    for _ in 0..10 {
        let told = scene.is_told(&guesser, "").await;
        assert_eq!(told, Err(ApiError::Forbidden));
    }
    let told = scene.is_told(&guesser, "").await;
    assert!(matches!(told, Err(ApiError::TooMany { .. })), "{told:?}");
    let page = scene.checks(&guesser, "").await;
    assert!(matches!(
        refusal_of(&page),
        Some((Refusal::TooManyTries { .. }, false))
    ));
}

#[tokio::test]
async fn the_last_seat_is_kept_at_the_door_as_it_is_in_the_room() {
    let scene = Scene::starting_in(5 * MINUTE).await;
    let form = Form::at(&later(&scene.server, 5 * MINUTE))
        .with("seats", "2")
        .inviting(0, "anna", "2");
    let number = scene.host.book(&form).await.unwrap();
    let opened = Socket::open(&scene.server.address, &number, &scene.anna.cookies()).await;
    let mut socket = opened.unwrap_or_else(|status| panic!("refused with {status}"));
    socket.join().await;

    let key = scene.host.guest_key(&number).await;
    let guest = scene.stranger();
    let page = guest.knock(&number, &key).await;
    assert_eq!(
        refusal(&page),
        Some(Refusal::Full),
        "one of two is the host's"
    );
    assert_eq!(
        guest.join(&number, &key, "Late").await,
        Err(ApiError::Conflict)
    );
    for person in [&scene.host, &scene.anna] {
        assert_eq!(refusal(&person.knock(&number, "").await), None);
    }
    assert_eq!(
        refusal_of(&check_of(&guest, &number, &key).await),
        None,
        "a full room may still be prepared for"
    );
}

async fn check_of(person: &Attendee, number: &str, key: &str) -> CheckPage {
    let fields = [("number", number), ("key", key)];
    person.call("load_check", &fields).await.unwrap()
}
