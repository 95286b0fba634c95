//! Updates as Yjs writes them, and everything they must not be.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// The update that a client makes who types into an empty document.
fn typed(client: u8, clock: u8, text: &str) -> Vec<u8> {
    let mut bytes = vec![1, 1, client, clock, STRING];
    bytes.extend([1, TEXT.len() as u8]);
    bytes.extend(TEXT.bytes());
    bytes.push(text.len() as u8);
    bytes.extend(text.bytes());
    bytes.push(0);
    bytes
}

/// Types behind something.
fn typed_after(client: u8, clock: u8, origin: (u8, u8), text: &str) -> Vec<u8> {
    let mut bytes = vec![1, 1, client, clock, STRING | HAS_ORIGIN, origin.0, origin.1];
    bytes.push(text.len() as u8);
    bytes.extend(text.bytes());
    bytes.push(0);
    bytes
}

fn set(key: &str, value: &[u8]) -> Vec<u8> {
    let mut bytes = vec![1, 1, 7, 0, ANY | HAS_KEY];
    for name in [SETTINGS, key] {
        if name == SETTINGS {
            bytes.push(1);
        }
        bytes.push(name.len() as u8);
        bytes.extend(name.bytes());
    }
    bytes.extend(value);
    bytes.push(0);
    bytes
}

fn known(clocks: &[(Client, u32)]) -> impl Fn(Client) -> u32 + '_ {
    move |client| {
        let known = clocks.iter().find(|(known, _)| *known == client);
        known.map_or(0, |(_, clock)| *clock)
    }
}

#[test]
fn what_an_editor_writes_is_read() {
    let check = |bytes: &[u8], adds: &[(Client, (u32, u32))]| {
        let written = Written::read(bytes);
        let written = written.unwrap_or_else(|| panic!("not read: {bytes:?}"));
        assert_eq!(written.adds, adds.iter().copied().collect());
        assert!(!written.has_gap);
    };
    check(&[0, 0], &[]);
    check(&typed(7, 0, "hello"), &[(7, (0, 5))]);
    check(&typed(7, 3, "字😀"), &[(7, (3, 6))]);
    check(&typed_after(7, 3, (7, 2), "a"), &[(7, (3, 4))]);
    check(&set(LANGUAGE, &[1, 119, 2, b'g', b'o']), &[(7, (0, 1))]);
    check(&set("tabs", &[1, 125, 4]), &[(7, (0, 1))]);
    check(&set("tabs", &[2, 127, 120]), &[(7, (0, 2))]);
    // Two parts of one client, collected and deleted, and two deletions.
    check(
        &[
            1,
            2,
            7,
            0,
            COLLECTED,
            3,
            DELETED | HAS_ORIGIN,
            7,
            2,
            4,
            1,
            7,
            2,
            0,
            1,
            2,
            5,
        ],
        &[(7, (0, 7))],
    );
}

#[test]
fn what_is_missing_is_found() {
    let check = |bytes: &[u8], clocks: &[(Client, u32)], lacks: bool| {
        let written = Written::read(bytes).unwrap();
        assert_eq!(written.lacks(known(clocks)), lacks, "{bytes:?} {clocks:?}");
    };
    check(&[0, 0], &[], false);
    check(&typed(7, 0, "a"), &[], false);
    check(&typed(7, 0, "a"), &[(7, 5)], false);
    check(&typed(7, 3, "a"), &[(7, 2)], true);
    check(&typed(7, 3, "a"), &[(7, 3)], false);
    check(&typed_after(7, 0, (8, 2), "a"), &[(8, 2)], true);
    check(&typed_after(7, 0, (8, 2), "a"), &[(8, 3)], false);
    // A deletion.
    check(&[0, 1, 8, 1, 2, 3], &[(8, 4)], true);
    check(&[0, 1, 8, 1, 2, 3], &[(8, 5)], false);
    // Something left out, and one client beside what the other brings along.
    check(&[1, 2, 7, 0, COLLECTED, 1, SKIPPED, 2, 0], &[(7, 9)], true);
    let both = [
        2,
        1,
        8,
        0,
        STRING | HAS_ORIGIN,
        7,
        0,
        1,
        b'b',
        1,
        7,
        0,
        COLLECTED,
        1,
        0,
    ];
    check(&both, &[], false);
}

