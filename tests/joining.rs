//! Joining: who may enter when, by account, personal link and general guest link.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure fails the test"
)]

mod support;

use std::time::Duration;

use colloquy::{
    api::{ApiError, join::JoinPage},
    model::{InterviewNumber, Refusal, Role},
    server::{db::interviews, time_zones},
};
use support::{
    TestServer,
    attendee::{Attendee, Form},
};

const MINUTE: Duration = Duration::from_secs(60);

/// An interview of an hour whose doors are open. Invited are the users Co and Anna and the guest Lin.
struct Scene {
    server: TestServer,
    host: Attendee,
    co: Attendee,
    anna: Attendee,
    number: String,
}

impl Scene {
    async fn open() -> Self {
        Self::starting_in(5 * MINUTE).await
    }

    async fn starting_in(wait: Duration) -> Self {
        let server = TestServer::start().await;
        let host = Attendee::signed_up(&server, "host", "UTC").await;
        let co = Attendee::signed_up(&server, "co", "UTC").await;
        let anna = Attendee::signed_up(&server, "anna", "UTC").await;
        let starts_at = time_zones::to_local(server.server.now() + wait, "UTC").to_string();
        let form = Form::at(&starts_at)
            .inviting(0, "co", "1")
            .inviting(1, "anna", "2")
            .inviting_guest(2, "Lin", "2");
        let number = host.book(&form).await.unwrap();
        Self {
            server,
            host,
            co,
            anna,
            number,
        }
    }

    /// Somebody with a fresh browser.
    fn stranger(&self) -> Attendee {
        Attendee::stranger(&self.server)
    }

    async fn set_link(&self, name: &str, on: &str) {
        let id = self.host.find(&self.number, name).await.id.to_string();
        let fields = [
            ("number", self.number.as_str()),
            ("participant", &id),
            ("on", on),
        ];
        self.host
            .call::<()>("set_personal_link", &fields)
            .await
            .unwrap();
    }

    async fn set_guest_link(&self, on: &str) {
        let fields = [("number", self.number.as_str()), ("on", on)];
        self.host
            .call::<()>("set_guest_link", &fields)
            .await
            .unwrap();
    }

    async fn remove(&self, name: &str) {
        let id = self.host.find(&self.number, name).await.id.to_string();
        let fields = [("number", self.number.as_str()), ("participant", &id)];
        self.host
            .call::<()>("remove_participant", &fields)
            .await
            .unwrap();
    }

    async fn enters_as(&self, person: &Attendee, key: &str) -> Option<(String, Role)> {
        match person.knock(&self.number, key).await {
            JoinPage::Lobby { name, role, .. } => Some((name, role)),
            _ => None,
        }
    }
}

fn refusal(page: &JoinPage) -> Option<Refusal> {
    match page {
        JoinPage::Refused { refusal, .. } => Some(*refusal),
        _ => None,
    }
}

fn is_told(page: &JoinPage) -> bool {
    match page {
        JoinPage::Refused { interview, .. } => interview.is_some(),
        _ => true,
    }
}

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
async fn a_personal_link_admits_its_guest_until_it_is_revoked_or_replaced() {
    let scene = Scene::open().await;
    let lin = scene.stranger();
    let key = scene.host.key_of(&scene.number, "Lin").await;
    let expected = Some(("Lin".to_owned(), Role::Interviewee));
    assert_eq!(scene.enters_as(&lin, &key).await, expected);
    assert_eq!(
        scene.enters_as(&lin, "").await,
        expected,
        "the browser holds the seat"
    );
    assert!(lin.look(&scene.number).await.is_ok());

    scene.set_link("Lin", "on").await;
    assert_eq!(scene.enters_as(&lin, "").await, None);
    assert_eq!(scene.enters_as(&lin, &key).await, None);
    let new_key = scene.host.key_of(&scene.number, "Lin").await;
    assert_ne!(new_key, key);
    assert_eq!(scene.enters_as(&lin, &new_key).await, expected);

    scene.set_link("Lin", "").await;
    assert_eq!(scene.host.find(&scene.number, "Lin").await.link, None);
    assert_eq!(
        refusal(&lin.knock(&scene.number, &new_key).await),
        Some(Refusal::NotInvited)
    );
    assert_eq!(
        lin.look(&scene.number).await,
        Err(ApiError::Unauthenticated)
    );
}

#[tokio::test]
async fn a_personal_link_admits_an_interviewee_with_an_account_without_signing_in() {
    let scene = Scene::open().await;
    let key = scene.host.key_of(&scene.number, "anna").await;
    let elsewhere = scene.stranger();
    let expected = Some(("anna the person".to_owned(), Role::Interviewee));
    assert_eq!(scene.enters_as(&elsewhere, &key).await, expected);
    assert_eq!(scene.enters_as(&elsewhere, "").await, expected);
    let other = Attendee::signed_up(&scene.server, "other", "UTC").await;
    assert_eq!(scene.enters_as(&other, &key).await, expected);
    assert_eq!(other.list("attended", "upcoming", "", 1).await.rows, []);
}

