//! What a page wrote into an answer's document, as an update of Yjs in its first version: taken apart
//! and judged before anything believes it. Integrates nothing.

mod reader;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use reader::Reader;

/// The name of the text in a document.
pub const TEXT: &str = "text";
/// The name of what is set besides: a map.
pub const SETTINGS: &str = "settings";
/// The key of the language in the settings.
pub const LANGUAGE: &str = "language";

/// Who made a part of a document, as Yjs names them.
pub type Client = u64;

/// The highest clock that a document may reach for one client. Clocks count characters.
const HIGHEST_CLOCK: u32 = i32::MAX as u32;
/// The longest key in the settings, in bytes.
const LONGEST_KEY: usize = 64;

const HAS_ORIGIN: u8 = 0x80;
const HAS_RIGHT_ORIGIN: u8 = 0x40;
const HAS_KEY: u8 = 0x20;
const KIND: u8 = 0x1f;
const COLLECTED: u8 = 0;
const SKIPPED: u8 = 10;
const DELETED: u8 = 1;
const STRING: u8 = 4;
const ANY: u8 = 8;

/// What an update adds, and what must be there for it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The clocks it adds for each client, from one to before another.
    adds: BTreeMap<Client, (u32, u32)>,
    /// Up to which clock it builds on each client.
    needs: BTreeMap<Client, u32>,
    /// It leaves something out between what it adds.
    has_gap: bool,
    /// How many structs and ranges of deletions it has.
    parts: usize,
    /// Something stands beside something else, which may be in another place than it seems.
    has_loose_parts: bool,
}

impl Written {
    /// Reads an update. None when it is malformed, or holds anything but text and simple settings:
    /// nothing else belongs into an answer.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let mut written = Self::default();
        for _ in 0..reader.number()? {
            written.read_client(&mut reader)?;
        }
        written.read_deletions(&mut reader)?;
        reader.is_at_end().then_some(written)
    }

    /// Of how many parts it is made: what integrating it costs grows with them, and not with its bytes.
    pub fn parts(&self) -> usize {
        self.parts
    }

    /// True when it deletes and adds nothing.
    pub fn only_deletes(&self) -> bool {
        self.adds.is_empty()
    }

    /// True when only the document knows whether something of it came between text and settings: values
    /// beside the text, or characters that claim neighbours in both.
    pub fn has_loose_parts(&self) -> bool {
        self.has_loose_parts
    }

    /// True when a document that knows clients up to these clocks lacks something the update builds on.
    pub fn lacks(&self, known: impl Fn(Client) -> u32) -> bool {
        let starts_late = |(client, (from, _)): (&Client, &(u32, u32))| *from > known(*client);
        let builds_on_nothing = |(client, upto): (&Client, &u32)| {
            let added = self.adds.get(client).map_or(0, |(_, to)| *to);
            *upto > known(*client).max(added)
        };
        self.has_gap
            || self.adds.iter().any(starts_late)
            || self.needs.iter().any(builds_on_nothing)
    }

    fn read_client(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let structs = reader.number()?;
        let client = reader.client()?;
        let from = reader.clock()?;
        let mut clock = from;
        for _ in 0..structs {
            let length = self.read_struct(reader, client, clock)?;
            clock = clock
                .checked_add(length)
                .filter(|end| *end <= HIGHEST_CLOCK)?;
        }
        let told_once = self.adds.insert(client, (from, clock)).is_none();
        told_once.then_some(())
    }

    /// How long it is.
    fn read_struct(&mut self, reader: &mut Reader<'_>, client: Client, clock: u32) -> Option<u32> {
        self.parts += 1;
        let info = reader.byte()?;
        let length = match info {
            COLLECTED => reader.clock()?,
            SKIPPED => {
                self.has_gap = true;
                reader.clock()?
            }
            _ => {
                let parent = self.read_place(reader, info, client, clock)?;
                let is_value = info & KIND == ANY;
                let has_right = info & HAS_RIGHT_ORIGIN != 0;
                // A setting stands behind its former values and before nothing.
                if is_value && has_right {
                    return None;
                }
                let is_loose = parent == Parent::OfNeighbour;
                self.has_loose_parts |= is_loose && (is_value || has_right);
                read_content(reader, info & KIND, parent)?
            }
        };
        (length > 0).then_some(length)
    }

    /// Between which others it stands, or else in what.
    fn read_place(
        &mut self,
        reader: &mut Reader<'_>,
        info: u8,
        client: Client,
        clock: u32,
    ) -> Option<Parent> {
        let sides = [HAS_ORIGIN, HAS_RIGHT_ORIGIN].map(|side| info & side != 0);
        for _ in sides.iter().filter(|has| **has) {
            let (origin, at) = (reader.client()?, reader.clock()?);
            // Nothing is written beside what comes after it.
            if at >= HIGHEST_CLOCK || (origin == client && at >= clock) {
                return None;
            }
            self.need(origin, at + 1);
        }
        if sides.contains(&true) {
            return Some(Parent::OfNeighbour);
        }
        let named = reader.number()? == 1;
        let name = named.then(|| reader.string())??;
        let key = if info & HAS_KEY == 0 {
            None
        } else {
            Some(reader.string()?)
        };
        match (name, key) {
            (TEXT, None) => Some(Parent::Text),
            (SETTINGS, Some(key)) if key.len() <= LONGEST_KEY => Some(Parent::Settings),
            _ => None,
        }
    }

    fn read_deletions(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let mut last = None;
        let mut told = Vec::new();
        for _ in 0..reader.number()? {
            let client = reader.client()?;
            told.push(client);
            let mut end = 0;
            for _ in 0..reader.number()? {
                self.parts += 1;
                let (from, length) = (reader.clock()?, reader.clock()?);
                let to = from.checked_add(length).filter(|to| *to <= HIGHEST_CLOCK)?;
                // In order, so that none is told twice.
                if from < end || length == 0 {
                    return None;
                }
                end = to;
                last = Some((client, to));
            }
            if let Some((client, to)) = last.take() {
                self.need(client, to);
            }
        }
        let clients = told.len();
        told.sort_unstable();
        told.dedup();
        (told.len() == clients).then_some(())
    }

    fn need(&mut self, client: Client, upto: u32) {
        let needed = self.needs.entry(client).or_default();
        *needed = upto.max(*needed);
    }
}

/// In what something stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parent {
    Text,
    Settings,
    /// In the same as what stands beside it.
    OfNeighbour,
}

/// How long it is.
fn read_content(reader: &mut Reader<'_>, kind: u8, parent: Parent) -> Option<u32> {
    match kind {
        DELETED => reader.clock(),
        STRING if parent != Parent::Settings => {
            let units = reader.string()?.encode_utf16().count();
            u32::try_from(units).ok()
        }
        ANY if parent != Parent::Text => {
            let values = reader.clock()?;
            for _ in 0..values {
                reader.simple_value()?;
            }
            Some(values)
        }
        _ => None,
    }
}

/// Whether bytes are a state vector: for each client, up to which clock something is known.
pub fn is_state_vector(bytes: &[u8]) -> bool {
    let read = || {
        let mut reader = Reader::new(bytes);
        for _ in 0..reader.number()? {
            reader.client()?;
            reader.clock()?;
        }
        reader.is_at_end().then_some(())
    };
    read().is_some()
}
