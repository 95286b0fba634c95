//! Chat: to everyone, counted, trimmed, limited, and refused in the reader's language.

use crate::messages::messages;
use crate::model::Language;
use crate::protocol::{ChatMessage, ClientMessage, LONGEST_CHAT, RejectCode, ServerMessage};
use crate::room::{Occupant, Output, SocketId};

use super::stage::{ANNA, BO, CHEN, Stage, occupant, peer};

fn write(stage: &mut Stage, socket: SocketId, text: &str) -> Vec<Output> {
    let text = text.to_owned();
    stage.say(socket, ClientMessage::SendChat { text })
}

fn written(stage: &mut Stage, socket: SocketId) -> Vec<(u64, String)> {
    let heard = stage.heard(socket).into_iter();
    heard
        .filter_map(|message| match message {
            ServerMessage::ChatSent { message } => Some((message.id, message.text)),
            _ => None,
        })
        .collect()
}

#[test]
fn everyone_hears_everything_once() {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    let bo = stage.join(BO, 20);
    let at = stage.now;
    let outputs = write(&mut stage, bo, " \n你好 <b>\t");
    let message = ChatMessage {
        id: 1,
        from: peer(BO),
        name: occupant(BO).name,
        text: "你好 <b>".into(),
        at,
    };
    let message = ServerMessage::ChatSent { message };
    let to = vec![anna, bo];
    assert_eq!(outputs, [Output::Send { to, message }]);
    write(&mut stage, anna, "two");
    let chen = stage.join(CHEN, 30);
    write(&mut stage, anna, "three");
    let three = (3, "three".to_owned());
    assert_eq!(
        written(&mut stage, bo)[1..],
        [(2, "two".to_owned()), three.clone()]
    );
    assert_eq!(written(&mut stage, chen), [three]);
}

#[test]
fn who_comes_back_finds_what_was_said_since_they_first_came() {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    write(&mut stage, anna, "before");
    let bo = stage.join(BO, 20);
    assert_eq!(stage.clients[&bo].chat, [] as [u64; 0], "not for Bo");
    write(&mut stage, anna, "one");
    stage.drop_socket(bo);
    write(&mut stage, anna, "two");
    let bo = stage.join(BO, 20);
    assert_eq!(stage.clients[&bo].chat, [2, 3]);
    stage.say(bo, ClientMessage::Leave {});
    write(&mut stage, anna, "three");
    let bo = stage.join(BO, 21);
    assert_eq!(stage.clients[&bo].chat, [2, 3, 4]);
}

#[test]
fn who_was_in_a_room_that_is_forgotten_finds_all_that_this_one_remembers() {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    write(&mut stage, anna, "one");
    let back = || Occupant {
        arrived: true,
        ..occupant(BO)
    };
    let bo = stage.join_as(back(), 20);
    assert_eq!(stage.clients[&bo].chat, [1]);
    let chen = stage.join(CHEN, 30);
    assert_eq!(stage.clients[&chen].chat, [] as [u64; 0], "new here");
    stage.say(chen, ClientMessage::Leave {});
    write(&mut stage, anna, "two");
    let chen = stage.join_as(
        Occupant {
            arrived: true,
            ..occupant(CHEN)
        },
        31,
    );
    assert_eq!(stage.clients[&chen].chat, [2], "not what was said before");
}

#[test]
fn empty_and_endless_messages_are_refused() {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    let bo = stage.join(BO, 20);
    let longest = "字".repeat(LONGEST_CHAT as usize);
    let check = |stage: &mut Stage, text: &str, expected| {
        stage.forget();
        write(stage, anna, text);
        assert_eq!(stage.clients[&anna].last_rejection(), expected);
        assert_eq!(written(stage, bo).is_empty(), expected.is_some());
    };
    check(&mut stage, "", Some(RejectCode::Empty));
    check(&mut stage, " \n\u{3000}", Some(RejectCode::Empty));
    check(
        &mut stage,
        &format!("{longest}!"),
        Some(RejectCode::TooLong),
    );
    check(&mut stage, &format!(" {longest} "), None);
}

#[test]
fn ten_at_once_then_two_a_second() {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    let bo = stage.join(BO, 20);
    let check = |stage: &mut Stage, socket, tries: u32, expected: usize| {
        stage.forget();
        for _ in 0..tries {
            write(stage, socket, "hello");
        }
        let refused = stage.clients[&socket].last_rejection();
        let too_fast = (expected < tries as usize).then_some(RejectCode::TooFast);
        assert_eq!((written(stage, bo).len(), refused), (expected, too_fast));
    };
    check(&mut stage, anna, 12, 10);
    let again = stage.join(ANNA, 11);
    check(&mut stage, again, 2, 0);
    stage.wait(1000);
    check(&mut stage, again, 3, 2);
    stage.wait(9_000);
    check(&mut stage, again, 11, 10);
    check(&mut stage, bo, 1, 1);
}

#[test]
fn refusals_are_in_the_language_of_the_page() {
    for language in Language::ALL {
        let mut stage = Stage::new(4);
        let chen = stage.join_as(
            Occupant {
                language,
                user_name: None,
                transport: crate::protocol::Transport::WebSocket,
                waits: false,
                arrived: false,
                ..occupant(CHEN)
            },
            1,
        );
        stage.forget();
        stage.say(chen, ClientMessage::End {});
        let code = RejectCode::Forbidden;
        let text = (messages(language).problem.rejected)(code).to_owned();
        let about = "end".to_owned();
        let rejected = ServerMessage::Rejected { code, about, text };
        assert_eq!(stage.heard(chen), [rejected]);
    }
}