#[tokio::test]
async fn an_interviewers_link_admits_nobody_but_the_account() {
    let scene = Scene::open().await;
    let key = scene.host.key_of(&scene.number, "co").await;
    let stranger = scene.stranger();
    let page = stranger.knock(&scene.number, &key).await;
    assert_eq!(
        (refusal(&page), is_told(&page)),
        (Some(Refusal::SignInNeeded), true)
    );
    assert_eq!(
        refusal(&stranger.knock(&scene.number, "").await),
        Some(Refusal::NotInvited)
    );
    let other = Attendee::signed_up(&scene.server, "other", "UTC").await;
    assert_eq!(
        refusal(&other.knock(&scene.number, &key).await),
        Some(Refusal::NotInvited)
    );
    let expected = Some(("co the person".to_owned(), Role::CoInterviewer));
    assert_eq!(scene.enters_as(&scene.co, &key).await, expected);
    assert_eq!(
        stranger.join(&scene.number, &key, "Eve").await,
        Err(ApiError::Forbidden)
    );
}

#[tokio::test]
async fn the_guest_link_asks_for_a_name_and_lasts_in_that_browser() {
    let scene = Scene::open().await;
    let key = scene.host.guest_key(&scene.number).await;
    let guest = scene.stranger();
    let page = guest.knock(&scene.number, &key).await;
    assert!(matches!(page, JoinPage::NameNeeded { .. }), "{page:?}");
    assert!(guest.join(&scene.number, &key, " ").await.is_err());
    guest
        .join(&scene.number, &key, " Wang Fang ")
        .await
        .unwrap();
    guest.join(&scene.number, &key, "Another").await.unwrap();
    let expected = Some(("Wang Fang".to_owned(), Role::Interviewee));
    assert_eq!(scene.enters_as(&guest, &key).await, expected);
    assert_eq!(
        scene
            .host
            .look(&scene.number)
            .await
            .unwrap()
            .participants
            .len(),
        5
    );

    scene.set_guest_link("").await;
    assert_eq!(
        scene.host.look(&scene.number).await.unwrap().guest_link,
        None
    );
    assert_eq!(scene.enters_as(&guest, "").await, expected);
    let late = scene.stranger();
    assert_eq!(
        refusal(&late.knock(&scene.number, &key).await),
        Some(Refusal::NotInvited)
    );
    assert_eq!(
        late.join(&scene.number, &key, "Late").await,
        Err(ApiError::Forbidden)
    );

    scene.set_guest_link("on").await;
    scene.remove("Wang Fang").await;
    let new_key = scene.host.guest_key(&scene.number).await;
    assert_ne!(new_key, key);
    assert_eq!(
        refusal(&guest.knock(&scene.number, &new_key).await),
        Some(Refusal::NotInvited)
    );
    assert_eq!(
        guest.join(&scene.number, &new_key, "Me").await,
        Err(ApiError::Forbidden)
    );
    assert_eq!(scene.enters_as(&guest, "").await, None);
}

#[tokio::test]
async fn the_guest_link_admits_accounts_as_themselves_unless_removed() {
    let scene = Scene::open().await;
    let key = scene.host.guest_key(&scene.number).await;
    let outsider = Attendee::signed_up(&scene.server, "outsider", "UTC").await;
    let expected = Some(("outsider the person".to_owned(), Role::Interviewee));
    assert_eq!(scene.enters_as(&outsider, &key).await, expected);
    assert_eq!(scene.enters_as(&outsider, "").await, expected);
    assert_eq!(
        outsider
            .list("attended", "upcoming", "", 1)
            .await
            .rows
            .len(),
        1
    );
    scene.remove("outsider").await;
    assert_eq!(
        refusal(&outsider.knock(&scene.number, &key).await),
        Some(Refusal::NotInvited)
    );
    assert_eq!(
        outsider.join(&scene.number, &key, "x").await,
        Err(ApiError::Forbidden)
    );
    assert_eq!(
        scene
            .enters_as(&scene.host, &key)
            .await
            .map(|(_, role)| role),
        Some(Role::MainInterviewer)
    );
}

#[tokio::test]
async fn people_sharing_a_browser_are_who_their_link_says() {
    let scene = Scene::open().await;
    let shared = scene.stranger();
    let lin = scene.host.key_of(&scene.number, "Lin").await;
    let anna = scene.host.key_of(&scene.number, "anna").await;
    let name = async |key: &str| scene.enters_as(&shared, key).await.map(|(name, _)| name);
    assert_eq!(name(&lin).await.as_deref(), Some("Lin"));
    assert_eq!(name(&anna).await.as_deref(), Some("anna the person"));
    assert_eq!(name("").await.as_deref(), Some("anna the person"));
    assert_eq!(name(&lin).await.as_deref(), Some("Lin"));
    assert_eq!(name("").await.as_deref(), Some("Lin"));
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
