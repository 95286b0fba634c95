//! The messages of one batch, as they were posted; takes apart no more of them than a batch may have.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

/// The most messages of one batch.
const MOST: usize = 64;

/// A list of any values, each as its text.
#[derive(Debug, Default)]
pub(in crate::server::signaling) struct Messages {
    messages: Vec<Box<RawValue>>,
    /// There were more, which nobody looked at.
    too_many: bool,
}

impl Messages {
    /// All of them; None when there are more than a batch may have.
    pub(super) fn all(&self) -> Option<&[Box<RawValue>]> {
        (!self.too_many).then_some(&self.messages)
    }
}

impl<'de> Deserialize<'de> for Messages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Bounded)
    }
}

struct Bounded;

impl<'de> Visitor<'de> for Bounded {
    type Value = Messages;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Messages, A::Error> {
        let mut read = Messages::default();
        while read.messages.len() < MOST {
            match list.next_element()? {
                Some(message) => read.messages.push(message),
                None => return Ok(read),
            }
        }
        // The rest is skipped and not kept: a batch is either one that may be taken, or it is not.
        while list.next_element::<IgnoredAny>()?.is_some() {
            read.too_many = true;
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_a_batch_may_have_is_kept() {
        let check = |count: usize, kept: usize, too_many: bool| {
            let text = format!("[{}]", vec!["0"; count].join(","));
            let read: Messages = serde_json::from_str(&text).unwrap();
            assert_eq!((read.messages.len(), read.too_many), (kept, too_many));
            assert_eq!(read.all().is_none(), too_many, "{count}");
        };
        check(0, 0, false);
        check(MOST, MOST, false);
        check(MOST + 1, MOST, true);
        check(131_000, MOST, true);
        for text in ["{}", "1", "null", "[0", "[0,]"] {
            assert!(serde_json::from_str::<Messages>(text).is_err(), "{text}");
        }
    }
}
