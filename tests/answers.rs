//! Questions and answers in a room: shown and hidden, written together, kept, and nobody's but those who
//! may see them.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use colloquy::{
    model::{CodeLanguage, InterviewQuestionId, PeerId, Timestamp},
    protocol::{
        AnswerKey, ClientMessage, CloseCode, RejectCode, Run, RunId, RunState, ServerMessage,
        document::{ClientFrame, LARGEST_BINARY, LARGEST_UPDATE, ServerFrame},
    },
};
use sea_orm::ConnectionTrait;
use support::{
    attendee::Attendee,
    bank::Sheet,
    replica::{Replica, shown},
    socket::{By, Closed, Socket, fresh_page},
    stage::{Stage, chat, rejected, said},
};

const STARTER: &str = "def f():\n    pass\n";

/// An interview with two coding questions and a text question, and its main interviewer in the room.
struct Scene {
    stage: Stage,
    host: Socket,
    questions: Vec<InterviewQuestionId>,
}

impl Scene {
    async fn new() -> Self {
        let stage = Stage::with_seats(6).await;
        let sheets = [
            Sheet::coding("First"),
            Sheet::coding("Second-secret-title"),
            Sheet::text("Third"),
        ];
        let mut questions = Vec::new();
        for sheet in sheets {
            let question = stage.host.write(&sheet).await.unwrap();
            let prepared = stage.host.prepare(&stage.number, question).await;
            questions.push(prepared.unwrap());
        }
        let mut host = stage.open(&stage.host).await;
        host.join().await;
        Self {
            stage,
            host,
            questions,
        }
    }

    async fn show(&mut self, place: usize) {
        let question = self.questions[place];
        self.host
            .say(&ClientMessage::ShowQuestion { question })
            .await;
        self.host.wait(shown).await;
    }

    async fn hide(&mut self, place: usize) {
        let question = self.questions[place];
        self.host
            .say(&ClientMessage::HideQuestion { question })
            .await;
        self.host.wait(hidden).await;
    }

    fn key(&self, place: usize, peer: PeerId) -> AnswerKey {
        AnswerKey {
            question: self.questions[place],
            peer,
        }
    }

    /// Somebody who is interviewed, in the room.
    async fn interviewee(&self, by: By, name: &str) -> (Attendee, Socket, PeerId) {
        let attendee = self.stage.guest(name).await;
        let mut socket = self.stage.open_by(by, &attendee).await;
        let peer = socket.join().await.peer;
        (attendee, socket, peer)
    }
}

fn hidden(message: &ServerMessage) -> Option<InterviewQuestionId> {
    match message {
        ServerMessage::QuestionHidden { question } => Some(*question),
        _ => None,
    }
}

fn prepared(message: &ServerMessage) -> Option<Vec<String>> {
    match message {
        ServerMessage::QuestionsPrepared { questions } => {
            Some(questions.iter().map(|one| one.title.clone()).collect())
        }
        _ => None,
    }
}

/// Everything said before has been heard by both when this was.
async fn fence(from: &mut Socket, others: &mut [&mut Socket], word: &str) {
    from.say(&chat(word)).await;
    let heard = |message: &ServerMessage| said(message).filter(|(_, text)| text == word);
    from.wait(heard).await;
    for other in others {
        other.wait(heard).await;
    }
}

#[tokio::test]
async fn questions_are_shown_hidden_and_kept_so() {
    let mut scene = Scene::new().await;
    let titles = ["First", "Second-secret-title", "Third"].map(String::from);
    let (attendee, mut lin, _) = scene.interviewee(By::WebSocket, "Lin").await;
    scene.show(0).await;
    let question = lin.wait(shown).await;
    assert_eq!(question.title, "First");
    assert_eq!(question.content.trim(), "<p>Write <em>it</em>.</p>");
    assert_eq!(question.starters[0].code, STARTER);
    assert_eq!(question.examples.len(), 1, "the hidden one is not there");
    scene.show(2).await;
    scene.hide(0).await;
    lin.wait(hidden).await;
    // The list is told to interviewers, also when it grows.
    let more = Sheet::text("Fourth");
    let fields = more.after("number", &scene.stage.number);
    let added = scene.stage.host.call("write_interview_question", &fields);
    let _: InterviewQuestionId = added.await.unwrap();
    let all = scene
        .host
        .wait(|message| prepared(message).filter(|all| all.len() == 4));
    assert_eq!(all.await[..3], titles);
    assert!(lin.heard.iter().all(|message| prepared(message).is_none()));
    // What is shown is shown after a restart.
    let stage = scene.stage.restarted().await;
    let mut lin = stage.open(&attendee).await;
    lin.join().await;
    let welcomed = lin.heard.iter().find_map(|message| match message {
        ServerMessage::Welcome { questions, .. } => Some(questions.clone()),
        _ => None,
    });
    let titles: Vec<_> = welcomed.unwrap().into_iter().map(|one| one.title).collect();
    assert_eq!(titles, ["Third"]);
}

