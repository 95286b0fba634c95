//! Every server function of interviews, participants and joining, asked by everybody: what status
//! they get, and that nothing leaks into any answer. Those of questions are in `rights_to_questions`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use std::time::Duration;

use colloquy::server::time_zones;
use support::{
    Answer, TestServer,
    attendee::{Attendee, Form},
};

const MOST_PEOPLE: &str = "6";
/// Words that stand only in what some people may not see.
const HOSTS_MARK: &str = "hosts-secret-note";
const ANNAS_MARK: &str = "annas-secret-note";

/// The order of the columns in the tables below.
const PEOPLE: [&str; 6] = [
    "stranger",
    "outsider",
    "guest of another",
    "interviewee",
    "co-interviewer",
    "host",
];

struct Scene {
    _server: TestServer,
    /// In the order of [`PEOPLE`].
    people: [Attendee; 6],
    number: String,
    /// The participant Lin, who is a guest.
    lin: String,
    /// The participant host.
    main: String,
    /// Keys of links.
    secrets: Vec<String>,
    starts_at: String,
}

impl Scene {
    async fn set() -> Self {
        let server = TestServer::start().await;
        let people = [
            Attendee::stranger(&server),
            Attendee::signed_up(&server, "outsider", "UTC").await,
            Attendee::stranger(&server),
            Attendee::signed_up(&server, "anna", "UTC").await,
            Attendee::signed_up(&server, "colin", "UTC").await,
            Attendee::signed_up(&server, "greta", "UTC").await,
        ];
        let [_, outsider, guest, anna, _, host] = &people;
        let soon = server.server.now() + Duration::from_secs(5 * 60);
        let starts_at = time_zones::to_local(soon, "UTC").to_string();
        let other = outsider.book(&Form::at(&starts_at)).await.unwrap();
        let other_key = outsider.guest_key(&other).await;
        guest
            .join(&other, &other_key, "Guest of another")
            .await
            .unwrap();

        let form = Form::at(&starts_at)
            .with("seats", MOST_PEOPLE)
            .inviting(0, "colin", "1")
            .inviting(1, "anna", "2")
            .inviting_guest(2, "Lin", "2");
        let number = host.book(&form).await.unwrap();
        let mark = |person: &Attendee, mark: &'static str| {
            let (person, number) = (person.clone(), number.clone());
            async move {
                let fields = [("number", number.as_str()), ("mark", mark)];
                person.call::<()>("save_mark", &fields).await.unwrap();
            }
        };
        mark(host, HOSTS_MARK).await;
        mark(anna, ANNAS_MARK).await;
        let lin = host.find(&number, "Lin").await.id.to_string();
        let main = host.find(&number, "greta").await.id.to_string();
        let passed = [
            ("number", number.as_str()),
            ("participant", &lin),
            ("result", "passed"),
        ];
        host.call::<()>("record_result", &passed).await.unwrap();
        let secrets = vec![
            host.guest_key(&number).await,
            host.key_of(&number, "Lin").await,
            host.key_of(&number, "anna").await,
            host.key_of(&number, "colin").await,
        ];
        Self {
            _server: server,
            people,
            number,
            lin,
            main,
            secrets,
            starts_at,
        }
    }
}

async fn ask_all(scene: &Scene, endpoint: &str, fields: &[(&str, &str)]) -> Vec<Answer> {
    let mut replies = Vec::new();
    for person in &scene.people {
        replies.push(person.post(endpoint, fields).await);
    }
    replies
}

/// Asks as everybody, the host last, and compares the statuses.
async fn check(scene: &Scene, endpoint: &str, fields: &[(&str, &str)], expected: [u16; 6]) {
    let replies = ask_all(scene, endpoint, fields).await;
    let seen: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    assert_eq!(seen, expected, "{endpoint} by {PEOPLE:?}: {replies:?}");
    for (person, reply) in PEOPLE.iter().zip(&replies).take(5) {
        assert_nothing_leaks(scene, endpoint, person, &reply.body);
    }
}

/// The host alone sees keys; everybody but the owner of a note is spared the note.
fn assert_nothing_leaks(scene: &Scene, endpoint: &str, person: &str, text: &str) {
    for secret in &scene.secrets {
        assert!(
            !text.contains(secret),
            "{endpoint} tells {person} a key: {text}"
        );
    }
    assert!(
        !text.contains(HOSTS_MARK),
        "{endpoint} tells {person} a note: {text}"
    );
    let own = person == "interviewee";
    assert!(
        own || !text.contains(ANNAS_MARK),
        "{endpoint} tells {person} a note: {text}"
    );
}

