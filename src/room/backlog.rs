//! The last of what was said, for those who come back; kept in memory only and bounded.

use std::collections::VecDeque;

use crate::protocol::ChatMessage;

/// So many messages are remembered.
const MOST: usize = 200;
/// And so many bytes of text, lest a welcome be too large for its receiver's queue.
const MOST_BYTES: usize = 256 * 1024;

/// The chat of one room.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    count: u64,
    bytes: usize,
    messages: VecDeque<ChatMessage>,
}

impl Backlog {
    /// How many messages there ever were.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Numbers a message and remembers it.
    pub fn add(&mut self, message: impl FnOnce(u64) -> ChatMessage) -> ChatMessage {
        self.count += 1;
        let message = message(self.count);
        self.bytes += message.text.len();
        self.messages.push_back(message.clone());
        while self.messages.len() > MOST || self.bytes > MOST_BYTES {
            let Some(dropped) = self.messages.pop_front() else {
                break;
            };
            self.bytes -= dropped.text.len();
        }
        message
    }

    /// What is remembered of the messages after the first `before`.
    pub fn after(&self, before: u64) -> Vec<ChatMessage> {
        let later = self.messages.iter().filter(|message| message.id > before);
        later.cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PeerId, Timestamp};

    fn say(backlog: &mut Backlog, text: &str) {
        backlog.add(|id| ChatMessage {
            id,
            from: PeerId(1),
            name: "Anna".into(),
            text: text.into(),
            at: Timestamp(0),
        });
    }

    fn ids(backlog: &Backlog, before: u64) -> Vec<u64> {
        let messages = backlog.after(before);
        messages.iter().map(|message| message.id).collect()
    }

    #[test]
    fn the_last_two_hundred_are_remembered() {
        let mut backlog = Backlog::default();
        (0..203).for_each(|_| say(&mut backlog, "hello"));
        assert_eq!(ids(&backlog, 0), (4..=203).collect::<Vec<_>>());
        assert_eq!(ids(&backlog, 200), [201, 202, 203]);
        assert_eq!(backlog.count(), 203);
    }

    #[test]
    fn long_messages_push_out_more() {
        let mut backlog = Backlog::default();
        let long = "字".repeat(2000);
        (0..200).for_each(|_| say(&mut backlog, &long));
        let kept = MOST_BYTES / long.len();
        assert_eq!(ids(&backlog, 0).len(), kept);
        assert_eq!(backlog.bytes, kept * long.len());
        (0..200).for_each(|_| say(&mut backlog, "a"));
        assert_eq!((ids(&backlog, 0).len(), backlog.bytes), (200, 200));
    }
}
