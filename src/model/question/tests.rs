//! What a posted question may say, field by field.

use super::*;

fn good() -> QuestionText<'static> {
    QuestionText {
        kind: "1",
        title: " Reverse a list ",
        content: "Reverse it.\r\n\r\nIn place.",
        reference_answer: "`xs.reverse()`",
        starters: vec![("python", "def f(xs):\r\n    pass\n"), ("", "")],
        examples: vec![("1 2", "2 1", ""), ("", "", "on"), (" ", "x", "on")],
        public: "on",
    }
}

#[test]
fn a_good_form_is_a_draft() {
    let expected = QuestionDraft {
        kind: QuestionKind::Coding,
        title: "Reverse a list".into(),
        content: "Reverse it.\n\nIn place.".into(),
        reference_answer: "`xs.reverse()`".into(),
        starters: vec![Starter {
            language: CodeLanguage::Python,
            code: "def f(xs):\n    pass\n".into(),
        }],
        examples: vec![
            Example {
                input: "1 2".into(),
                output: "2 1".into(),
                hidden: false,
            },
            Example {
                input: " ".into(),
                output: "x".into(),
                hidden: true,
            },
        ],
        public: true,
    };
    assert_eq!(QuestionDraft::parse(&good()), Ok(expected));
}

#[test]
fn a_text_question_has_neither_starters_nor_examples() {
    let text = QuestionText {
        kind: "2",
        starters: vec![("klingon", "x")],
        public: "",
        ..good()
    };
    let draft = QuestionDraft::parse(&text).unwrap();
    assert!(draft.starters.is_empty() && draft.examples.is_empty() && !draft.public);
}

#[test]
fn every_mistake_is_found_at_once_in_the_order_of_the_form() {
    let long = "x".repeat(16_001);
    let bad = QuestionText {
        kind: "3",
        title: " ",
        content: &long,
        reference_answer: "\u{0}",
        starters: vec![("klingon", "nuqneH")],
        examples: vec![("1", "2", ""); 21],
        public: "",
    };
    let expected = vec![
        (Field::Kind, Problem::Malformed),
        (Field::Title, Problem::Missing),
        (Field::Content, Problem::TooLong { most: 16_000 }),
        (Field::ReferenceAnswer, Problem::BadCharacter),
        (Field::Starters, Problem::Malformed),
        (Field::Examples, Problem::TooMany { most: 20 }),
    ];
    let seen = QuestionDraft::parse(&bad).map_err(|problems| problems.0);
    assert_eq!(seen, Err(expected));
}

#[test]
fn each_field_is_judged() {
    let check = |text: QuestionText<'_>, field: Field, problem: Problem| {
        assert_eq!(QuestionDraft::parse(&text), Err((field, problem).into()));
    };
    let half = "x".repeat(8_001);
    let half = half.as_str();
    let long = Problem::TooLong { most: 16_000 };
    let titled = "x".repeat(121);
    check(
        QuestionText { kind: "", ..good() },
        Field::Kind,
        Problem::Missing,
    );
    let title = QuestionText {
        title: &titled,
        ..good()
    };
    check(title, Field::Title, Problem::TooLong { most: 120 });
    let with_starters = |starters| QuestionText { starters, ..good() };
    for (starters, problem) in [
        (vec![("", "code")], Problem::Missing),
        (vec![("go", "a"), ("GO", "b")], Problem::Repeated),
        (vec![("go", "\u{7}")], Problem::BadCharacter),
        (vec![("go", half), ("rust", half)], long),
    ] {
        check(with_starters(starters), Field::Starters, problem);
    }
    let with_examples = |examples| QuestionText { examples, ..good() };
    for (examples, problem) in [
        (vec![("a", "\u{0}", "")], Problem::BadCharacter),
        (vec![(half, half, "")], long),
    ] {
        check(with_examples(examples), Field::Examples, problem);
    }
}

#[test]
fn a_line_break_counts_as_one_character_and_limits_are_reached() {
    let content = "x\r\n".repeat(8_000) + "y";
    let text = QuestionText {
        content: &content,
        examples: vec![("1", "2", ""); 20],
        ..good()
    };
    let too_long = (Field::Content, Problem::TooLong { most: 16_000 });
    assert_eq!(QuestionDraft::parse(&text), Err(too_long.into()));
    let text = QuestionText {
        content: content.trim_end_matches('y'),
        ..text
    };
    assert!(QuestionDraft::parse(&text).is_ok());
}

#[test]
fn languages_have_one_name_and_are_found_by_more() {
    for language in CodeLanguage::ALL {
        let wire = serde_json::to_string(&language).unwrap();
        assert_eq!(wire, format!("\"{}\"", language.name()));
        assert_eq!(CodeLanguage::from_name(language.name()), Some(language));
    }
    let check =
        |name: &str, expected| assert_eq!(CodeLanguage::from_name(name), expected, "{name}");
    check("JavaScript", Some(CodeLanguage::JavaScript));
    check(" typescript ", Some(CodeLanguage::TypeScript));
    check("c++", None);
    check("", None);
    let running = CodeLanguage::ALL.into_iter().filter(|one| one.runs());
    assert_eq!(running.count(), 4);
}

#[test]
fn kinds_are_numbered() {
    for kind in QuestionKind::ALL {
        assert_eq!(QuestionKind::from_number(kind.number()), Some(kind));
    }
    assert_eq!(QuestionKind::from_number(0), None);
}

#[test]
fn chosen_questions_are_known_by_id_and_come_once() {
    let check = |ids: &[&str], expected: Result<&[i64], Problem>| {
        let seen = chosen(ids.iter().copied());
        let expected = expected.map(|ids| ids.iter().copied().map(QuestionId).collect());
        assert_eq!(seen, expected, "{ids:?}");
    };
    check(&[], Ok(&[]));
    check(&["7", "", " 5 "], Ok(&[7, 5]));
    check(&["7", "x"], Err(Problem::UnknownQuestion));
    check(&["7", "5", "7"], Err(Problem::AlreadyChosen));
    let many: Vec<String> = (0..21).map(|id: i64| id.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    check(&many, Err(Problem::TooMany { most: 20 }));
    assert!(chosen(many[..20].iter().copied()).is_ok());
}
