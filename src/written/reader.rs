//! Reads what lib0 writes; takes no more from the bytes than there is, and allocates nothing.

use super::{Client, HIGHEST_CLOCK};
use crate::protocol::document::numbers::{read_bytes, read_number};

/// The highest number that a client may have: the largest that JavaScript holds exactly.
const HIGHEST_CLIENT: Client = (1 << 53) - 1;

pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.skip(1)?.first().copied()
    }

    /// A number of things to come, each of at least one byte.
    pub fn number(&mut self) -> Option<u64> {
        let number = read_number(&mut self.0)?;
        let possible = usize::try_from(number).is_ok_and(|number| number <= self.0.len());
        possible.then_some(number)
    }

    pub fn client(&mut self) -> Option<Client> {
        read_number(&mut self.0).filter(|client| *client <= HIGHEST_CLIENT)
    }

    /// A clock, or a length counted in clocks.
    pub fn clock(&mut self) -> Option<u32> {
        let clock = u32::try_from(read_number(&mut self.0)?).ok()?;
        (clock <= HIGHEST_CLOCK).then_some(clock)
    }

    pub fn string(&mut self) -> Option<&'a str> {
        std::str::from_utf8(read_bytes(&mut self.0)?).ok()
    }

    /// Anything but what holds other things, which may hold others again without end.
    pub fn simple_value(&mut self) -> Option<()> {
        match self.byte()? {
            // Undefined, null, false, true.
            127 | 126 | 121 | 120 => Some(()),
            125 => self.signed(),
            124 => self.skip(4).map(|_| ()),
            123 | 122 => self.skip(8).map(|_| ()),
            119 => self.string().map(|_| ()),
            _ => None,
        }
    }

    /// A number with a sign: six bits in its first byte, seven in the others.
    fn signed(&mut self) -> Option<()> {
        for _ in 0..8 {
            if self.byte()? & 0x80 == 0 {
                return Some(());
            }
        }
        None
    }

    fn skip(&mut self, length: usize) -> Option<&'a [u8]> {
        let (skipped, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(skipped)
    }
}
