//! Questions prepared for interviews: chosen while booking or later, ordered, and never altered once shown.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use colloquy::{
    api::{ApiError, interview_questions::InterviewQuestionDetails},
    model::{Field, InterviewQuestionId, Problem, QuestionId},
    protocol::{ClientMessage, ServerMessage},
};
use support::{
    TestServer,
    attendee::{Attendee, Form, problems},
    bank::{Sheet, mark_shown},
    scene::{HOUR, Scene, host, later},
    socket::Socket,
};

fn titles(prepared: &[InterviewQuestionDetails]) -> Vec<&str> {
    prepared.iter().map(|one| one.title.as_str()).collect()
}

async fn write_all(person: &Attendee, titles: &[&str]) -> Vec<QuestionId> {
    let mut ids = Vec::new();
    for title in titles {
        ids.push(person.write(&Sheet::coding(title)).await.unwrap());
    }
    ids
}

async fn book(server: &TestServer, host: &Attendee, ids: &[QuestionId]) -> String {
    let mut form = Form::at(&later(server, HOUR));
    for (place, id) in ids.iter().enumerate() {
        form = form.with(&format!("questions][{place}"), &id.to_string());
    }
    host.book(&form).await.unwrap()
}

#[tokio::test]
async fn questions_are_booked_in_the_chosen_order() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let ids = write_all(&host, &["A", "B", "C"]).await;
    let number = book(&server, &host, &[ids[2], ids[0]]).await;
    let prepared = host.prepared(&number).await;
    assert_eq!(titles(&prepared), ["C", "A"]);
    assert_eq!(prepared[0].question, ids[2]);
    assert_eq!(prepared[0].content.trim(), "<p>Write <em>it</em>.</p>");
    assert_eq!(
        prepared[0].reference_answer.trim(),
        "<p>The secret answer.</p>"
    );
    assert_eq!(prepared[0].examples.len(), 2);
    assert!(prepared[0].mine && !prepared[0].shown && !prepared[0].ever_shown);

    let unindexed = Form::at(&later(&server, HOUR)).with("questions][", &ids[1].to_string());
    let number = host.book(&unindexed).await.unwrap();
    assert_eq!(titles(&host.prepared(&number).await), ["B"]);
}

#[tokio::test]
async fn what_cannot_be_chosen_is_answered_at_its_field_and_nothing_is_booked() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let other = Attendee::signed_up(&server, "other", "UTC").await;
    let own = host.write(&Sheet::text("Own")).await.unwrap().to_string();
    let private = other.write(&Sheet::text("Private")).await.unwrap();
    let private = private.to_string();
    let check = async |first: &str, second: &str, problem: Problem| {
        let form = Form::at(&later(&server, HOUR))
            .with("questions][0", first)
            .with("questions][1", second);
        assert_eq!(
            problems(host.book(&form).await),
            [(Field::Questions, problem)]
        );
    };
    check(&own, &private, Problem::UnknownQuestion).await;
    check(&own, "999999", Problem::UnknownQuestion).await;
    check(&own, "own", Problem::UnknownQuestion).await;
    check(&own, &own, Problem::AlreadyChosen).await;
    assert!(!host.list("created", "upcoming", "", 1).await.any);
}

