//! The question bank: writing, finding, copying, deleting, carrying over.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use colloquy::{
    api::{ApiError, questions::Misplaced},
    model::{CodeLanguage, Field, Problem, QuestionId, QuestionKind},
};
use support::{
    TestServer,
    attendee::{Attendee, problems},
    bank::Sheet,
};

async fn two_people(server: &TestServer) -> (Attendee, Attendee) {
    let greta = Attendee::signed_up(server, "greta", "UTC").await;
    let colin = Attendee::signed_up(server, "colin", "Asia/Shanghai").await;
    (greta, colin)
}

#[tokio::test]
async fn a_question_is_kept_as_it_was_written() {
    let server = TestServer::start().await;
    let (greta, _) = two_people(&server).await;
    let id = greta.write(&Sheet::coding("Reverse a list")).await.unwrap();
    let seen = greta.read(id).await.unwrap();
    assert_eq!(
        (seen.id, seen.number, seen.kind),
        (id, 1, QuestionKind::Coding)
    );
    assert_eq!(seen.title, "Reverse a list");
    assert_eq!(seen.content, "Write *it*.");
    assert_eq!(seen.content_html.trim(), "<p>Write <em>it</em>.</p>");
    assert_eq!(seen.reference_answer, "The secret answer.");
    assert_eq!(seen.starters[0].language, CodeLanguage::Python);
    assert_eq!(seen.starters[0].code, "def f():\n    pass\n");
    let hidden: Vec<bool> = seen.examples.iter().map(|one| one.hidden).collect();
    assert_eq!(hidden, [false, true]);
    assert!(seen.mine && !seen.public);
    assert_eq!(seen.owner, "greta the person");

    let changed = Sheet::text("Say it").public();
    assert_eq!(greta.rewrite(id, &changed).await, Ok(id));
    let seen = greta.read(id).await.unwrap();
    assert_eq!(
        (seen.number, seen.kind, seen.public),
        (1, QuestionKind::Text, true)
    );
    assert!(seen.starters.is_empty() && seen.examples.is_empty());
    assert_eq!(greta.rewrite(id, &changed).await, Ok(id));
}

#[tokio::test]
async fn every_mistake_is_answered_at_its_field_at_once() {
    let server = TestServer::start().await;
    let (greta, _) = two_people(&server).await;
    let bad = Sheet::coding(" ")
        .with("[kind]", "7")
        .with("[starters][0][language]", "klingon")
        .with("[examples][1][output]", "\u{1}");
    let expected = [
        (Field::Kind, Problem::Malformed),
        (Field::Title, Problem::Missing),
        (Field::Starters, Problem::Malformed),
        (Field::Examples, Problem::BadCharacter),
    ];
    assert_eq!(problems(greta.write(&bad).await), expected);
    assert!(!greta.bank("all", &[]).await.any);
}

#[tokio::test]
async fn the_largest_question_fits_and_one_character_more_does_not() {
    let server = TestServer::start().await;
    let (greta, _) = two_people(&server).await;
    let full = "林".repeat(16_000);
    let sheet = Sheet::coding(&"题".repeat(120))
        .with("[content]", &full)
        .with("[reference_answer]", &full)
        .with("[starters][0][code]", &full)
        .with("[examples][0][input]", &"林".repeat(8_000))
        .with("[examples][0][output]", &"林".repeat(8_000))
        .with("[examples][1][input]", "")
        .with("[examples][1][output]", "");
    let id = greta.write(&sheet).await.unwrap();
    assert_eq!(greta.read(id).await.unwrap().content, full);
    let more = sheet.with("[content]", &(full + "x"));
    let long = [(Field::Content, Problem::TooLong { most: 16_000 })];
    assert_eq!(problems(greta.write(&more).await), long);
    // Whom the server does not know may not post as much.
    let stranger = Attendee::stranger(&server);
    assert_eq!(
        stranger.post("save_question", &more.fields()).await.status,
        413
    );
}

#[tokio::test]
async fn private_questions_of_others_do_not_exist() {
    let server = TestServer::start().await;
    let (greta, colin) = two_people(&server).await;
    let private = greta.write(&Sheet::coding("Private")).await.unwrap();
    let public = greta
        .write(&Sheet::coding("Public").public())
        .await
        .unwrap();
    let unknown = QuestionId(public.0 + 100);
    for endpoint in ["find_question", "copy_question", "delete_question"] {
        let of_others = colin.post(endpoint, &[("id", &private.to_string())]).await;
        let of_nobody = colin.post(endpoint, &[("id", &unknown.to_string())]).await;
        assert_eq!(of_others.status, 404, "{endpoint}");
        assert_eq!(of_others.body, of_nobody.body, "{endpoint}");
    }
    let sheet = Sheet::text("Mine now");
    assert_eq!(
        colin.rewrite(private, &sheet).await,
        Err(ApiError::NotFound)
    );
    assert_eq!(colin.rewrite(public, &sheet).await, Err(ApiError::NotFound));
    let deleted = colin.ask::<()>("delete_question", public).await;
    assert_eq!(deleted, Err(ApiError::NotFound));
    let seen = colin.read(public).await.unwrap();
    assert!(!seen.mine && seen.reference_answer == "The secret answer.");
    assert_eq!(colin.titles("all", &[]).await, ["Public"]);
    assert!(
        colin
            .bank("all", &[("search", "Private")])
            .await
            .rows
            .is_empty()
    );
}