#[tokio::test]
async fn what_is_typed_reaches_who_looks_and_outlives_the_server() {
    for by in By::BOTH {
        let mut scene = Scene::new().await;
        let (attendee, mut lin, peer) = scene.interviewee(by, "Lin").await;
        scene.show(0).await;
        let key = scene.key(0, peer);
        lin.wait(shown).await;
        let mut own = Replica::open(&mut lin, key).await;
        assert_eq!(own.text(), STARTER);
        let mut seen = Replica::open(&mut scene.host, key).await;
        own.type_at(&mut lin, 0, "# 你好 😀\n").await;
        let expected = format!("# 你好 😀\n{STARTER}");
        seen.wait_text(&mut scene.host, &expected).await;
        seen.type_at(&mut scene.host, 2, "!").await;
        let expected = format!("# !你好 😀\n{STARTER}");
        own.wait_text(&mut lin, &expected).await;
        own.wait_saved(&mut lin).await;
        seen.wait_saved(&mut scene.host).await;
        // Written at once in one place, and in the end the same.
        let (one, two) = (own.typed(0, "a"), seen.typed(0, "b"));
        lin.hand_in(&one).await;
        scene.host.hand_in(&two).await;
        while own.text().len() < expected.len() + 2 {
            own.hear(&mut lin).await;
        }
        while seen.text().len() < expected.len() + 2 {
            seen.hear(&mut scene.host).await;
        }
        assert_eq!(own.text(), seen.text());
        own.wait_saved(&mut lin).await;
        seen.wait_saved(&mut scene.host).await;
        // Something is typed while there is no server.
        let stage = scene.stage.restarted().await;
        let _lost = own.typed(0, "offline ");
        let expected = own.text();
        let mut lin = stage.open_by(by, &attendee).await;
        lin.join().await;
        own.look(&mut lin).await;
        assert_eq!(own.text(), expected);
        let mut host = stage.open(&stage.host).await;
        host.join().await;
        let seen = Replica::open(&mut host, key).await;
        assert_eq!(seen.text(), expected);
    }
}

#[tokio::test]
async fn an_interviewer_switches_and_hears_one_answer_only() {
    let mut scene = Scene::new().await;
    let (_, mut lin, lin_peer) = scene.interviewee(By::WebSocket, "Lin").await;
    let (_, mut mei, mei_peer) = scene.interviewee(By::WebSocket, "Mei").await;
    scene.show(0).await;
    let (lins, meis) = (scene.key(0, lin_peer), scene.key(0, mei_peer));
    lin.wait(shown).await;
    mei.wait(shown).await;
    let mut by_lin = Replica::open(&mut lin, lins).await;
    let mut by_mei = Replica::open(&mut mei, meis).await;
    let host = &mut scene.host;
    let mut seen = Replica::open(host, lins).await;
    by_lin.type_at(&mut lin, 0, "lin-wrote-this").await;
    seen.wait_text(host, &format!("lin-wrote-this{STARTER}"))
        .await;
    let mut other = Replica::open(host, meis).await;
    let before = host.seen.len();
    by_lin.type_at(&mut lin, 0, "and-this").await;
    fence(&mut lin, &mut [&mut *host, &mut mei], "typed").await;
    let about_lin = host.seen[before..]
        .iter()
        .filter(|frame| frame.answer() == lins);
    assert_eq!(about_lin.count(), 0, "not looked at any more");
    other.type_at(host, 0, "hello mei ").await;
    by_mei
        .wait_text(&mut mei, &format!("hello mei {STARTER}"))
        .await;
    for (socket, own) in [(&lin, lins), (&mei, meis)] {
        assert!(socket.seen.iter().all(|frame| frame.answer() == own));
    }
    let text = String::from_utf8_lossy(&mei.bytes).into_owned();
    assert!(!text.contains("lin-wrote-this") && !text.contains("and-this"));
    // Back again, everything is there.
    seen.look(host).await;
    assert_eq!(seen.text(), by_lin.text());
}

