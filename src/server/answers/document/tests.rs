//! Documents against replicas of another hand, and against those who mean no good.

use proptest::prelude::*;
use yrs::GetString;

use super::*;
use crate::protocol::document::numbers::write_number;

/// A page's copy of an answer.
struct Replica(Doc);

impl Replica {
    fn of(client: u64, document: &Document) -> Self {
        let replica = Self(Doc::with_options(Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::with_client_id(ClientID::new(client))
        }));
        replica.take(&document.whole());
        replica
    }

    fn take(&self, update: &[u8]) {
        let mut transaction = self.0.transact_mut();
        let update = Update::decode_v1(update).unwrap();
        transaction.apply_update(update).unwrap();
    }

    /// Types, and answers the update.
    fn type_at(&self, at: u32, typed: &str) -> Vec<u8> {
        let text = self.0.get_or_insert_text(TEXT);
        let mut transaction = self.0.transact_mut();
        text.insert(&mut transaction, at, typed);
        transaction.commit();
        transaction.encode_update_v1()
    }

    fn delete(&self, at: u32, length: u32) -> Vec<u8> {
        let text = self.0.get_or_insert_text(TEXT);
        let mut transaction = self.0.transact_mut();
        text.remove_range(&mut transaction, at, length);
        transaction.commit();
        transaction.encode_update_v1()
    }

    fn text(&self) -> String {
        let text = self.0.get_or_insert_text(TEXT);
        text.get_string(&self.0.transact())
    }
}

fn text(document: &Document) -> String {
    Replica::of(1, document).text()
}

fn starter() -> Starter {
    Starter {
        language: CodeLanguage::Python,
        code: "字 = 1\n".into(),
    }
}

#[test]
fn an_answer_begins_with_the_first_starter() {
    let (document, update) = Document::begun(Some(&starter()));
    assert_eq!(text(&document), "字 = 1\n");
    let replica = Replica::of(1, &document);
    let settings = replica.0.get_or_insert_map(SETTINGS);
    let language = settings.get(&replica.0.transact(), LANGUAGE).unwrap();
    assert_eq!(language.to_string(&replica.0.transact()), "python");
    assert_eq!(text(&Document::of(&[update]).unwrap()), "字 = 1\n");
    let (empty, update) = Document::begun(None);
    assert_eq!((text(&empty), update.len() > 2), (String::new(), true));
}

#[test]
fn what_was_changed_is_told_once() {
    let (mut document, _) = Document::begun(Some(&starter()));
    let (one, two) = (Replica::of(1, &document), Replica::of(2, &document));
    let (first, second) = (one.type_at(0, "a"), one.type_at(1, "b"));
    let told = document.apply(&first).unwrap().unwrap();
    two.take(&told);
    // Both at once bring only what is new, and again nothing.
    let both = one.0.transact().encode_diff_v1(&StateVector::default());
    let told = document.apply(&both).unwrap().unwrap();
    assert!(told.len() < both.len());
    two.take(&told);
    assert_eq!(two.text(), "ab字 = 1\n");
    for update in [&first, &second, &both, &vec![0, 0]] {
        assert_eq!(document.apply(update), Ok(None));
    }
    let told = document.apply(&two.delete(1, 2)).unwrap().unwrap();
    one.take(&told);
    assert_eq!((one.text(), text(&document)), (two.text(), two.text()));
    let diff = document.diff(&document.state_vector()).unwrap();
    assert_eq!(document.apply(&diff), Ok(None));
}

#[test]
fn what_builds_on_something_missing_is_not_kept() {
    let (mut document, _) = Document::begun(None);
    let one = Replica::of(1, &document);
    let (first, second) = (one.type_at(0, "a"), one.type_at(1, "b"));
    let deleted = one.delete(0, 1);
    let before = document.whole();
    for update in [&second, &deleted] {
        assert_eq!(document.apply(update), Err(NotTaken::Incomplete));
        assert_eq!(document.whole(), before);
    }
    for update in [first, second, deleted] {
        assert!(document.apply(&update).is_ok());
    }
    assert_eq!(text(&document), "b");
}