#[test]
fn what_does_not_belong_into_an_answer_is_refused() {
    let check = |bytes: &[u8]| assert_eq!(Written::read(bytes), None, "{bytes:?}");
    check(&[]);
    check(&[0]);
    check(&[0, 0, 0]);
    check(&[0xff, 0xff, 0xff, 0xff, 0x0f]);
    check(&[1, 0xff, 0xff, 0xff, 0x7f, 7, 0]);
    check(&typed(7, 0, ""));
    check(&typed(7, 0, "hello")[..12]);
    // No such place, a key in the text, no key in the settings, and what is called by an id.
    let other = [1, 1, 7, 0, STRING, 1, 4, b'T', b'E', b'X', b'T', 1, b'a', 0];
    check(&other);
    let mut keyed = typed(7, 0, "a");
    keyed[4] |= HAS_KEY;
    check(&keyed);
    check(&[1, 1, 7, 0, STRING, 0, 7, 0, 1, b'a', 0]);
    // What holds other things, in a place for simple ones.
    check(&set(LANGUAGE, &[1, 117, 1, 117, 0]));
    check(&set(LANGUAGE, &[1, 118, 0]));
    check(&set(LANGUAGE, &[1, 116, 0]));
    check(&set(&"k".repeat(65), &[1, 127]));
    for kind in [2, 3, 5, 6, 7, 9, 11, 12, 20] {
        check(&[1, 1, 7, 0, kind | HAS_ORIGIN, 8, 0, 1, 1, 1, 0, 0]);
    }
    // Beside oneself or what comes later, one client twice, clocks without end.
    check(&typed_after(7, 3, (7, 3), "a"));
    check(&typed_after(7, 3, (7, 9), "a"));
    check(&[2, 1, 7, 0, COLLECTED, 1, 1, 7, 1, COLLECTED, 1, 0]);
    check(&[1, 1, 7, 9, COLLECTED, 0xff, 0xff, 0xff, 0xff, 7, 0]);
    check(&[1, 1, 7, 0, COLLECTED, 0, 0]);
    // Deletions out of order, of nothing, of one client twice.
    check(&[0, 1, 7, 2, 5, 1, 2, 1]);
    check(&[0, 1, 7, 1, 5, 0]);
    check(&[0, 2, 7, 1, 0, 1, 7, 1, 1, 1]);
}

#[test]
fn parts_and_what_they_may_do_to_a_document_are_told() {
    let check = |bytes: &[u8], parts, only_deletes, has_loose_parts| {
        let written = Written::read(bytes).unwrap();
        let told = (
            written.parts(),
            written.only_deletes(),
            written.has_loose_parts(),
        );
        assert_eq!(told, (parts, only_deletes, has_loose_parts), "{bytes:?}");
    };
    check(&[0, 0], 0, true, false);
    check(&typed(7, 0, "hello"), 1, false, false);
    check(&set(LANGUAGE, &[1, 120]), 1, false, false);
    check(&[0, 1, 8, 2, 2, 3, 7, 1], 2, true, false);
    let loose = [1, 1, 7, 0, ANY | HAS_ORIGIN, 8, 0, 1, 120, 0];
    check(&loose, 1, false, true);
    let between = STRING | HAS_ORIGIN | HAS_RIGHT_ORIGIN;
    check(
        &[1, 1, 7, 0, between, 8, 0, 9, 0, 1, b'a', 0],
        1,
        false,
        true,
    );
    check(&typed_after(7, 3, (7, 2), "a"), 1, false, false);
    let value_before_another = [
        1,
        1,
        7,
        0,
        ANY | HAS_ORIGIN | HAS_RIGHT_ORIGIN,
        8,
        0,
        9,
        0,
        1,
        120,
        0,
    ];
    assert_eq!(Written::read(&value_before_another), None);
    let both = [1, 1, 7, 0, COLLECTED, 1, 1, 8, 2, 2, 3, 7, 1];
    check(&both, 3, false, false);
}

#[test]
fn state_vectors_are_known_from_others() {
    assert!(is_state_vector(&[0]));
    assert!(is_state_vector(&[2, 7, 1, 0x80, 1, 0]));
    for bytes in [
        &[][..],
        &[1],
        &[1, 7],
        &[0, 0],
        &[0xff, 0xff, 0xff, 0x7f],
        &[1, 7, 1, 1],
    ] {
        assert!(!is_state_vector(bytes), "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        let _ = Written::read(&bytes);
        let _ = is_state_vector(&bytes);
    }

    #[test]
    fn nothing_cut_or_changed_harms(
        cut in 0..40_usize,
        at in 0..40_usize,
        byte in any::<u8>(),
        text in "\\PC{1,8}",
    ) {
        let mut bytes = typed_after(7, 3, (8, 2), &text);
        let whole = Written::read(&bytes);
        prop_assert!(whole.is_some());
        let place = at % bytes.len();
        bytes[place] = byte;
        let _ = Written::read(&bytes);
        bytes.truncate(cut);
        let _ = Written::read(&bytes);
    }
}
