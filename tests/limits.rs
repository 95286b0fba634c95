//! How often passwords and names may be tried, over a real port.

mod support;

use colloquy::{
    api::ApiError,
    model::attempts::{MOST_ATTEMPTS, WINDOW},
    server::attempts::{MOST_LOOK_UPS, MOST_NEW},
};
use support::{
    PASSWORD, TestServer,
    attendee::{Attendee, Form},
    scene::{HOUR, Scene, host, later},
};

fn is_too_many<T>(answer: &Result<T, ApiError>) -> bool {
    matches!(answer, Err(ApiError::TooMany { .. }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_eleventh_wrong_password_is_not_even_looked_at() {
    let server = TestServer::start().await;
    server.sign_up("anna").await;
    let guess = |number: usize| {
        let guesser = server
            .stranger()
            .forwarded_for(&format!("198.51.100.{number}"));
        async move { guesser.sign_in("Anna", "guess guess").await.status }
    };
    for number in 0..MOST_ATTEMPTS {
        assert_eq!(guess(number).await, 401, "{number}");
    }
    assert_eq!(guess(99).await, 429, "X-Forwarded-For is not believed");
    let right = server.stranger().sign_in("anna", PASSWORD).await;
    assert_eq!(right.status, 429);
    let Some(ApiError::TooMany { wait_seconds }) = right.error() else {
        panic!("{}", right.body)
    };
    assert!((1..=900).contains(&wait_seconds), "{wait_seconds}");
    server.clock.advance(WINDOW);
    server
        .stranger()
        .sign_in("anna", PASSWORD)
        .await
        .expect_done();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_guesses_at_once_are_no_more_than_ten() {
    let server = TestServer::start().await;
    server.sign_up("anna").await;
    let guesses = (0..30).map(|_| {
        let guesser = server.stranger();
        async move { guesser.sign_in("anna", "guess guess").await.status }
    });
    let statuses = futures::future::join_all(guesses).await;
    assert_eq!(
        statuses.iter().filter(|status| **status == 401).count(),
        MOST_ATTEMPTS
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 429).count(),
        30 - MOST_ATTEMPTS
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_count_by_address_across_accounts() {
    let proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    let server = TestServer::start_with(|config| config.trusted_proxies = proxies).await;
    server.sign_up("anna").await;
    let from = |address: &str| server.stranger().forwarded_for(address);
    for number in 0..MOST_ATTEMPTS {
        let name = format!("somebody{number}");
        assert_eq!(
            from("198.51.100.1")
                .sign_in(&name, "guess guess")
                .await
                .status,
            401
        );
    }
    assert_eq!(
        from("198.51.100.1").sign_in("anna", PASSWORD).await.status,
        429
    );
    let made_up = from("203.0.113.7, 198.51.100.1");
    assert_eq!(
        made_up.sign_in("anna", PASSWORD).await.status,
        429,
        "only the last hop counts"
    );
    from("198.51.100.2")
        .sign_in("anna", PASSWORD)
        .await
        .expect_done();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn successes_use_no_tries() {
    let server = TestServer::start().await;
    server.sign_up("anna").await;
    for _ in 0..MOST_ATTEMPTS + 5 {
        server
            .stranger()
            .sign_in("anna", PASSWORD)
            .await
            .expect_done();
    }
    for _ in 0..MOST_ATTEMPTS - 1 {
        assert_eq!(
            server
                .stranger()
                .sign_in("anna", "guess guess")
                .await
                .status,
            401
        );
    }
    server
        .stranger()
        .sign_in("anna", PASSWORD)
        .await
        .expect_done();
    assert_eq!(
        server
            .stranger()
            .sign_in("anna", "guess guess")
            .await
            .status,
        401
    );
    assert_eq!(
        server
            .stranger()
            .sign_in("anna", "guess guess")
            .await
            .status,
        429,
        "a success clears the account but not the address"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn asking_which_names_are_taken_is_limited() {
    let server = TestServer::start().await;
    server.sign_up("anna").await;
    for _ in 0..MOST_ATTEMPTS {
        assert_eq!(server.stranger().sign_up("anna").await.status, 422);
    }
    assert_eq!(server.stranger().sign_up("anna").await.status, 429);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_current_password_cannot_be_guessed_either() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    let guess = [
        ("current_password", "guess guess"),
        ("new_password", "another horse"),
    ];
    for _ in 0..MOST_ATTEMPTS {
        assert_eq!(anna.post("change_password", &guess).await.status, 422);
    }
    assert_eq!(anna.post("change_password", &guess).await.status, 429);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_list_of_users_cannot_be_read_one_by_one() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    for _ in 0..MOST_LOOK_UPS {
        assert!(host.id_of("host").await > 0);
    }
    let found = host.call::<()>("find_user", &[("user", "host")]).await;
    assert!(is_too_many(&found), "{found:?}");
    let form = Form::at(&later(&server, HOUR));
    let booked = host.book(&form.clone().inviting(0, "host", "2")).await;
    assert!(is_too_many(&booked), "{booked:?}");
    host.book(&form).await.expect("booked without invitees");
    server.clock.advance(WINDOW);
    assert!(host.id_of("host").await > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_unknown_invitee_of_a_form_counts() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let form = Form::at(&later(&server, HOUR)).with("seats", "20");
    let guesses = (0..=MOST_ATTEMPTS).fold(form, |form, place| {
        form.inviting(place, &format!("guess{place}"), "2")
    });
    let booked = host.book(&guesses).await;
    assert!(is_too_many(&booked), "{booked:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn bookings_are_limited() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let form = Form::at(&later(&server, HOUR));
    for _ in 0..MOST_NEW {
        host.book(&form).await.expect("booked");
    }
    let booked = host.book(&form).await;
    assert!(is_too_many(&booked), "{booked:?}");
    server.clock.advance(WINDOW);
    host.book(&form).await.expect("booked again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn new_guests_of_one_address_are_limited() {
    let scene = Scene::open().await;
    let key = scene.host.guest_key(&scene.number).await;
    for _ in 0..MOST_NEW {
        let guest = scene.stranger();
        guest
            .join(&scene.number, &key, "Lin")
            .await
            .expect("joined");
    }
    let one_more = scene.stranger().join(&scene.number, &key, "Lin").await;
    assert!(is_too_many(&one_more), "{one_more:?}");
    let account = Attendee::signed_up(&scene.server, "outsider", "UTC").await;
    let joined = account.join(&scene.number, &key, "").await;
    joined.expect("accounts are no new guests");
}
