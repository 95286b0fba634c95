//! The query of the page's address, read alike on both targets: what was typed into a form that came
//! back, and why it came back.

use leptos::{prelude::*, server_fn::error::ServerFnUrlError};
use leptos_router::hooks::use_location;

use crate::{
    api::ApiError,
    model::{Field, Problem},
};

/// The fields of a query in their order.
///
/// The router's own map decodes values twice, which changes what somebody typed with a percent sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `a=b&c=d`, percent-encoded as forms do it.
    pub fn parse(search: &str) -> Self {
        let pairs = search
            .trim_start_matches('?')
            .split('&')
            .filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect(),
        )
    }

    /// The last value of `name`; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or("")
    }

    /// The last value of `name`.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Why the server function at `path` refused the form that led back here.
    pub fn failure(&self, path: &str) -> Failure {
        let refused = self.find("__path") == Some(path);
        Failure(refused.then(|| ServerFnUrlError::<ApiError>::decode_err(self.get("__err"))))
    }
}

/// Why a form came back, if it did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure(pub Option<ApiError>);

impl Failure {
    /// True when the form was refused, so that its fields are to be filled from the query.
    pub fn happened(&self) -> bool {
        self.0.is_some()
    }

    /// What is wrong with `field`.
    pub fn of(&self, field: Field) -> Option<Problem> {
        self.0.as_ref()?.problems()?.of(field)
    }
}

/// The query this page was opened with.
pub fn use_query() -> Query {
    Query::parse(&use_location().search.read_untracked())
}

/// `text` as it can stand in a query's value.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            let digit = |nibble: u8| char::from(b"0123456789ABCDEF"[usize::from(nibble & 15)]);
            out.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
    out
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let escape = rest
            .clone()
            .take(2)
            .map(|digit| char::from(digit).to_digit(16));
        match (byte, escape.collect::<Option<Vec<_>>>().as_deref()) {
            (b'%', Some(&[high, low])) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest.nth(1);
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_typed() {
        let query = Query::parse("form%5Btitle%5D=50%25+more%2Bless&empty=&a=1&a=2&broken=%zz%4");
        assert_eq!(query.get("form[title]"), "50% more+less");
        assert_eq!(query.find("empty"), Some(""));
        assert_eq!(query.find("absent"), None);
        assert_eq!(query.get("a"), "2");
        assert_eq!(query.get("broken"), "%zz%4");
        let odd = "a/b?c=d&e=林 %41";
        assert_eq!(
            Query::parse(&format!("next={}", encoded(odd))).get("next"),
            odd
        );
    }
}
