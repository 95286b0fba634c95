//! One answer's document in memory: takes updates and tells what others lack. Knows no database and no
//! room.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
};

use yrs::{
    Any, ClientID, Doc, Map, OffsetKind, Options, Out, ReadTxn, StateVector, Text, Transact,
    Update,
    types::text::YChange,
    updates::{decoder::Decode, encoder::Encode},
};

use crate::{
    model::{CodeLanguage, Starter},
    protocol::document::{LARGEST_DOCUMENT, MOST_PARTS},
    written::{LANGUAGE, SETTINGS, TEXT, Written, is_state_vector},
};

/// Of how many parts a document may consist; integrating a further one takes as long as there are parts
/// at the worst. An hour of edits makes a few thousand.
const MOST_PARTS_OF_DOCUMENT: usize = 30_000;

/// A document. Updates are judged before they reach it, so that it never waits for missing ones.
pub(super) struct Document {
    doc: Doc,
    /// What it holds, or rather more than that.
    load: Load,
}

/// How much a document holds.
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    /// When written out.
    bytes: usize,
    parts: usize,
    /// Something was added since it was measured.
    is_estimate: bool,
}

/// Why an update was not taken. The document is as before, unless it is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    Malformed,
    /// It builds on what the document does not have.
    Incomplete,
    TooLarge,
    /// It looked sound and was not: the document cannot be used any more.
    Broken,
}

impl Document {
    fn empty() -> Self {
        let doc = Doc::with_options(Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::default()
        });
        Self {
            doc,
            load: Load::default(),
        }
    }

    /// A new document as an answer begins, and the update that makes it.
    pub fn begun(starter: Option<&Starter>) -> (Self, Vec<u8>) {
        let language = starter.map_or(CodeLanguage::Plain, |starter| starter.language);
        let code = starter.map_or("", |starter| starter.code.as_str());
        let mut begun = Self::empty();
        let text = begun.doc.get_or_insert_text(TEXT);
        let settings = begun.doc.get_or_insert_map(SETTINGS);
        let mut transaction = begun.doc.transact_mut();
        settings.insert(&mut transaction, LANGUAGE, language.name());
        if !code.is_empty() {
            text.insert(&mut transaction, 0, code);
        }
        drop(transaction);
        let update = begun.whole();
        begun.load = Load::of(&update);
        (begun, update)
    }

    /// The document that these updates make, one after another. None when they make none.
    pub fn of(updates: &[Vec<u8>]) -> Option<Self> {
        let mut document = Self::empty();
        for update in updates {
            document.integrate(Update::decode_v1(update).ok()?)?;
        }
        document.load = Load::of(&document.whole());
        Some(document)
    }

    /// Takes an update; answers what it changed, None for nothing.
    ///
    /// # Errors
    /// When it was not taken.
    pub fn apply(&mut self, bytes: &[u8]) -> Result<Option<Vec<u8>>, NotTaken> {
        let written = Written::read(bytes).filter(|written| written.parts() <= MOST_PARTS);
        let written = written.ok_or(NotTaken::Malformed)?;
        let known = self.doc.transact().state_vector();
        if written.lacks(|client| known.get(&ClientID::new(client))) {
            return Err(NotTaken::Incomplete);
        }
        let added = Load::added_by(&written, bytes.len());
        if !self.has_room_for(added, written.only_deletes()) {
            return Err(NotTaken::TooLarge);
        }
        let update = Update::decode_v1(bytes).map_err(|_| NotTaken::Malformed)?;
        let changed = self.integrate(update).ok_or(NotTaken::Broken)?;
        if written.has_loose_parts() && !self.is_text_plain() {
            return Err(NotTaken::Broken);
        }
        if changed.is_some() {
            self.load.add(added);
        }
        Ok(changed)
    }

    /// Answers what was changed; None when the document is not to be used any more.
    fn integrate(&mut self, update: Update) -> Option<Option<Vec<u8>>> {
        let mut transaction = self.doc.transact_mut();
        let integrated = catch_unwind(AssertUnwindSafe(|| {
            let taken = transaction.apply_update(update).is_ok();
            let whole = taken && !transaction.has_missing_updates();
            whole.then(|| {
                transaction.commit();
                let changed = !transaction.delete_set().is_empty()
                    || transaction.before_state() != transaction.after_state();
                changed.then(|| transaction.encode_update_v1())
            })
        }));
        match integrated {
            Ok(changed) => changed,
            Err(_) => {
                // Closing it would carry on with what a panic left half done. It keeps the document in memory for
                // good, so nothing but a panic may lead here.
                std::mem::forget(transaction);
                None
            }
        }
    }

    /// Deleting is possible in a full document too: it is how room is made again.
    fn has_room_for(&mut self, added: Load, only_deletes: bool) -> bool {
        let fits = |load: Load| {
            let parts = load.parts + added.parts;
            if only_deletes {
                // It divides what is there.
                parts <= 2 * MOST_PARTS_OF_DOCUMENT
            } else {
                parts <= MOST_PARTS_OF_DOCUMENT && load.bytes + added.bytes <= LARGEST_DOCUMENT
            }
        };
        if !fits(self.load) && self.load.is_estimate {
            self.load = Load::of(&self.whole());
        }
        fits(self.load)
    }

    /// True when the text holds characters and nothing else, and counts all of them.
    fn is_text_plain(&self) -> bool {
        let text = self.doc.get_or_insert_text(TEXT);
        let transaction = self.doc.transact();
        let mut characters = 0;
        for part in text.diff(&transaction, YChange::identity) {
            match part.insert {
                Out::Any(Any::String(part)) => characters += part.encode_utf16().count(),
                _ => return false,
            }
        }
        usize::try_from(text.len(&transaction)) == Ok(characters)
    }

    /// What it has, for others to tell what it lacks.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What somebody lacks who has this; None when that is no state vector.
    pub fn diff(&self, state_vector: &[u8]) -> Option<Vec<u8>> {
        if !is_state_vector(state_vector) {
            return None;
        }
        let state_vector = StateVector::decode_v1(state_vector).ok()?;
        Some(self.doc.transact().encode_diff_v1(&state_vector))
    }

    /// The update that makes it.
    pub fn whole(&self) -> Vec<u8> {
        let nothing = StateVector::default();
        self.doc.transact().encode_diff_v1(&nothing)
    }
}

impl Load {
    /// What one update makes that is the whole document.
    fn of(update: &[u8]) -> Self {
        Self {
            bytes: update.len(),
            // What cannot be read is full.
            parts: Written::read(update).map_or(MOST_PARTS_OF_DOCUMENT, |written| written.parts()),
            is_estimate: false,
        }
    }

    /// What an update may add. Each of its parts may divide another.
    fn added_by(written: &Written, bytes: usize) -> Self {
        Self {
            bytes,
            parts: 2 * written.parts(),
            is_estimate: true,
        }
    }

    fn add(&mut self, added: Self) {
        self.bytes += added.bytes;
        self.parts += added.parts;
        self.is_estimate = true;
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("load", &self.load)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