#[tokio::test]
async fn an_interviewee_replays_what_interviewers_say_in_vain() {
    for by in By::BOTH {
        let mut scene = Scene::new().await;
        let (_, _mei, mei) = scene.interviewee(By::WebSocket, "Mei").await;
        let (_, mut lin, lin_peer) = scene.interviewee(by, "Lin").await;
        scene.show(0).await;
        lin.wait(shown).await;
        let [first, second, third] = scene.questions[..] else {
            panic!("three questions")
        };
        let others = scene.key(0, mei);
        let never_shown = scene.key(1, lin_peer);
        let run = || run(RunState::Done);
        let messages = [
            (
                ClientMessage::ShowQuestion { question: second },
                RejectCode::Forbidden,
            ),
            (
                ClientMessage::ShowQuestion { question: third },
                RejectCode::Forbidden,
            ),
            (
                ClientMessage::HideQuestion { question: first },
                RejectCode::Forbidden,
            ),
            (
                ClientMessage::Look { at: Some(others) },
                RejectCode::Forbidden,
            ),
            (
                ClientMessage::Look {
                    at: Some(never_shown),
                },
                RejectCode::UnknownQuestion,
            ),
            (
                ClientMessage::ReportRun {
                    answer: others,
                    run: run(),
                },
                RejectCode::Forbidden,
            ),
            (
                ClientMessage::ReportRun {
                    answer: never_shown,
                    run: run(),
                },
                RejectCode::UnknownQuestion,
            ),
        ];
        for (message, expected) in messages {
            lin.say(&message).await;
            assert_eq!(lin.wait(rejected).await, expected, "{message:?}");
        }
        let frames = |answer| {
            [
                Replica::new(answer).sync(),
                Replica::new(answer).typed(0, "mine"),
            ]
        };
        for (answer, expected) in [
            (others, RejectCode::Forbidden),
            (never_shown, RejectCode::UnknownQuestion),
        ] {
            for frame in frames(answer) {
                lin.hand_in(&frame).await;
                assert_eq!(lin.wait(rejected).await, expected, "{frame:?}");
            }
        }
        let state = vec![1];
        lin.hand_in(&ClientFrame::Presence {
            answer: others,
            state,
        })
        .await;
        fence(&mut lin, &mut [&mut scene.host], "done").await;
        assert_eq!(lin.seen, []);
        let text = Replica::open(&mut scene.host, others).await.text();
        assert_eq!(text, STARTER, "nothing was written");
        assert_eq!(scene.host.heard.iter().filter_map(hidden).count(), 0);
    }
}

