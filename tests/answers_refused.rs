//! What must not come of answers: nobody sees or writes what is not theirs, nothing malformed harms, and
//! nobody is told that something is saved when it is not.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use colloquy::protocol::{
    ClientMessage, CloseCode, RejectCode, RunState,
    document::{ClientFrame, LARGEST_BINARY, LARGEST_UPDATE, ServerFrame},
};
use sea_orm::ConnectionTrait;
use support::{
    answers::{STARTER, Scene, fence, hidden, run},
    replica::{Replica, shown},
    socket::{By, Closed},
    stage::rejected,
};

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