#[tokio::test]
async fn a_copy_is_ones_own_and_private() {
    let server = TestServer::start().await;
    let (greta, colin) = two_people(&server).await;
    let original = greta
        .write(&Sheet::coding("Shared").public())
        .await
        .unwrap();
    let copy: QuestionId = colin.ask("copy_question", original).await.unwrap();
    let seen = colin.read(copy).await.unwrap();
    assert!(seen.mine && !seen.public && seen.number == 1);
    assert_eq!(seen.examples, greta.read(original).await.unwrap().examples);
    assert_eq!(greta.read(copy).await, Err(ApiError::NotFound));
    let again: QuestionId = greta.ask("copy_question", original).await.unwrap();
    assert_eq!(greta.read(again).await.unwrap().number, 2);
}

#[tokio::test]
async fn a_deleted_question_is_gone_and_its_number_stays_taken() {
    let server = TestServer::start().await;
    let (greta, _) = two_people(&server).await;
    let id = greta.write(&Sheet::text("First")).await.unwrap();
    greta.ask::<()>("delete_question", id).await.unwrap();
    assert_eq!(greta.read(id).await, Err(ApiError::NotFound));
    let twice = greta.ask::<()>("delete_question", id).await;
    assert_eq!(twice, Err(ApiError::NotFound));
    assert!(!greta.bank("all", &[]).await.any);
    let next = greta.write(&Sheet::text("Second")).await.unwrap();
    assert_eq!(greta.read(next).await.unwrap().number, 2);
}

#[tokio::test]
async fn the_bank_is_searched_and_filtered() {
    let server = TestServer::start().await;
    let (greta, colin) = two_people(&server).await;
    greta.write(&Sheet::coding("Überholen 100%")).await.unwrap();
    let lists = Sheet::text("Linked lists").with("[content]", "Why *singly* linked?");
    greta.write(&lists).await.unwrap();
    greta.write(&Sheet::coding("Sort").public()).await.unwrap();
    colin
        .write(&Sheet::text("Tell a story").public())
        .await
        .unwrap();
    colin.write(&Sheet::text("Secret")).await.unwrap();
    let check = async |shelf: &str, more: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(
            greta.titles(shelf, more).await,
            expected,
            "{shelf} {more:?}"
        );
    };
    let own = ["Sort", "Linked lists", "Überholen 100%"];
    check("all", &[], &["Tell a story", own[0], own[1], own[2]]).await;
    check("mine", &[], &own).await;
    check("public", &[], &["Tell a story", "Sort"]).await;
    check(
        "all",
        &[("kind", "text")],
        &["Tell a story", "Linked lists"],
    )
    .await;
    check("mine", &[("kind", "coding")], &["Sort", "Überholen 100%"]).await;
    check("all", &[("search", " LINKED ")], &["Linked lists"]).await;
    check("all", &[("search", "singly")], &["Linked lists"]).await;
    check("all", &[("search", "Über")], &["Überholen 100%"]).await;
    check("all", &[("search", "100%")], &["Überholen 100%"]).await;
    check("all", &[("search", "_")], &[]).await;
    check("mine", &[("search", "3")], &["Sort"]).await;
    check("mine", &[("search", "#2")], &["Linked lists"]).await;
    check("all", &[("search", "nowhere")], &[]).await;
    assert!(greta.bank("all", &[("search", "nowhere")]).await.any);
}

#[tokio::test]
async fn the_bank_has_pages_the_latest_changed_first() {
    let server = TestServer::start().await;
    let (greta, _) = two_people(&server).await;
    let mut first = None;
    for number in 1..=21 {
        let id = greta
            .write(&Sheet::text(&format!("Question {number}")))
            .await;
        first = first.or(id.ok());
    }
    server.clock.advance(support::scene::MINUTE);
    let changed = Sheet::text("Changed");
    greta.rewrite(first.unwrap(), &changed).await.unwrap();
    let page = greta.bank("all", &[]).await;
    assert_eq!((page.rows.len(), page.page, page.pages), (20, 1, 2));
    assert_eq!(page.rows[0].title, "Changed");
    assert_eq!(page.rows[1].title, "Question 21");
    for asked in ["2", "9"] {
        let page = greta.bank("all", &[("page", asked)]).await;
        assert_eq!((page.rows.len(), page.page), (1, 2), "{asked}");
        assert_eq!(page.rows[0].title, "Question 2");
    }
}

