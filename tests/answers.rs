//! Questions and answers in a room: shown and hidden, written together, kept over a restart.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use colloquy::{
    model::InterviewQuestionId,
    protocol::{
        ClientMessage, Run, RunState, ServerMessage,
        document::{ClientFrame, ServerFrame},
    },
};
use support::{
    answers::{STARTER, Scene, fence, hidden, run},
    bank::Sheet,
    replica::{Replica, shown},
    socket::By,
};

fn prepared(message: &ServerMessage) -> Option<Vec<String>> {
    match message {
        ServerMessage::QuestionsPrepared { questions } => {
            Some(questions.iter().map(|one| one.title.clone()).collect())
        }
        _ => None,
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