#[tokio::test]
async fn every_function_answers_everybody_as_they_may_expect() {
    let scene = Scene::set().await;
    let number = ("number", scene.number.as_str());
    let lin = ("participant", scene.lin.as_str());
    let form = Form::at(&scene.starts_at).with("seats", MOST_PEOPLE);

    check(
        &scene,
        "load_booking_defaults",
        &[],
        [401, 200, 401, 200, 200, 200],
    )
    .await;
    check(
        &scene,
        "book_interview",
        &form.fields(),
        [401, 200, 401, 200, 200, 200],
    )
    .await;
    let list = [
        ("side", "attended"),
        ("period", "upcoming"),
        ("search", ""),
        ("page", "1"),
    ];
    check(
        &scene,
        "list_interviews",
        &list,
        [401, 200, 401, 200, 200, 200],
    )
    .await;
    check(
        &scene,
        "find_user",
        &[("user", "anna")],
        [401, 200, 401, 200, 200, 200],
    )
    .await;

    let strangers_and_members = [401, 404, 401, 200, 200, 200];
    check(&scene, "load_interview", &[number], strangers_and_members).await;

    let interviewers_only = [401, 404, 401, 403, 200, 200];
    check(
        &scene,
        "record_result",
        &[number, lin, ("result", "failed")],
        interviewers_only,
    )
    .await;

    let host_only = [401, 404, 401, 403, 403, 200];
    check(
        &scene,
        "edit_interview",
        &form.edit(&scene.number),
        host_only,
    )
    .await;
    let invited = [number, ("name", "One more"), ("role", "2")];
    check(&scene, "invite", &invited, host_only).await;
    check(&scene, "set_guest_link", &[number, ("on", "on")], host_only).await;
    check(
        &scene,
        "set_personal_link",
        &[number, lin, ("on", "on")],
        host_only,
    )
    .await;
    check(&scene, "remove_participant", &[number, lin], host_only).await;

    let own = ("participant", scene.main.as_str());
    let nobody = [401, 404, 401, 403, 403, 403];
    check(&scene, "remove_participant", &[number, own], nobody).await;
    check(
        &scene,
        "set_personal_link",
        &[number, own, ("on", "on")],
        nobody,
    )
    .await;

    let wrong_key = [number, ("key", "abcdefghijklmnopqrstuv"), ("name", "Eve")];
    check(
        &scene,
        "join_as_guest",
        &wrong_key,
        [403, 403, 403, 200, 200, 200],
    )
    .await;
    check(
        &scene,
        "save_mark",
        &[number, ("mark", "new")],
        strangers_and_members,
    )
    .await;
    check(&scene, "cancel_interview", &[number], host_only).await;
}

#[tokio::test]
async fn people_of_other_interviews_cannot_be_reached_through_ones_own() {
    let scene = Scene::set().await;
    let outsider = &scene.people[1];
    let own = outsider.list("created", "upcoming", "", 1).await.rows[0]
        .number
        .to_string();
    for endpoint in ["remove_participant", "set_personal_link", "record_result"] {
        let fields = [
            ("number", own.as_str()),
            ("participant", scene.lin.as_str()),
        ];
        assert_eq!(
            outsider.post(endpoint, &fields).await.status,
            404,
            "{endpoint}"
        );
    }
}

#[tokio::test]
async fn unknown_numbers_and_those_of_others_are_answered_alike() {
    let scene = Scene::set().await;
    let form = Form::at(&scene.starts_at);
    let unknown = if scene.number == "000000" {
        "000001"
    } else {
        "000000"
    };
    for (endpoint, more) in [
        ("load_interview", vec![]),
        ("cancel_interview", vec![]),
        ("edit_interview", form.fields()),
        ("invite", vec![("user", "anna"), ("role", "2")]),
        (
            "remove_participant",
            vec![("participant", scene.lin.as_str())],
        ),
        (
            "set_personal_link",
            vec![("participant", scene.lin.as_str())],
        ),
        ("set_guest_link", vec![]),
        ("save_mark", vec![("mark", "x")]),
        ("record_result", vec![("participant", scene.lin.as_str())]),
        ("join_as_guest", vec![("key", ""), ("name", "x")]),
    ] {
        for person in &scene.people[..3] {
            let ask = async |number: &str| {
                let fields: Vec<_> = [("number", number)]
                    .into_iter()
                    .chain(more.clone())
                    .collect();
                let reply = person.post(endpoint, &fields).await;
                (reply.status, reply.body.clone())
            };
            assert_eq!(ask(&scene.number).await, ask(unknown).await, "{endpoint}");
        }
    }
}

#[tokio::test]
async fn the_page_of_an_interview_tells_each_what_they_may_know() {
    let scene = Scene::set().await;
    let replies = ask_all(&scene, "load_interview", &[("number", &scene.number)]).await;
    let [_, _, _, anna, colin, greta] = replies.as_slice() else {
        panic!("{replies:?}")
    };
    for (reply, user_names, passed, links, mark) in [
        (anna, false, false, false, ANNAS_MARK),
        (colin, true, true, false, ""),
        (greta, true, true, true, HOSTS_MARK),
    ] {
        assert_eq!(
            reply.body.contains("\"colin\""),
            user_names,
            "{}",
            reply.body
        );
        assert_eq!(
            reply.body.contains("\"passed\":true"),
            passed,
            "{}",
            reply.body
        );
        for secret in &scene.secrets {
            assert_eq!(reply.body.contains(secret), links, "{}", reply.body);
        }
        for note in [HOSTS_MARK, ANNAS_MARK] {
            assert_eq!(reply.body.contains(note), note == mark, "{}", reply.body);
        }
        assert!(reply.body.contains("Lin") && reply.body.contains("colin the person"));
    }
}

#[tokio::test]
async fn the_door_tells_strangers_neither_title_nor_people() {
    let scene = Scene::set().await;
    let replies = ask_all(&scene, "check_join", &[("number", &scene.number)]).await;
    for (person, reply) in PEOPLE.iter().zip(&replies) {
        assert_eq!(reply.status, 200);
        assert_nothing_leaks(&scene, "check_join", person, &reply.body);
    }
    for reply in &replies[..3] {
        assert!(reply.body.contains("not_invited"), "{}", reply.body);
        for word in ["Backend", "greta", "colin", "Lin"] {
            assert!(!reply.body.contains(word), "{}", reply.body);
        }
    }
    for reply in &replies[3..] {
        assert!(
            reply.body.contains("lobby") && reply.body.contains("Backend"),
            "{}",
            reply.body
        );
    }
}
