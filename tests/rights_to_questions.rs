//! Every server function of questions, asked by everybody: what status they get, and that no answer
//! tells an interviewee or a stranger what is for interviewers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use colloquy::model::{InterviewQuestionId, QuestionId};
use support::{
    TestServer,
    attendee::{Attendee, Form},
    bank::{Sheet, mark_shown},
    scene::{HOUR, MINUTE, later},
};

/// The order of the columns in the tables below.
const PEOPLE: [&str; 8] = [
    "stranger",
    "outsider",
    "guest of another",
    "guest interviewee",
    "interviewee",
    "guest co-interviewer",
    "co-interviewer",
    "host",
];
/// Words that stand only in what interviewers may see.
const SECRETS: [&str; 3] = ["secret answer", "hidden-input", "Prepared title"];

struct Scene {
    server: TestServer,
    /// In the order of [`PEOPLE`].
    people: [Attendee; 8],
    number: String,
    /// The host's private questions; the first two are prepared.
    questions: Vec<QuestionId>,
    prepared: Vec<InterviewQuestionId>,
}

impl Scene {
    async fn set() -> Self {
        let server = TestServer::start().await;
        let people = [
            Attendee::stranger(&server),
            Attendee::signed_up(&server, "outsider", "UTC").await,
            Attendee::stranger(&server),
            Attendee::stranger(&server),
            Attendee::signed_up(&server, "anna", "UTC").await,
            Attendee::stranger(&server),
            Attendee::signed_up(&server, "colin", "UTC").await,
            Attendee::signed_up(&server, "greta", "UTC").await,
        ];
        let [_, outsider, guest, lin, _, guest_co, _, host] = &people;
        let starts_at = later(&server, 5 * MINUTE);
        let other = outsider.book(&Form::at(&starts_at)).await.unwrap();
        let other_key = outsider.guest_key(&other).await;
        guest.join(&other, &other_key, "Eve").await.unwrap();

        let mut questions = Vec::new();
        for place in 0..3 {
            let sheet = Sheet::coding(&format!("Prepared title {place}"));
            questions.push(host.write(&sheet).await.unwrap());
        }
        let form = Form::at(&starts_at)
            .with("seats", "6")
            .with("questions][0", &questions[0].to_string())
            .with("questions][1", &questions[1].to_string())
            .inviting(0, "colin", "1")
            .inviting(1, "anna", "2")
            .inviting_guest(2, "Lin", "2")
            .inviting_guest(3, "Cora", "1");
        let number = host.book(&form).await.unwrap();
        lin.knock(&number, &host.key_of(&number, "Lin").await).await;
        let cora = host.key_of(&number, "Cora").await;
        guest_co.knock(&number, &cora).await;
        let prepared = host.prepared(&number).await;
        Self {
            server,
            people,
            number,
            questions,
            prepared: prepared.iter().map(|one| one.id).collect(),
        }
    }

    /// Asks as everybody, the host last, and compares the statuses.
    async fn check(&self, endpoint: &str, fields: &[(&str, &str)], expected: [u16; 8]) {
        for ((person, name), expected) in self.people.iter().zip(PEOPLE).zip(expected) {
            let reply = person.post(endpoint, fields).await;
            let what = format!("{endpoint} by {name}: {}", reply.body);
            assert_eq!(reply.status, expected, "{what}");
            let interviewer = PEOPLE[5..].contains(&name);
            let leaks = SECRETS.iter().any(|secret| reply.body.contains(secret));
            assert!(interviewer || !leaks, "{what}");
        }
    }
}

#[tokio::test]
async fn the_bank_answers_accounts_and_private_questions_their_owner() {
    let scene = Scene::set().await;
    let accounts = [401, 200, 401, 401, 200, 401, 200, 200];
    let list = [("shelf", "all"), ("page", "1")];
    scene.check("list_questions", &list, accounts).await;
    scene.check("export_questions", &[], accounts).await;
    let file = r#"{"form":"colloquy questions","version":1,"questions":[]}"#;
    scene
        .check("import_questions", &[("json", file)], accounts)
        .await;
    let sheet = Sheet::text("Mine");
    scene
        .check("save_question", &sheet.fields(), accounts)
        .await;
    // Guests with a seat write Markdown too.
    let seats = [401, 200, 200, 200, 200, 200, 200, 200];
    scene
        .check("preview_markdown", &[("text", "*x*")], seats)
        .await;

    let id = scene.questions[2].to_string();
    let owner_only = [401, 404, 401, 401, 404, 401, 404, 200];
    scene
        .check("find_question", &[("id", &id)], owner_only)
        .await;
    scene
        .check("copy_question", &[("id", &id)], owner_only)
        .await;
    let edit = sheet.after("id", &id);
    scene.check("save_question", &edit, owner_only).await;
    scene
        .check("delete_question", &[("id", &id)], owner_only)
        .await;
}