#[tokio::test]
async fn what_was_exported_is_imported() {
    let server = TestServer::start().await;
    let (greta, colin) = two_people(&server).await;
    greta
        .write(&Sheet::coding("列表 \"one\"").public())
        .await
        .unwrap();
    greta.write(&Sheet::text("Two")).await.unwrap();
    let text: String = greta.call("export_questions", &[]).await.unwrap();
    let file = greta.get("/questions/export").await;
    assert_eq!((file.status, &file.body), (200, &text));
    assert!(
        file.header("content-disposition")
            .contains("questions.json")
    );
    assert_eq!(
        Attendee::stranger(&server)
            .get("/questions/export")
            .await
            .status,
        401
    );

    let count: u32 = colin
        .call("import_questions", &[("json", &text)])
        .await
        .unwrap();
    assert_eq!(count, 2);
    assert_eq!(colin.titles("mine", &[]).await, ["Two", "列表 \"one\""]);
    let again: String = colin.call("export_questions", &[]).await.unwrap();
    assert_eq!(again, text);
}

#[tokio::test]
async fn an_import_with_a_mistake_changes_nothing() {
    let server = TestServer::start().await;
    let (greta, _) = two_people(&server).await;
    let text = r#"{"form":"colloquy questions","version":1,"questions":[
        {"kind":"text","title":"Good"},
        {"kind":"text","title":""},
        {"kind":"song","title":"La"}]}"#;
    let wrong = |question, field, problem| Misplaced::InQuestion {
        question,
        field,
        problem,
    };
    let expected = vec![
        wrong(2, Field::Title, Problem::Missing),
        wrong(3, Field::Kind, Problem::Malformed),
    ];
    let refused = greta
        .call::<u32>("import_questions", &[("json", text)])
        .await;
    assert_eq!(refused, Err(ApiError::Misplaced(expected)));
    let no_json = greta
        .call::<u32>("import_questions", &[("json", "{")])
        .await;
    let place = Misplaced::NoJson { line: 1, column: 1 };
    assert_eq!(no_json, Err(ApiError::Misplaced(vec![place])));
    assert!(!greta.bank("all", &[]).await.any);
}

#[tokio::test]
async fn markdown_never_comes_back_executable() {
    let server = TestServer::start().await;
    let (greta, _) = two_people(&server).await;
    for payload in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/x.png)",
        "<a href=\"https://a.example\" onclick=alert(1)>x</a>",
    ] {
        let sheet = Sheet::text(payload)
            .with("[content]", payload)
            .with("[reference_answer]", payload);
        let id = greta.write(&sheet).await.unwrap();
        let seen = greta.read(id).await.unwrap();
        let preview: String = greta
            .call("preview_markdown", &[("text", payload)])
            .await
            .unwrap();
        for html in [&seen.content_html, &seen.reference_answer_html, &preview] {
            for part in [
                "<script",
                "<img",
                "href=\"javascript",
                "<a href=\"https://a",
            ] {
                assert!(!html.contains(part), "{payload}: {html}");
            }
        }
    }
    let long = "x".repeat(16_001);
    let refused = greta
        .call::<String>("preview_markdown", &[("text", &long)])
        .await;
    let problem = (Field::Content, Problem::TooLong { most: 16_000 });
    assert_eq!(problems(refused), [problem]);
}

#[tokio::test]
async fn forms_work_without_script() {
    let server = TestServer::start().await;
    let person = server.sign_up("greta").await;
    let good = Sheet::coding("By form");
    let done = person
        .post_form("/questions/new", "save_question", &good.fields())
        .await;
    assert_eq!(done.status, 302);
    let (path, query) = done.location().split_once('?').unwrap();
    assert!(
        path.starts_with("/questions/") && query == "created=1",
        "{path}?{query}"
    );
    let bad = Sheet::coding("").with("[content]", "kept");
    let back = person
        .post_form("/questions/new", "save_question", &bad.fields())
        .await;
    assert!(
        back.location().contains("/questions/new?"),
        "{}",
        back.location()
    );
    assert!(
        back.location().contains("form%5Bcontent%5D=kept"),
        "{}",
        back.location()
    );
    let fields = [("json", "{}")];
    let back = person
        .post_form("/questions", "import_questions", &fields)
        .await;
    assert!(back.location().contains("__err="), "{}", back.location());
}
