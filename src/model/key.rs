//! The secret part of a link that admits somebody; must not be printed or logged.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ParticipantId;

/// 128 random bits in base64url, as they stand in a link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinkKey(String);

impl LinkKey {
    /// How many characters a key has.
    pub const LENGTH: usize = 22;

    /// The key in `text`; None when it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (text.len() == Self::LENGTH && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }

    /// The key as it stands in a link and in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(..)")
    }
}

/// A place that a browser's session holds because somebody opened a personal link in it, or gave a
/// name after a general one. It is good for as long as the participant's key is this one, so that
/// revoking or replacing the link ends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldSeat {
    pub participant: ParticipantId,
    pub key: LinkKey,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_one_form_and_are_never_printed() {
        let text = "abcdefghijklmnopqr-_09";
        assert_eq!(
            LinkKey::parse(text).as_ref().map(LinkKey::as_str),
            Some(text)
        );
        assert_eq!(LinkKey::parse(""), None);
        assert_eq!(LinkKey::parse("abcdefghijklmnopqr-_0"), None);
        assert_eq!(LinkKey::parse("abcdefghijklmnopqr-_0'"), None);
        assert!(!format!("{:?}", LinkKey::parse(text)).contains("abc"));
    }
}
