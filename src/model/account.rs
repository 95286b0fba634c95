//! What an account is made of, parsed from what people type.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Problem, problem::line};

/// The name somebody signs in with: 2 to 32 letters, digits, `.`, `_` or `-`. Unique regardless of case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserName(String);

impl UserName {
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong` or `BadCharacter`. Digits alone are refused as well, because
    /// an invitee may be named by user name or by user id.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let name = line(text, 32)?;
        if name.chars().count() < 2 {
            return Err(Problem::TooShort { least: 2 });
        }
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        if !name.chars().all(allowed) {
            return Err(Problem::BadCharacter);
        }
        if name.chars().all(|c| c.is_ascii_digit()) {
            return Err(Problem::Malformed);
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two names are the same name.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name other people see: 1 to 60 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisplayName(String);

impl DisplayName {
    /// # Errors
    /// `Missing`, `TooLong` or `BadCharacter`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        line(text, 60).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address as far as a form can judge it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// An empty field is no address.
    ///
    /// # Errors
    /// `TooLong`, `BadCharacter` or `Malformed`.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Problem> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let address = line(text, 254)?;
        let well_formed = !address.contains(char::is_whitespace)
            && address.rsplit_once('@').is_some_and(|(local, domain)| {
                !local.is_empty() && !domain.is_empty() && !domain.starts_with('.')
            });
        if !well_formed {
            return Err(Problem::Malformed);
        }
        Ok(Some(Self(address)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A new password: 8 to 256 characters. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The fewest characters a password has.
    pub const LEAST: u32 = 8;
    /// The most characters a password has.
    pub const MOST: u32 = 256;

    /// # Errors
    /// `Missing`, `TooShort` or `TooLong`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        match length {
            0 => Err(Problem::Missing),
            length if length < Self::LEAST => Err(Problem::TooShort { least: Self::LEAST }),
            length if length > Self::MOST => Err(Problem::TooLong { most: Self::MOST }),
            _ => Ok(Self(text.to_owned())),
        }
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// A language the pages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// Both languages, in the order the switch shows them.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its BCP 47 tag, as in `<html lang>` and the cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The language of a tag such as `zh` or `zh-CN`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|language| language.tag() == primary)
    }

    /// The best of an Accept-Language header (RFC 9110 section 12.5.4), English when none fits.
    pub fn from_accept_language(header: &str) -> Self {
        let quality = |parameters: &str| {
            let written = parameters
                .split(';')
                .find_map(|p| p.trim().strip_prefix("q="));
            written.map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())
        };
        let mut best = (0.0, Self::default());
        for entry in header.split(',') {
            let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
            if let (Some(language), Some(quality)) = (Self::from_tag(tag), quality(parameters))
                && quality > best.0
            {
                best = (quality, language);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names() {
        let check = |input: &str, expected: Result<&str, Problem>| {
            let parsed = UserName::parse(input).map(|name| name.0);
            assert_eq!(
                parsed.as_deref().map_err(|problem| *problem),
                expected,
                "{input:?}"
            );
        };
        check("anna", Ok("anna"));
        check("  Anna.K-2_x ", Ok("Anna.K-2_x"));
        check("林梅", Ok("林梅"));
        check("", Err(Problem::Missing));
        check("a", Err(Problem::TooShort { least: 2 }));
        check("a b", Err(Problem::BadCharacter));
        check("a\u{0}b", Err(Problem::BadCharacter));
        check("<b>", Err(Problem::BadCharacter));
        check("12345", Err(Problem::Malformed));
        check(&"a".repeat(33), Err(Problem::TooLong { most: 32 }));
        assert_eq!(
            UserName::parse("ANNA").map(|n| n.folded()),
            Ok("anna".to_owned())
        );
    }

    #[test]
    fn email_addresses() {
        let check = |input: &str, expected: Result<Option<&str>, Problem>| {
            let parsed = Email::parse_optional(input).map(|email| email.map(|e| e.0));
            let seen = parsed
                .as_ref()
                .map(Option::as_deref)
                .map_err(|problem| *problem);
            assert_eq!(seen, expected, "{input:?}");
        };
        check(" ", Ok(None));
        check("a@b", Ok(Some("a@b")));
        check("a@b.example ", Ok(Some("a@b.example")));
        check("ab.example", Err(Problem::Malformed));
        check("@b", Err(Problem::Malformed));
        check("a b@c", Err(Problem::Malformed));
    }

    #[test]
    fn passwords_are_measured_in_characters_and_never_printed() {
        assert_eq!(Password::parse("").err(), Some(Problem::Missing));
        assert_eq!(
            Password::parse("1234567").err(),
            Some(Problem::TooShort { least: 8 })
        );
        assert!(Password::parse("密码密码密码密码").is_ok());
        let shown = format!("{:?}", Password::parse("swordfish"));
        assert!(!shown.contains("swordfish"), "{shown}");
    }

    #[test]
    fn languages_by_header() {
        let check = |header: &str, expected| {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        };
        check("", Language::English);
        check("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese);
        check("en;q=0.5, zh-Hans;q=0.7", Language::Chinese);
        check("fr, de;q=0.9", Language::English);
        check("fr, zh;q=0.1", Language::Chinese);
    }
}