#[tokio::test]
async fn no_byte_tells_an_interviewee_what_is_for_others() {
    let mut scene = Scene::new().await;
    let (attendee, mut lin, peer) = scene.interviewee(By::WebSocket, "Lin").await;
    let (_, mut other, _) = scene.interviewee(By::Http, "Mei").await;
    scene.show(0).await;
    scene.show(2).await;
    lin.wait(shown).await;
    let key = scene.key(0, peer);
    let mut own = Replica::open(&mut lin, key).await;
    let mut seen = Replica::open(&mut scene.host, key).await;
    scene.hide(0).await;
    lin.wait(hidden).await;
    // Written while it is hidden, by an interviewer and by its owner who had not heard of it yet.
    seen.type_at(&mut scene.host, 0, "written-while-hidden")
        .await;
    seen.wait_saved(&mut scene.host).await;
    own.type_at(&mut lin, 0, "under way ").await;
    own.wait_saved(&mut lin).await;
    own.synchronise(&mut lin).await;
    assert!(!own.text().contains("while-hidden"));
    fence(&mut lin, &mut [&mut other, &mut scene.host], "done").await;
    let mut again = scene.stage.open_by(By::Http, &attendee).await;
    again.join().await;
    fence(&mut scene.host, &mut [&mut again], "back").await;
    let number = &scene.stage.number;
    let page = attendee.get(&format!("/room/{number}")).await;
    let list = attendee
        .post("interview_questions", &[("number", number)])
        .await;
    let told = [
        String::from_utf8_lossy(&lin.bytes).into_owned(),
        String::from_utf8_lossy(&other.bytes).into_owned(),
        String::from_utf8_lossy(&again.bytes).into_owned(),
        page.body.clone(),
        list.body.clone(),
    ];
    for text in told {
        for secret in [
            "The secret answer",
            "hidden-input",
            "Second-secret-title",
            "written-while-hidden",
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    // Shown again, both have everything.
    scene.show(0).await;
    own.look(&mut again).await;
    seen.look(&mut scene.host).await;
    assert_eq!(own.text(), seen.text());
    assert!(own.text().contains("written-while-hidden") && own.text().contains("under way"));
}

#[tokio::test]
async fn what_is_malformed_closes_its_sender_and_changes_nothing() {
    let mut scene = Scene::new().await;
    let (attendee, mut lin, peer) = scene.interviewee(By::WebSocket, "Lin").await;
    scene.show(0).await;
    let key = scene.key(0, peer);
    lin.wait(shown).await;
    let mut seen = Replica::open(&mut scene.host, key).await;
    let frame = |update: Vec<u8>| {
        let (answer, number) = (key, 1);
        ClientFrame::Update {
            answer,
            number,
            update,
        }
        .encode()
    };
    let sound = match Replica::new(key).typed(0, "hello") {
        ClientFrame::Update { update, .. } => update,
        other => panic!("{other:?}"),
    };
    let nested = [
        1, 1, 7, 0, 0x28, 1, 8, b's', b'e', b't', b't', b'i', b'n', b'g', b's', 1, b'k', 1,
    ];
    let deep = [&nested[..], &[117, 1].repeat(50_000)].concat();
    let malformed = Closed::With(CloseCode::Malformed);
    let too_large = Closed::With(CloseCode::TooLarge);
    let cases = [
        (frame(sound[..sound.len() - 2].to_vec()), &malformed),
        (frame(vec![7; 30]), &malformed),
        (frame(deep), &malformed),
        (vec![1], &malformed),
        (
            ClientFrame::Sync {
                answer: key,
                state_vector: vec![0xff; 9],
            }
            .encode(),
            &malformed,
        ),
        (frame(vec![0; LARGEST_UPDATE + 1]), &too_large),
        (vec![3; LARGEST_BINARY + 1], &too_large),
    ];
    for by in By::BOTH {
        for (bytes, expected) in &cases {
            let mut socket = scene.stage.open_by(by, &attendee).await;
            socket.join().await;
            socket.try_say_bytes(bytes.clone()).await;
            assert_eq!(socket.closed().await, **expected, "{by:?} {bytes:.9?}");
        }
    }
    // Nobody else was closed, and nothing was written.
    assert_eq!(
        scene
            .stage
            .guest_socket("Mei")
            .await
            .join()
            .await
            .members
            .len(),
        2
    );
    seen.synchronise(&mut scene.host).await;
    assert_eq!(seen.text(), STARTER);
}

#[tokio::test]
async fn what_builds_on_something_missing_is_asked_for() {
    let mut scene = Scene::new().await;
    let (_, mut lin, peer) = scene.interviewee(By::WebSocket, "Lin").await;
    scene.show(2).await;
    let key = scene.key(2, peer);
    lin.wait(shown).await;
    let mut own = Replica::open(&mut lin, key).await;
    let _lost = own.typed(0, "one ");
    let frame = own.typed(4, "two");
    lin.hand_in(&frame).await;
    // The answer is a Diff, to which the replica replies with everything.
    own.wait_saved(&mut lin).await;
    let diffs = |frame: &&ServerFrame| matches!(frame, ServerFrame::Diff { .. });
    assert_eq!(lin.seen.iter().filter(diffs).count(), 2);
    let seen = Replica::open(&mut scene.host, key).await;
    assert_eq!(seen.text(), "one two");
}

#[tokio::test]
async fn a_document_has_a_largest_size() {
    let mut scene = Scene::new().await;
    let (_, mut lin, peer) = scene.interviewee(By::WebSocket, "Lin").await;
    scene.show(2).await;
    lin.wait(shown).await;
    let mut own = Replica::open(&mut lin, scene.key(2, peer)).await;
    let page = "x".repeat(120_000);
    for _ in 0..8 {
        own.type_at(&mut lin, 0, &page).await;
        own.wait_saved(&mut lin).await;
    }
    own.type_at(&mut lin, 0, &page).await;
    assert_eq!(lin.wait(rejected).await, RejectCode::TooLong);
}

#[tokio::test]
async fn when_the_log_cannot_be_written_nobody_is_told_it_was() {
    let mut scene = Scene::new().await;
    let (attendee, mut lin, peer) = scene.interviewee(By::WebSocket, "Lin").await;
    scene.show(2).await;
    let key = scene.key(2, peer);
    lin.wait(shown).await;
    let mut own = Replica::open(&mut lin, key).await;
    let stage = &scene.stage;
    let rename = async |from: &str, to: &str| {
        let statement = format!("ALTER TABLE {from} RENAME TO {to}");
        let writer = stage.server.server.db().writer();
        writer.execute_unprepared(&statement).await.unwrap();
    };
    rename("answer_update", "away").await;
    own.type_at(&mut lin, 0, "kept by the page").await;
    let restarting = Closed::With(CloseCode::Restarting);
    assert_eq!(lin.closed().await, restarting);
    assert_eq!(scene.host.closed().await, restarting);
    let saved = |frame: &&ServerFrame| matches!(frame, ServerFrame::Saved { .. });
    assert_eq!(lin.seen.iter().filter(saved).count(), 1, "of before");
    rename("away", "answer_update").await;
    let mut lin = stage.open(&attendee).await;
    lin.join().await;
    own.look(&mut lin).await;
    let mut host = stage.open(&stage.host).await;
    host.join().await;
    let seen = Replica::open(&mut host, key).await;
    assert_eq!(seen.text(), "kept by the page");
}

fn run(state: RunState) -> Run {
    Run {
        id: RunId(fresh_page().0),
        language: CodeLanguage::Python,
        at: Timestamp(0),
        state,
        milliseconds: 7,
        output: Vec::new(),
        tests: Vec::new(),
        by: "forged".into(),
    }
}

#[tokio::test]
async fn runs_are_told_and_kept() {
    let mut scene = Scene::new().await;
    let (_, mut lin, peer) = scene.interviewee(By::WebSocket, "Lin").await;
    scene.show(0).await;
    lin.wait(shown).await;
    let answer = scene.key(0, peer);
    let mut first = run(RunState::Running);
    let report = |run: &Run| ClientMessage::ReportRun {
        answer,
        run: run.clone(),
    };
    let reported = |message: &ServerMessage| match message {
        ServerMessage::RunReported { run, .. } => Some(run.clone()),
        _ => None,
    };
    lin.say(&report(&first)).await;
    let told = scene.host.wait(reported).await;
    assert_eq!((told.id, told.by.as_str()), (first.id, "Lin"));
    first.state = RunState::Done;
    lin.say(&report(&first)).await;
    let done = scene.host.wait(reported).await;
    assert_eq!((done.state, done.at), (RunState::Done, told.at));
    lin.wait(reported).await;
    let stage = scene.stage.restarted().await;
    let mut host = stage.open(&stage.host).await;
    host.join().await;
    host.say(&ClientMessage::Look { at: Some(answer) }).await;
    assert_eq!(host.wait(reported).await, done);
}

#[tokio::test]
async fn cursors_are_passed_on_by_both_ways() {
    let mut scene = Scene::new().await;
    let (_, mut lin, peer) = scene.interviewee(By::Http, "Lin").await;
    scene.show(0).await;
    lin.wait(shown).await;
    let answer = scene.key(0, peer);
    Replica::open(&mut lin, answer).await;
    Replica::open(&mut scene.host, answer).await;
    let state = vec![1, 2, 3];
    let moved = ClientFrame::Presence {
        answer,
        state: state.clone(),
    };
    let from_of = |frame: &ServerFrame| match frame {
        ServerFrame::Presence { from, state, .. } => Some((*from, state.clone())),
        _ => None,
    };
    lin.hand_in(&moved).await;
    assert_eq!(scene.host.wait_frame(from_of).await, (peer, state.clone()));
    scene.host.hand_in(&moved).await;
    assert_eq!(lin.wait_frame(from_of).await.1, state);
    scene.host.say(&ClientMessage::Look { at: None }).await;
    assert_eq!(lin.wait_frame(from_of).await.1, Vec::<u8>::new());
}