#[tokio::test]
async fn interviewers_add_write_order_and_remove() {
    let scene = Scene::open().await;
    let (host, co, number) = (&scene.host, &scene.co, scene.number.as_str());
    let own = host.write(&Sheet::coding("Own")).await.unwrap();
    let of_co = co.write(&Sheet::text("Of co")).await.unwrap();
    let added = host.prepare(number, own).await.unwrap();
    co.prepare(number, of_co).await.unwrap();
    let sheet = Sheet::coding("Written").public();
    let written: InterviewQuestionId = co
        .call("write_interview_question", &sheet.after("number", number))
        .await
        .unwrap();
    assert_eq!(
        titles(&host.prepared(number).await),
        ["Own", "Of co", "Written"]
    );
    assert_eq!(co.titles("mine", &[]).await, ["Written", "Of co"]);
    assert!(host.bank("public", &[]).await.rows.is_empty());

    let twice = problems(host.prepare(number, own).await);
    assert_eq!(twice, [(Field::Questions, Problem::AlreadyChosen)]);
    let of_others = problems(host.prepare(number, of_co).await);
    assert_eq!(of_others, [(Field::Questions, Problem::UnknownQuestion)]);

    for (id, direction, expected) in [
        (written, "up", ["Own", "Written", "Of co"]),
        (written, "up", ["Written", "Own", "Of co"]),
        (written, "up", ["Written", "Own", "Of co"]),
        (added, "down", ["Written", "Of co", "Own"]),
        (added, "down", ["Written", "Of co", "Own"]),
    ] {
        let moved = co.arrange("move_interview_question", number, id, direction);
        moved.await.unwrap();
        assert_eq!(titles(&host.prepared(number).await), expected);
    }
    let remove = "remove_interview_question";
    host.arrange(remove, number, written, "").await.unwrap();
    assert_eq!(titles(&co.prepared(number).await), ["Of co", "Own"]);
    let gone = host.arrange(remove, number, written, "").await;
    assert_eq!(gone, Err(ApiError::NotFound));
    mark_shown(&scene.server, added).await;
    let shown = host.arrange(remove, number, added, "").await;
    assert_eq!(shown, Err(ApiError::Conflict));
    assert!(host.prepared(number).await[1].ever_shown);
}

#[tokio::test]
async fn an_interview_takes_twenty_questions_until_it_is_over() {
    let scene = Scene::open().await;
    let (host, number) = (&scene.host, scene.number.as_str());
    for place in 0..20 {
        let id = host.write(&Sheet::text(&format!("{place}"))).await.unwrap();
        host.prepare(number, id).await.unwrap();
    }
    let more = host.write(&Sheet::text("More")).await.unwrap();
    let full = [(Field::Questions, Problem::TooMany { most: 20 })];
    assert_eq!(problems(host.prepare(number, more).await), full);
    let first = host.prepared(number).await[0].id;
    scene.server.clock.advance(3 * HOUR);
    for endpoint in ["remove_interview_question", "move_interview_question"] {
        let late = host.arrange(endpoint, number, first, "up").await;
        assert_eq!(late, Err(ApiError::Conflict), "{endpoint}");
    }
    assert_eq!(host.prepare(number, more).await, Err(ApiError::Conflict));
    assert_eq!(host.prepared(number).await.len(), 20);
}

#[tokio::test]
async fn what_was_shown_is_never_altered() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let id = host.write(&Sheet::coding("Version 1")).await.unwrap();
    let shown_in = book(&server, &host, &[id]).await;
    let waiting_in = book(&server, &host, &[id]).await;
    assert_eq!(host.rewrite(id, &Sheet::coding("Version 2")).await, Ok(id));
    for number in [&shown_in, &waiting_in] {
        assert_eq!(titles(&host.prepared(number).await), ["Version 2"]);
    }
    mark_shown(&server, host.prepared(&shown_in).await[0].id).await;
    let third = host.rewrite(id, &Sheet::coding("Version 3")).await.unwrap();
    assert_ne!(third, id);
    assert_eq!(titles(&host.prepared(&shown_in).await), ["Version 2"]);
    assert_eq!(titles(&host.prepared(&waiting_in).await), ["Version 3"]);
    // The old id leads to the newest version, also for edits and choices.
    assert_eq!(host.read(id).await.unwrap().id, third);
    assert_eq!(host.read(id).await.unwrap().number, 1);
    assert_eq!(host.titles("mine", &[]).await, ["Version 3"]);
    assert_eq!(
        host.rewrite(id, &Sheet::coding("Version 4")).await,
        Ok(third)
    );
    let late = book(&server, &host, &[id]).await;
    assert_eq!(titles(&host.prepared(&late).await), ["Version 4"]);
}

