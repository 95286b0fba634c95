//! Numbers in binary frames, as Yjs writes them too: unsigned LEB128 in the shortest form, seven bits a byte, the lowest first.

/// The most bytes of a number of 64 bits.
const LONGEST: usize = 10;

/// Adds a number.
pub fn write_number(mut number: u64, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number off the front; None when there is none, or a longer one than need be.
pub fn read_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for place in 0..LONGEST {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7f);
        let shifted = bits << (7 * place);
        if shifted >> (7 * place) != bits {
            return None;
        }
        number |= shifted;
        if byte & 0x80 == 0 {
            return (place == 0 || bits > 0).then_some(number);
        }
    }
    None
}

/// Ids and times, which are never negative.
pub(super) fn write_id(id: i64, bytes: &mut Vec<u8>) {
    write_number(id.cast_unsigned(), bytes);
}

pub(super) fn read_id(bytes: &mut &[u8]) -> Option<i64> {
    i64::try_from(read_number(bytes)?).ok()
}

/// Takes a number off the front, and so many bytes behind it.
pub fn read_bytes<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(read_number(bytes)?).ok()?;
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}
