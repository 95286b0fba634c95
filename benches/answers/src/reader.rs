//! Numbers and texts as Yjs writes them (lib0): numbers as in Colloquy's own frames, texts and bytes with their length
//! before them. Everything that is read comes from a server and may be cut short.

pub use colloquy::protocol::document::numbers::write_number;
use colloquy::protocol::document::numbers::{read_bytes, read_number};

/// Reads from the beginning of bytes.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    pub fn number(&mut self) -> Option<u64> {
        read_number(&mut self.0)
    }

    /// As many bytes as the number before them says.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        read_bytes(&mut self.0)
    }
}

pub fn write_bytes(bytes: &[u8], to: &mut Vec<u8>) {
    write_number(bytes.len() as u64, to);
    to.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for number in [0, 1, 127, 128, 300, u64::from(u32::MAX)] {
            let mut bytes = Vec::new();
            write_number(number, &mut bytes);
            write_bytes(b"text", &mut bytes);
            let mut reader = Reader(&bytes);
            assert_eq!(reader.number(), Some(number));
            assert_eq!(reader.bytes(), Some(b"text".as_slice()));
            assert!(reader.0.is_empty());
        }
    }

    #[test]
    fn what_is_cut_short_is_nothing() {
        assert_eq!(Reader(&[0x80]).number(), None);
        assert_eq!(Reader(&[0xff; 11]).number(), None);
        assert_eq!(Reader(&[3, 1, 2]).bytes(), None);
    }
}