#[test]
fn what_is_malformed_changes_nothing() {
    let (mut document, _) = Document::begun(Some(&starter()));
    let before = document.whole();
    let update = Replica::of(1, &document).type_at(0, "hello");
    for length in 0..update.len() {
        let cut = &update[..length];
        assert_eq!(document.apply(cut), Err(NotTaken::Malformed), "{length}");
    }
    assert_eq!(document.whole(), before);
    assert_eq!(document.diff(&[7]), None);
}

#[test]
fn parts_that_wait_for_each_other_break_only_this_copy() {
    let (mut document, first) = Document::begun(None);
    let string_behind_another = 0x84;
    let cycle = [
        2,
        1,
        8,
        0,
        string_behind_another,
        7,
        0,
        1,
        b'b',
        1,
        7,
        0,
        string_behind_another,
        8,
        0,
        1,
        b'a',
        0,
    ];
    assert_eq!(document.apply(&cycle), Err(NotTaken::Broken));
    drop(document);
    assert_eq!(text(&Document::of(&[first]).unwrap()), "");
}

#[test]
fn a_document_does_not_grow_without_end() {
    let (mut document, _) = Document::begun(None);
    let one = Replica::of(1, &document);
    let page = "x".repeat(100_000);
    let mut taken = 0;
    loop {
        match document.apply(&one.type_at(0, &page)) {
            Ok(_) => taken += 1,
            Err(refused) => {
                assert_eq!(refused, NotTaken::TooLarge);
                break;
            }
        }
    }
    assert_eq!(taken, 10);
    assert!(document.whole().len() <= LARGEST_DOCUMENT);
    // What is deleted leaves almost nothing behind.
    let other = Replica::of(2, &document);
    assert!(document.apply(&other.delete(0, 900_000)).is_ok());
    assert!(document.apply(&other.type_at(0, &page)).is_ok());
}

/// Many characters, each behind the same one: what a client can make that means no good.
fn siblings(client: u8, clock: u32, number: usize) -> Vec<u8> {
    let string_behind_another = 0x84;
    let mut bytes = vec![1];
    write_number(number as u64, &mut bytes);
    bytes.push(client);
    write_number(u64::from(clock), &mut bytes);
    for _ in 0..number {
        bytes.extend([string_behind_another, 9, 0, 1, b'x']);
    }
    bytes.push(0);
    bytes
}

#[test]
fn neither_updates_nor_documents_have_parts_without_end() {
    let (mut document, _) = Document::begun(None);
    assert!(document.apply(&typed(9)).is_ok());
    let before = document.whole();
    let refused = document.apply(&siblings(10, 0, MOST_PARTS + 1));
    assert_eq!(refused, Err(NotTaken::Malformed));
    assert_eq!(document.whole(), before);
    let mut clock = 0;
    while document.apply(&siblings(10, clock, MOST_PARTS)).is_ok() {
        clock += MOST_PARTS as u32;
    }
    let most = MOST_PARTS_OF_DOCUMENT as u32;
    assert!((most / 2..=most).contains(&clock), "{clock}");
    let refused = document.apply(&siblings(10, clock, MOST_PARTS));
    assert_eq!(refused, Err(NotTaken::TooLarge));
    // Room can be made.
    let other = Replica::of(2, &document);
    assert!(document.apply(&other.delete(0, clock / 2)).is_ok());
    assert!(document.apply(&siblings(10, clock, MOST_PARTS / 4)).is_ok());
}

