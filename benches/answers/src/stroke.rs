//! Keystrokes as updates of Yjs (version 1). Everybody types one character after another at the end of what they typed
//! before, so an update is a few bytes and needs no document to make it.

use crate::reader::{Reader, write_bytes, write_number};

/// The name of the text, as answers have it.
const TEXT: &[u8] = b"text";
const CHARACTER: &[u8] = b"x";

/// How Yjs marks what an item is made of.
const KIND: u8 = 0x1f;
const COLLECTED: u8 = 0;
const STRING: u8 = 4;
const SKIPPED: u8 = 10;
/// How it marks what an item stands between.
const HAS_LEFT: u8 = 0x80;
const HAS_RIGHT: u8 = 0x40;
const HAS_KEY: u8 = 0x20;

/// Characters of one person, one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strokes {
    pub client: u64,
    /// Counts the characters of this person from 0.
    pub first: u64,
    pub count: u64,
}

/// The update with one more character of this person, who typed so many before.
pub fn update(client: u64, typed: u64) -> Vec<u8> {
    let mut update = vec![1, 1];
    write_number(client, &mut update);
    write_number(typed, &mut update);
    match typed.checked_sub(1) {
        Some(left) => {
            update.push(STRING | HAS_LEFT);
            write_number(client, &mut update);
            write_number(left, &mut update);
        }
        None => {
            update.extend([STRING, 1]);
            write_bytes(TEXT, &mut update);
        }
    }
    write_bytes(CHARACTER, &mut update);
    // Nothing is deleted.
    update.push(0);
    update
}

/// What was typed according to an update; None when it is none. Servers join updates that come close together.
pub fn read(update: &[u8]) -> Option<Vec<Strokes>> {
    let mut reader = Reader(update);
    let mut all = Vec::new();
    for _ in 0..reader.number()? {
        let items = reader.number()?;
        let client = reader.number()?;
        let mut clock = reader.number()?;
        for _ in 0..items {
            let (count, is_text) = item(&mut reader)?;
            if is_text {
                all.push(Strokes {
                    client,
                    first: clock,
                    count,
                });
            }
            clock += count;
        }
    }
    Some(all)
}

/// How long an item is, and whether it is text.
fn item(reader: &mut Reader<'_>) -> Option<(u64, bool)> {
    let info = reader.byte()?;
    if matches!(info & KIND, COLLECTED | SKIPPED) {
        return Some((reader.number()?, false));
    }
    for side in [HAS_LEFT, HAS_RIGHT] {
        if info & side != 0 {
            reader.number()?;
            reader.number()?;
        }
    }
    if info & (HAS_LEFT | HAS_RIGHT) == 0 {
        if reader.number()? == 1 {
            reader.bytes()?;
        } else {
            reader.number()?;
            reader.number()?;
        }
        if info & HAS_KEY != 0 {
            reader.bytes()?;
        }
    }
    // Only single-byte characters are typed, so bytes are characters.
    (info & KIND == STRING)
        .then(|| reader.bytes())?
        .map(|text| (text.len() as u64, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What yjs itself makes of the same typing.
    const FIRST: [u8; 15] = [1, 1, 172, 2, 0, 4, 1, 4, 116, 101, 120, 116, 1, 120, 0];
    const SECOND: [u8; 12] = [1, 1, 172, 2, 1, 132, 172, 2, 0, 1, 120, 0];
    /// Both of them, and one of another person, joined by yjs.
    const JOINED: [u8; 30] = [
        2, 2, 172, 2, 0, 4, 1, 4, 116, 101, 120, 116, 1, 120, 132, 172, 2, 0, 1, 120, 1, 5, 0, 132,
        172, 2, 1, 1, 120, 0,
    ];

    fn strokes(client: u64, first: u64, count: u64) -> Strokes {
        Strokes {
            client,
            first,
            count,
        }
    }

    #[test]
    fn updates_are_those_of_yjs() {
        assert_eq!(update(300, 0), FIRST);
        assert_eq!(update(300, 1), SECOND);
    }

    #[test]
    fn joined_updates_are_taken_apart() {
        assert_eq!(read(&FIRST), Some(vec![strokes(300, 0, 1)]));
        assert_eq!(
            read(&JOINED),
            Some(vec![
                strokes(300, 0, 1),
                strokes(300, 1, 1),
                strokes(5, 0, 1)
            ])
        );
        assert_eq!(read(&[0, 0]), Some(Vec::new()));
        assert_eq!(read(&SECOND[..8]), None);
    }
}
