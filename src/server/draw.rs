//! Draws interview numbers, link keys and other secrets from the operating system's cryptographic randomness.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::TryRngCore;

use super::error::Error;
use crate::model::{InterviewNumber, LinkKey};

/// A number that may or may not be taken.
///
/// # Errors
/// `Internal` when the system has no randomness.
pub fn number() -> Result<InterviewNumber, Error> {
    // Draws at the uneven end of the range are thrown away, so that every number is equally likely.
    let most = u32::MAX - u32::MAX % InterviewNumber::COUNT;
    loop {
        let drawn = u32::from_le_bytes(bytes()?);
        if drawn < most {
            return Ok(InterviewNumber::from_draw(drawn));
        }
    }
}

/// A new key of 128 bits.
///
/// # Errors
/// `Internal` when the system has no randomness.
pub fn key() -> Result<LinkKey, Error> {
    LinkKey::parse(&secret()?).ok_or_else(|| Error::internal("a drawn key has the wrong form"))
}

/// A name that nobody guesses, of 128 bits, for what only one browser may touch.
///
/// # Errors
/// `Internal` when the system has no randomness.
pub fn secret() -> Result<String, Error> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<16>()?))
}

fn bytes<const COUNT: usize>() -> Result<[u8; COUNT], Error> {
    let mut bytes = [0; COUNT];
    rand::rngs::OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(Error::internal)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_differ() {
        assert_ne!(key().unwrap(), key().unwrap());
        let numbers: Vec<_> = (0..8).map(|_| number().unwrap()).collect();
        assert!(numbers.iter().any(|drawn| *drawn != numbers[0]));
    }
}
