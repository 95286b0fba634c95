//! What is said, and what is made of the answers.

use colloquy::model::{InterviewQuestionId, PeerId, Timestamp};

use super::*;

const ANSWER: AnswerKey = AnswerKey {
    question: InterviewQuestionId(3),
    peer: PeerId(7),
};

fn colloquy() -> Dialect {
    Dialect::Colloquy {
        room: "482913".to_owned(),
        answer: ANSWER,
    }
}

fn yjs(shape: Yjs) -> Dialect {
    Dialect::Yjs {
        document: "d1".to_owned(),
        shape,
    }
}

#[test]
fn keystrokes_are_numbered_behind_the_answer_to_the_diff() {
    let Some(Word::Bytes(first)) = colloquy().confirm() else {
        panic!("a frame");
    };
    let Word::Bytes(second) = colloquy().hand_in(0, vec![1]) else {
        panic!("a frame");
    };
    let number = |bytes: &[u8]| match ClientFrame::decode(bytes) {
        Ok(ClientFrame::Update { number, .. }) => number,
        other => panic!("{other:?}"),
    };
    assert_eq!((number(&first), number(&second)), (1, 2));
    let saved = ServerFrame::Saved {
        answer: ANSWER,
        number: 2,
        at: Timestamp(0),
    };
    assert_eq!(
        colloquy().hear_bytes(&saved.encode()),
        Heard::SavedUpTo(1),
        "one keystroke"
    );
}

#[test]
fn updates_are_heard_as_they_were_said() {
    for shape in [Yjs::Plain, Yjs::Addressed] {
        let Word::Bytes(said) = yjs(shape).hand_in(5, vec![1, 2, 3]) else {
            panic!("bytes");
        };
        assert_eq!(
            yjs(shape).hear_bytes(&said),
            Heard::Update(vec![1, 2, 3]),
            "{shape:?}"
        );
    }
}

#[test]
fn what_a_plain_server_is_told_and_answers() {
    let said = |word: Word| match word {
        Word::Bytes(bytes) => bytes,
        Word::Text(text) => panic!("{text}"),
    };
    let plain = yjs(Yjs::Plain);
    let asked = plain.open().unwrap().remove(0);
    assert_eq!(told(&said(asked)), Told::Asked);
    assert_eq!(told(&said(plain.hand_in(0, vec![9]))), Told::Update(&[9]));
    assert_eq!(told(&[]), Told::Other);
    assert_eq!(plain.hear_bytes(&nothing()), Heard::Document);
    assert_eq!(plain.hear_bytes(&receipt()), Heard::SavedNext);
}

#[test]
fn only_what_matters_is_told_apart() {
    let check = |text: &str, expected| {
        assert_eq!(colloquy().hear_text(text.as_bytes()), expected, "{text}");
    };
    check(r#"{"type":"welcome","version":3}"#, Heard::Welcome);
    check(r#"{"type":"rejected","code":"too_fast"}"#, Heard::Refused);
    check(r#"{"type":"clock","now":1}"#, Heard::Other);
    let addressed = yjs(Yjs::Addressed);
    let hear = |message: &[u8]| {
        let mut bytes = vec![2, b'd', b'1'];
        bytes.extend(message);
        addressed.hear_bytes(&bytes)
    };
    assert_eq!(hear(&[2, 2, 0]), Heard::Welcome);
    assert_eq!(hear(&[2, 1, 0]), Heard::Refused);
    assert_eq!(hear(&[4, 1, 2, 0, 0]), Heard::Document);
    assert_eq!(hear(&[8, 0]), Heard::Refused);
    assert_eq!(hear(&[1, 1, 0]), Heard::Other);
    assert_eq!(hear(&[]), Heard::Other);
}