#[tokio::test]
async fn what_is_prepared_is_for_interviewers() {
    let scene = Scene::set().await;
    let number = ("number", scene.number.as_str());
    let interviewers = [401, 404, 401, 403, 403, 200, 200, 200];
    scene
        .check("interview_questions", &[number], interviewers)
        .await;
    let first = scene.prepared[0].to_string();
    let moved = [number, ("id", &first), ("direction", "down")];
    scene
        .check("move_interview_question", &moved, interviewers)
        .await;
    let sheet = Sheet::coding("Prepared title by each");
    let written = sheet.after("number", &scene.number);
    scene
        .check("write_interview_question", &written, interviewers)
        .await;

    // Only the owner may choose a private question, and guests have no bank to choose from.
    let private = scene.questions[2].to_string();
    let added = [number, ("question", private.as_str())];
    let owner = [401, 404, 401, 403, 403, 401, 422, 200];
    scene.check("add_interview_question", &added, owner).await;
    let public = scene.people[1]
        .write(&Sheet::text("Open").public())
        .await
        .unwrap();
    let public = public.to_string();
    let added = [number, ("question", public.as_str())];
    // The second finds it there already.
    let once = [401, 404, 401, 403, 403, 401, 200, 422];
    scene.check("add_interview_question", &added, once).await;

    let removed = [number, ("id", first.as_str())];
    let once = [401, 404, 401, 403, 403, 200, 404, 404];
    scene
        .check("remove_interview_question", &removed, once)
        .await;
    let second = scene.prepared[1];
    mark_shown(&scene.server, second).await;
    let second = second.to_string();
    let removed = [number, ("id", second.as_str())];
    let shown = [401, 404, 401, 403, 403, 409, 409, 409];
    scene
        .check("remove_interview_question", &removed, shown)
        .await;
}

#[tokio::test]
async fn who_is_asked_a_public_question_cannot_read_its_answer_elsewhere() {
    let scene = Scene::set().await;
    let [_, outsider, _, _, anna, .., host] = &scene.people;
    let public = outsider.write(&Sheet::coding("Open").public()).await;
    let public = public.unwrap().to_string();
    let number = ("number", scene.number.as_str());
    let added = [number, ("question", public.as_str())];
    let added = host.post("add_interview_question", &added).await;
    assert_eq!(added.status, 200, "{}", added.body);
    let id = [("id", public.as_str())];
    let own = anna.book(&Form::at(&later(&scene.server, 6 * HOUR))).await;
    let own = own.unwrap();
    let chosen = [("number", own.as_str()), ("question", public.as_str())];
    let check = async |asked, statuses: [u16; 3]| {
        let found = anna.post("find_question", &id).await;
        let copied = anna.post("copy_question", &id).await;
        let added = anna.post("add_interview_question", &chosen).await;
        let told = [found.status, copied.status, added.status];
        assert_eq!(told, statuses, "{asked}");
        let leaks = [found, copied, added].map(|reply| reply.body.contains("secret answer"));
        assert_eq!(leaks, [statuses[0] == 200, false, false], "{asked}");
        let others = [host, outsider].map(|other| other.post("find_question", &id));
        for other in others {
            assert_eq!(other.await.status, 200, "{asked}");
        }
    };
    // Prepared by the one who is asked as well, before it was.
    let early = anna.book(&Form::at(&later(&scene.server, 6 * HOUR))).await;
    let early = early.unwrap();
    let before = [("number", early.as_str()), ("question", public.as_str())];
    let added = anna.post("add_interview_question", &before).await;
    assert_eq!(added.status, 200, "{}", added.body);
    let reads = async || {
        let list = anna.post("interview_questions", &before[..1]).await;
        list.body.contains("secret answer") || list.body.contains("hidden-input")
    };
    assert!(reads().await);
    let prepared = host.prepared(&scene.number).await;
    mark_shown(&scene.server, prepared[2].id).await;
    assert!(!reads().await);
    check("while it is asked", [404, 404, 422]).await;
    scene.server.clock.advance(2 * HOUR);
    check("when it is over", [200, 200, 200]).await;
}

#[tokio::test]
async fn questions_of_other_interviews_cannot_be_reached_through_ones_own() {
    let scene = Scene::set().await;
    let outsider = &scene.people[1];
    let own = outsider.list("created", "upcoming", "", 1).await.rows[0]
        .number
        .to_string();
    for endpoint in ["remove_interview_question", "move_interview_question"] {
        let answer = outsider.arrange(endpoint, &own, scene.prepared[0], "down");
        assert_eq!(answer.await.unwrap_err().status(), 404, "{endpoint}");
    }
    let host = &scene.people[7];
    assert_eq!(host.prepared(&scene.number).await.len(), 2);
    let private = scene.questions[0].to_string();
    let form = Form::at(&later(&scene.server, HOUR)).with("questions][0", &private);
    assert_eq!(outsider.book(&form).await.unwrap_err().status(), 422);
}

#[tokio::test]
async fn unknown_numbers_and_those_of_others_are_answered_alike() {
    let scene = Scene::set().await;
    let unknown = if scene.number == "000000" {
        "000001"
    } else {
        "000000"
    };
    let (id, question) = (
        scene.prepared[0].to_string(),
        scene.questions[0].to_string(),
    );
    let sheet = Sheet::text("x");
    for (endpoint, more) in [
        ("interview_questions", vec![]),
        (
            "add_interview_question",
            vec![("question", question.as_str())],
        ),
        ("write_interview_question", sheet.fields()),
        ("remove_interview_question", vec![("id", id.as_str())]),
        (
            "move_interview_question",
            vec![("id", id.as_str()), ("direction", "up")],
        ),
    ] {
        for person in &scene.people[..3] {
            let ask = async |number: &str| {
                let fields: Vec<_> = [("number", number)]
                    .into_iter()
                    .chain(more.clone())
                    .collect();
                let reply = person.post(endpoint, &fields).await;
                (reply.status, reply.body)
            };
            assert_eq!(ask(&scene.number).await, ask(unknown).await, "{endpoint}");
        }
    }
}