#[test]
fn what_is_full_can_be_deleted() {
    let (mut document, _) = Document::begun(None);
    let one = Replica::of(1, &document);
    for _ in 0..10 {
        assert!(
            document
                .apply(&one.type_at(0, &"x".repeat(100_000)))
                .is_ok()
        );
    }
    let other = Replica::of(2, &document);
    let rest = LARGEST_DOCUMENT - document.whole().len();
    assert!(
        document
            .apply(&other.type_at(0, &"y".repeat(rest - 40)))
            .is_ok()
    );
    let refused = document.apply(&Replica::of(3, &document).type_at(0, &"z".repeat(50)));
    assert_eq!(refused, Err(NotTaken::TooLarge));
    assert!(document.apply(&other.delete(0, 100)).is_ok());
    assert!(
        document
            .apply(&Replica::of(4, &document).type_at(0, &"z".repeat(50)))
            .is_ok()
    );
}

/// One character in the empty text.
fn typed(client: u8) -> Vec<u8> {
    let mut bytes = vec![1, 1, client, 0, 4, 1, TEXT.len() as u8];
    bytes.extend(TEXT.bytes());
    bytes.extend([1, b'a', 0]);
    bytes
}

#[test]
fn nothing_but_characters_is_in_the_text() {
    let (mut document, first) = Document::begun(None);
    let typed = typed(9);
    assert!(document.apply(&typed).is_ok());
    let (value_behind_another, yes) = (0x88, 120);
    let value = [1, 1, 7, 0, value_behind_another, 9, 0, 1, yes, 0];
    assert_eq!(document.apply(&value), Err(NotTaken::Broken));
    assert_eq!(text(&Document::of(&[first, typed.clone()]).unwrap()), "a");
    // Characters behind the text and before a setting.
    let (mut document, _) = Document::begun(None);
    assert!(document.apply(&typed).is_ok());
    let one = Replica::of(1, &document);
    let settings = one.0.get_or_insert_map(SETTINGS);
    let mut transaction = one.0.transact_mut();
    settings.insert(&mut transaction, "tabs", 4);
    transaction.commit();
    assert!(document.apply(&transaction.encode_update_v1()).is_ok());
    let string_between = 0xc4;
    let between = [1, 1, 7, 0, string_between, 9, 0, 1, 0, 1, b'x', 0];
    assert_eq!(document.apply(&between), Err(NotTaken::Broken));
    // Another value of a setting stands behind the one before.
    let (mut document, _) = Document::begun(None);
    let one = Replica::of(1, &document);
    for language in ["go", "rust"] {
        let settings = one.0.get_or_insert_map(SETTINGS);
        let mut transaction = one.0.transact_mut();
        settings.insert(&mut transaction, LANGUAGE, language);
        transaction.commit();
        assert!(document.apply(&transaction.encode_update_v1()).is_ok());
    }
}

proptest! {
    /// Two people and the server, each hearing of the others late: all come to the same text.
    #[test]
    fn all_come_to_the_same(
        steps in prop::collection::vec((0..2_usize, 0..9_u32, "[a-z字é]{0,3}", any::<bool>()), 0..40),
    ) {
        let (mut document, first) = Document::begun(Some(&starter()));
        let mut log = vec![first];
        let replicas = [Replica::of(1, &document), Replica::of(2, &document)];
        let mut late: [Vec<Vec<u8>>; 2] = [Vec::new(), Vec::new()];
        for (who, at, typed, hears) in steps {
            let length = replicas[who].text().encode_utf16().count() as u32;
            let update = match typed.as_str() {
                "" if at >= length => continue,
                "" => replicas[who].delete(at, 1),
                typed => replicas[who].type_at(at.min(length), typed),
            };
            if let Some(told) = document.apply(&update).unwrap() {
                log.push(told.clone());
                late[1 - who].push(told);
            }
            if hears {
                late[who].drain(..).for_each(|told| replicas[who].take(&told));
            }
        }
        for (replica, late) in replicas.iter().zip(late) {
            late.iter().for_each(|told| replica.take(told));
            prop_assert_eq!(replica.text(), text(&document));
        }
        prop_assert_eq!(text(&Document::of(&log).unwrap()), text(&document));
        let snapshot = Document::of(&[document.whole()]).unwrap();
        prop_assert_eq!(text(&snapshot), text(&document));
    }
}
