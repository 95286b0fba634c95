//! Accounts over a real port: signing up, in and out, settings, sessions.

mod support;

use std::time::Duration;

use colloquy::{
    api::ApiError,
    model::{Field, Problem},
    server::sweeper,
};
use support::{PASSWORD, Person, TestServer};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn problem(error: Option<ApiError>, field: Field) -> Option<Problem> {
    error
        .as_ref()
        .and_then(ApiError::problems)
        .and_then(|problems| problems.of(field))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn signing_up_signs_in_and_goes_on() {
    let server = TestServer::start().await;
    let anna = server.stranger();
    let form = [
        ("user_name", "Anna"),
        ("display_name", "Anna K"),
        ("password", PASSWORD),
        ("email", "anna@example.org"),
        ("time_zone", "Europe/Berlin"),
        ("next", "/join/482913"),
    ];
    let answer = anna.post("sign_up", &form).await;
    answer.expect_done();
    assert_eq!(answer.location(), "/join/482913");
    assert!(anna.is_signed_in().await);
    anna.post("sign_out", &[]).await.expect_done();
    assert!(!anna.is_signed_in().await);
    anna.sign_in("  aNNA ", PASSWORD).await.expect_done();
    assert!(anna.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn wrong_fields_are_named() {
    let server = TestServer::start().await;
    let form = [
        ("user_name", "a b"),
        ("display_name", " "),
        ("password", "short"),
        ("email", "x"),
    ];
    let error = server.stranger().post("sign_up", &form).await.error();
    assert_eq!(
        problem(error.clone(), Field::UserName),
        Some(Problem::BadCharacter)
    );
    assert_eq!(
        problem(error.clone(), Field::DisplayName),
        Some(Problem::Missing)
    );
    assert_eq!(
        problem(error.clone(), Field::Password),
        Some(Problem::TooShort { least: 8 })
    );
    assert_eq!(problem(error, Field::Email), Some(Problem::Malformed));
    let answer = server.stranger().post("sign_up", &[]).await;
    assert_eq!(
        answer.status, 422,
        "a missing field is the caller's fault: {}",
        answer.body
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn user_names_are_unique_regardless_of_case() {
    let server = TestServer::start().await;
    server.sign_up("anna").await;
    let error = server.stranger().sign_up("ANNA").await.error();
    assert_eq!(problem(error, Field::UserName), Some(Problem::Taken));
    let (one, two) = (server.stranger(), server.stranger());
    let (one, two) = tokio::join!(one.sign_up("Berta"), two.sign_up("bertA"));
    assert_eq!(
        [one.status, two.status]
            .iter()
            .filter(|status| **status < 400)
            .count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sign_up_can_be_closed() {
    let server = TestServer::start_with(|config| config.sign_up_open = false).await;
    let answer = server.stranger().sign_up("anna").await;
    assert_eq!(
        (answer.status, answer.error()),
        (403, Some(ApiError::SignUpClosed))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_unknown_user_and_a_wrong_password_get_the_same_answer() {
    let server = TestServer::start().await;
    server.sign_up("anna").await;
    let wrong = server.stranger().sign_in("anna", "not the password").await;
    let unknown = server
        .stranger()
        .sign_in("nobody", "not the password")
        .await;
    assert_eq!(wrong.error(), Some(ApiError::WrongCredentials));
    assert_eq!((wrong.status, &wrong.body), (401, &unknown.body));
    assert_eq!(wrong.status, unknown.status);
    let names = |answer: &support::Answer| {
        let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        names.sort();
        names
    };
    assert_eq!(names(&wrong), names(&unknown));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn signing_out_everywhere_reaches_every_browser() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    let (phone, berta) = (server.stranger(), server.sign_up("berta").await);
    phone.sign_in("anna", PASSWORD).await.expect_done();
    let answer = phone.post("sign_out_everywhere", &[]).await;
    answer.expect_done();
    assert_eq!(answer.location(), "/sign-in");
    assert_eq!(
        signed_in(&[&anna, &phone, &berta]).await,
        [false, false, true]
    );
    assert_eq!(anna.post("sign_out_everywhere", &[]).await.status, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_password_signs_the_other_browsers_out() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    let phone = server.stranger();
    phone.sign_in("anna", PASSWORD).await.expect_done();
    let change = |current: &'static str, new: &'static str| {
        let fields = [("current_password", current), ("new_password", new)];
        let anna = &anna;
        async move { anna.post("change_password", &fields).await }
    };
    let wrong = change("not the password", "another horse").await.error();
    assert_eq!(
        problem(wrong, Field::CurrentPassword),
        Some(Problem::WrongPassword)
    );
    let short = change(PASSWORD, "short").await.error();
    assert_eq!(
        problem(short, Field::NewPassword),
        Some(Problem::TooShort { least: 8 })
    );
    let answer = change(PASSWORD, "another horse").await;
    answer.expect_done();
    assert_eq!(answer.location(), "/settings?saved=password");
    assert_eq!(signed_in(&[&anna, &phone]).await, [true, false]);
    assert_eq!(phone.sign_in("anna", PASSWORD).await.status, 401);
    phone.sign_in("anna", "another horse").await.expect_done();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_password_outdates_stolen_cookies_and_sign_ins_under_way() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    let thief = server.stranger();
    thief.take_cookies(&anna.cookies());
    assert!(thief.is_signed_in().await);
    let fields = [
        ("current_password", PASSWORD),
        ("new_password", "another horse"),
    ];
    let phones: Vec<Person> = (0..6).map(|_| server.stranger()).collect();
    let sign_ins = phones.iter().map(|phone| phone.sign_in("anna", PASSWORD));
    let (answer, _) = tokio::join!(
        anna.post("change_password", &fields),
        futures::future::join_all(sign_ins)
    );
    answer.expect_done();
    assert_eq!(signed_in(&[&anna, &thief]).await, [true, false]);
    let phones: Vec<&Person> = phones.iter().collect();
    assert_eq!(signed_in(&phones).await, [false; 6]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn profiles_are_checked_and_kept() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    let wrong = [
        ("display_name", ""),
        ("language", "fr"),
        ("time_zone", "Mars/Olympus"),
    ];
    let error = anna.post("save_profile", &wrong).await.error();
    assert_eq!(
        problem(error.clone(), Field::DisplayName),
        Some(Problem::Missing)
    );
    assert_eq!(
        problem(error.clone(), Field::Language),
        Some(Problem::Malformed)
    );
    assert_eq!(problem(error, Field::TimeZone), Some(Problem::Malformed));
    let right = [
        ("display_name", "林梅"),
        ("language", "zh"),
        ("time_zone", "Asia/Shanghai"),
    ];
    let answer = anna.post("save_profile", &right).await;
    assert_eq!(answer.location(), "/settings?saved=profile");
    assert!(
        anna.get("/settings")
            .await
            .body
            .contains(r#"<html lang="zh""#)
    );
    assert_eq!(
        server.stranger().post("save_profile", &right).await.status,
        401
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_language_is_the_accounts_else_the_cookies_else_the_browsers() {
    let server = TestServer::start().await;
    let somebody = server.stranger();
    assert!(
        somebody
            .get("/sign-in")
            .await
            .body
            .contains(r#"<html lang="en""#)
    );
    let answer = somebody
        .post(
            "choose_language",
            &[("language", "zh"), ("next", "/sign-in")],
        )
        .await;
    assert_eq!(answer.location(), "/sign-in");
    assert!(
        somebody
            .get("/sign-in")
            .await
            .body
            .contains(r#"<html lang="zh""#)
    );
    assert_eq!(
        somebody
            .post("choose_language", &[("language", "fr")])
            .await
            .status,
        422
    );
    let request = server.stranger().request(reqwest::Method::GET, "/sign-in");
    let page = request
        .header("accept-language", "zh-CN,en;q=0.5")
        .send()
        .await
        .expect("a page");
    assert!(
        page.text()
            .await
            .expect("text")
            .contains(r#"<html lang="zh""#)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sessions_live_thirty_days_from_their_last_use() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    for _ in 0..3 {
        server.clock.advance(DAY * 29);
        assert!(anna.is_signed_in().await);
    }
    server.clock.advance(DAY * 31);
    assert!(!anna.is_signed_in().await);
    sweeper::sweep(&server.server).await.expect("swept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stopping_server_finishes_and_its_data_is_there_again() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    assert_eq!(anna.get("/readyz").await.status, 200);
    assert_eq!(anna.get("/healthz").await.status, 200);
    let config = server.server.config().clone();
    let again = colloquy::server::open_database(&config.location)
        .await
        .expect("opened twice");
    again.close().await.expect("closed");
    server.stop().await;
}

async fn signed_in(people: &[&Person]) -> Vec<bool> {
    futures::future::join_all(people.iter().map(|person| person.is_signed_in())).await
}
