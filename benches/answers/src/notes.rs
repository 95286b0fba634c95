//! What a class typed, what the others saw of it and what was saved. Everybody writes into it at once.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use bench_support::Tally;

use crate::stroke::Strokes;

/// For how many of somebody's newest keystrokes it is known when they were made.
const REMEMBERED: usize = 256;

/// Notes of one class.
#[derive(Debug)]
pub struct Notes {
    /// When each person's newest keystrokes were made.
    made: Vec<[AtomicU64; REMEMBERED]>,
    /// From a keystroke to when the other person of the document has read it.
    pub seen: Tally,
    /// From a keystroke to its receipt.
    pub saved: Tally,
    typed_by_all: AtomicU64,
    seen_by_all: AtomicU64,
    saved_of_all: AtomicU64,
}

impl Notes {
    pub fn of(people: usize) -> Self {
        let began = Instant::now();
        let none = || [const { AtomicU64::new(0) }; REMEMBERED];
        Self {
            made: (0..people).map(|_| none()).collect(),
            seen: Tally::since(began),
            saved: Tally::since(began),
            typed_by_all: AtomicU64::new(0),
            seen_by_all: AtomicU64::new(0),
            saved_of_all: AtomicU64::new(0),
        }
    }

    /// Notes that somebody makes this keystroke now.
    pub fn make(&self, person: usize, stroke: u64) {
        let now = self.seen.now();
        self.seen.count(person, |counts| counts.sent += 1);
        self.typed_by_all.fetch_add(1, Ordering::Relaxed);
        if let Some(moment) = self.moment(person, stroke) {
            moment.store(now, Ordering::Relaxed);
        }
    }

    /// Notes that one person reads now what another typed.
    pub fn see(&self, reader: usize, strokes: Strokes) {
        let Some(writer) = person(strokes.client) else {
            return;
        };
        self.seen_by_all.fetch_add(strokes.count, Ordering::Relaxed);
        for stroke in strokes.first..strokes.first + strokes.count {
            if let Some(moment) = self.moment(writer, stroke) {
                self.seen.hear(reader, moment.load(Ordering::Relaxed));
            }
        }
    }

    /// Notes that somebody has the receipt of this keystroke now.
    pub fn save(&self, person: usize, stroke: u64) {
        self.saved_of_all.fetch_add(1, Ordering::Relaxed);
        if let Some(moment) = self.moment(person, stroke) {
            self.saved.hear(person, moment.load(Ordering::Relaxed));
        }
    }

    /// Times what is typed from now on, or nothing any more.
    pub fn time(&self, on: bool) {
        self.seen.time(on);
        self.saved.time(on);
    }

    /// How many keystrokes nobody has seen yet.
    pub fn unseen(&self) -> u64 {
        let typed = self.typed_by_all.load(Ordering::Relaxed);
        typed.saturating_sub(self.seen_by_all.load(Ordering::Relaxed))
    }

    /// How many keystrokes have no receipt yet.
    pub fn unsaved(&self) -> u64 {
        let typed = self.typed_by_all.load(Ordering::Relaxed);
        typed.saturating_sub(self.receipts())
    }

    /// How many keystrokes have their receipt.
    pub fn receipts(&self) -> u64 {
        self.saved_of_all.load(Ordering::Relaxed)
    }

    fn moment(&self, person: usize, stroke: u64) -> Option<&AtomicU64> {
        let place = usize::try_from(stroke).ok()? % REMEMBERED;
        self.made.get(person)?.get(place)
    }
}

/// By which number Yjs knows a person. Zero is none.
pub fn client(person: usize) -> u64 {
    person as u64 + 1
}

fn person(client: u64) -> Option<usize> {
    usize::try_from(client.checked_sub(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keystroke_is_seen_and_saved_once() {
        let notes = Notes::of(2);
        notes.time(true);
        for stroke in 0..3 {
            notes.make(1, stroke);
        }
        assert_eq!((notes.unseen(), notes.unsaved()), (3, 3));
        let (client, first, count) = (client(1), 0, 2);
        notes.see(
            0,
            Strokes {
                client,
                first,
                count,
            },
        );
        notes.save(1, 0);
        assert_eq!((notes.unseen(), notes.unsaved()), (1, 2));
        let (seen, saved) = (notes.seen.take(), notes.saved.take());
        assert_eq!((seen.sent, seen.received, seen.delays.len()), (3, 2, 2));
        assert_eq!((saved.received, saved.delays.len()), (1, 1));
    }
}