#[tokio::test]
async fn deleting_keeps_what_interviews_use() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let id = host.write(&Sheet::coding("Used")).await.unwrap();
    let number = book(&server, &host, &[id]).await;
    host.ask::<()>("delete_question", id).await.unwrap();
    assert_eq!(titles(&host.prepared(&number).await), ["Used"]);
    assert_eq!(host.read(id).await, Err(ApiError::NotFound));
    let again = problems(host.prepare(&number, id).await);
    assert_eq!(again, [(Field::Questions, Problem::UnknownQuestion)]);
}

#[tokio::test]
async fn what_others_chose_while_it_was_public_stays_as_it_was_then() {
    let server = TestServer::start().await;
    let host = host(&server).await;
    let author = Attendee::signed_up(&server, "author", "UTC").await;
    let sheet = Sheet::coding("Public").public();
    let id = author.write(&sheet).await.unwrap();
    let of_host = book(&server, &host, &[id]).await;
    let of_author = book(&server, &author, &[id]).await;
    assert!(!host.prepared(&of_host).await[0].mine);
    let better = Sheet::coding("Better").public();
    assert_eq!(author.rewrite(id, &better).await, Ok(id));
    assert_eq!(titles(&host.prepared(&of_host).await), ["Better"]);
    author.rewrite(id, &Sheet::coding("Private")).await.unwrap();
    assert_eq!(titles(&host.prepared(&of_host).await), ["Better"]);
    assert_eq!(titles(&author.prepared(&of_author).await), ["Private"]);
    assert_eq!(host.read(id).await, Err(ApiError::NotFound));
}

async fn hear_prepared(socket: &mut Socket, expected: &[&str]) {
    let all_of_them = |message: &ServerMessage| match message {
        ServerMessage::QuestionsPrepared { questions } => {
            let titles = questions.iter().map(|one| one.title.as_str());
            titles.eq(expected.iter().copied()).then_some(())
        }
        _ => None,
    };
    socket.wait(all_of_them).await;
}

#[tokio::test]
async fn a_running_room_hears_of_every_change() {
    let scene = Scene::open().await;
    let (host, number) = (&scene.host, scene.number.as_str());
    let address = &scene.server.address;
    let mut socket = Socket::open(address, number, &host.cookies())
        .await
        .unwrap();
    socket.join().await;
    let first = host.write(&Sheet::coding("First")).await.unwrap();
    let question = host.prepare(number, first).await.unwrap();
    hear_prepared(&mut socket, &["First"]).await;
    let sheet = Sheet::text("Second");
    let second: InterviewQuestionId = host
        .call("write_interview_question", &sheet.after("number", number))
        .await
        .unwrap();
    hear_prepared(&mut socket, &["First", "Second"]).await;
    let up = host.arrange("move_interview_question", number, second, "up");
    up.await.unwrap();
    hear_prepared(&mut socket, &["Second", "First"]).await;
    host.rewrite(first, &Sheet::coding("Better")).await.unwrap();
    hear_prepared(&mut socket, &["Second", "Better"]).await;
    socket.say(&ClientMessage::ShowQuestion { question }).await;
    let shown = |message: &ServerMessage| match message {
        ServerMessage::QuestionShown { question } => Some(question.title.clone()),
        _ => None,
    };
    assert_eq!(socket.wait(shown).await, "Better");
    let newest = host.rewrite(first, &Sheet::coding("Too late")).await;
    assert_ne!(newest, Ok(first));
    let remove = "remove_interview_question";
    let kept = host.arrange(remove, number, question, "").await;
    assert_eq!(kept, Err(ApiError::Conflict));
    host.arrange(remove, number, second, "").await.unwrap();
    hear_prepared(&mut socket, &["Better"]).await;
}
