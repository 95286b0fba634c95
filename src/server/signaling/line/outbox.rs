//! What was said to a browser over a line and not acknowledged yet, by number; must not wait.

use std::collections::VecDeque;

use axum::extract::ws::Utf8Bytes;
use tokio::time::Instant;

use crate::protocol::CloseCode;

/// How many frames wait to be acknowledged before the room's own queue fills.
const MOST_FRAMES: usize = 256;
/// How many bytes of frames wait to be acknowledged, a last one apart.
const MOST_BYTES: usize = 512 * 1024;

#[derive(Debug)]
pub(super) struct Outbox {
    frames: VecDeque<Utf8Bytes>,
    bytes: usize,
    /// The number of the first of them, or of the next to come.
    first: u64,
    /// The highest number that was ever answered.
    answered: u64,
    /// The latest wait, which alone is answered with frames.
    turn: u64,
    /// How many waits hang, those taken over included.
    hanging: usize,
    /// When a wait last began or ended.
    waited_at: Instant,
    /// When frames were last acknowledged.
    freed_at: Instant,
    end: End,
}

/// Whether a line still carries anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Open,
    /// The browser is to be told this code, behind the frames.
    Closed(CloseCode),
    /// The browser hung up or is gone.
    Gone,
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pushed {
    Taken,
    Full,
    Ended,
}

/// What a wait is answered with.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number of the first frame, or of the next one to come.
    pub first: u64,
    pub frames: Vec<Utf8Bytes>,
    pub closed: Option<CloseCode>,
}

/// A wait that has begun.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Begun {
    pub turn: u64,
    /// How many bytes it asks for a second time. None when it does not count at all: it does nothing
    /// but acknowledge, and there are no more of those than the room has to say.
    pub costs: Option<usize>,
    /// It acknowledges what was never said.
    pub misnumbered: bool,
}

impl Outbox {
    pub fn new(now: Instant) -> Self {
        Self {
            frames: VecDeque::new(),
            bytes: 0,
            first: 1,
            answered: 0,
            turn: 0,
            hanging: 0,
            waited_at: now,
            freed_at: now,
            end: End::Open,
        }
    }

    pub fn push(&mut self, frame: &Utf8Bytes) -> Pushed {
        if self.end != End::Open {
            return Pushed::Ended;
        }
        if self.frames.len() >= MOST_FRAMES || self.bytes >= MOST_BYTES {
            return Pushed::Full;
        }
        self.bytes += frame.len();
        self.frames.push_back(frame.clone());
        Pushed::Taken
    }

    /// Takes over from an earlier wait and forgets what is acknowledged. An `after` of the past, as of
    /// a request that was late, acknowledges nothing and does no harm.
    pub fn begin_wait(&mut self, after: u64, now: Instant) -> Begun {
        self.waited_at = now;
        self.hanging += 1;
        self.turn += 1;
        let misnumbered = after > self.answered;
        let before = self.first;
        while !misnumbered && self.first <= after {
            let Some(frame) = self.frames.pop_front() else {
                break;
            };
            self.bytes -= frame.len();
            self.first += 1;
            self.freed_at = now;
        }
        let again = self.answered.saturating_sub(self.first - 1);
        let again = usize::try_from(again).unwrap_or(usize::MAX);
        let repeated = self
            .frames
            .iter()
            .take(again)
            .map(|frame| frame.len())
            .sum();
        Begun {
            turn: self.turn,
            costs: (repeated > 0 || self.first == before).then_some(repeated),
            misnumbered,
        }
    }

    /// What the wait is answered at once, if anything; None inside when the line is gone.
    pub fn answer(&mut self, turn: u64) -> Option<Option<Answer>> {
        let due = turn != self.turn || !self.frames.is_empty() || self.end != End::Open;
        due.then(|| self.answer_now(turn))
    }

    /// What the wait is answered in any case; None when the line is gone. One that was taken over by
    /// another gets nothing.
    pub fn answer_now(&mut self, turn: u64) -> Option<Answer> {
        let closed = match self.end {
            End::Open => None,
            End::Closed(code) => Some(code),
            End::Gone => return None,
        };
        if turn != self.turn {
            return Some(Answer {
                first: self.first,
                frames: Vec::new(),
                closed: None,
            });
        }
        let frames: Vec<_> = self.frames.iter().cloned().collect();
        self.answered = self.answered.max(self.first - 1 + frames.len() as u64);
        Some(Answer {
            first: self.first,
            frames,
            closed,
        })
    }

    /// Notes the end of a wait, answered or not.
    pub fn end_wait(&mut self, now: Instant) {
        self.waited_at = now;
        self.hanging = self.hanging.saturating_sub(1);
    }

    /// True for a line that tells why it was closed, and nothing else.
    pub fn lingers(&self) -> bool {
        matches!(self.end, End::Closed(_))
    }

    /// True when nobody is told anything any more.
    pub fn is_gone(&self) -> bool {
        self.end == End::Gone
    }

    /// True for a wait that no other took over, on a line that has not ended.
    pub fn is_latest(&self, turn: u64) -> bool {
        turn == self.turn && self.end == End::Open
    }

    /// True while a wait hangs.
    pub fn is_waited_on(&self) -> bool {
        self.hanging > 0
    }

    /// When a wait last began or ended; None when the line has ended.
    pub fn last_wait(&self) -> Option<Instant> {
        (self.end == End::Open).then_some(self.waited_at)
    }

    /// When whoever fills the outbox since `since` last got anywhere; None when the line has ended.
    pub fn last_progress(&self, since: Instant) -> Option<Instant> {
        let last = self.last_wait()?;
        Some(last.min(self.freed_at.max(since)))
    }

    /// When a wait last began or ended, whether the line has ended or not.
    pub fn waited_at(&self) -> Instant {
        self.waited_at
    }

    /// Ends without telling why any more, and keeps nothing.
    pub fn forget(&mut self) {
        self.end = End::Gone;
        self.frames.clear();
        self.bytes = 0;
    }

    /// Ends, unless that has happened.
    pub fn end(&mut self, end: End) {
        if self.end == End::Open {
            self.end = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn outbox(frames: &[&str]) -> Outbox {
        let mut outbox = Outbox::new(Instant::now());
        for frame in frames {
            assert_eq!(outbox.push(&Utf8Bytes::from(*frame)), Pushed::Taken);
        }
        outbox
    }

    fn wait(outbox: &mut Outbox, after: u64) -> Option<(u64, Vec<String>)> {
        let begun = outbox.begin_wait(after, Instant::now());
        let answer = outbox.answer(begun.turn)??;
        let frames = answer.frames.iter().map(|frame| frame.as_str().to_owned());
        Some((answer.first, frames.collect()))
    }

    fn frames(first: u64, frames: &[&str]) -> Option<(u64, Vec<String>)> {
        Some((
            first,
            frames.iter().map(|&frame| frame.to_owned()).collect(),
        ))
    }

    #[test]
    fn frames_come_again_until_they_are_acknowledged() {
        let mut outbox = outbox(&["a", "b"]);
        assert_eq!(wait(&mut outbox, 0), frames(1, &["a", "b"]));
        assert_eq!(wait(&mut outbox, 0), frames(1, &["a", "b"]));
        assert_eq!(wait(&mut outbox, 1), frames(2, &["b"]));
        assert_eq!(wait(&mut outbox, 0), frames(2, &["b"]));
        assert_eq!(wait(&mut outbox, 2), None);
        outbox.push(&"c".into());
        assert_eq!(wait(&mut outbox, 2), frames(3, &["c"]));
    }

    #[test]
    fn what_was_never_said_cannot_be_acknowledged() {
        let mut outbox = outbox(&["a"]);
        assert!(outbox.begin_wait(1, Instant::now()).misnumbered);
        assert_eq!(wait(&mut outbox, 0), frames(1, &["a"]));
        assert!(!outbox.begin_wait(1, Instant::now()).misnumbered);
    }

    #[test]
    fn what_comes_again_is_counted() {
        let mut outbox = outbox(&["abc"]);
        assert_eq!(outbox.begin_wait(0, Instant::now()).costs, Some(0));
        assert!(wait(&mut outbox, 0).is_some());
        outbox.push(&"de".into());
        assert_eq!(outbox.begin_wait(0, Instant::now()).costs, Some(3));
        assert_eq!(outbox.begin_wait(1, Instant::now()).costs, None);
        assert_eq!(outbox.begin_wait(1, Instant::now()).costs, Some(0));
    }

    #[test]
    fn the_latest_wait_gets_the_frames() {
        let mut outbox = outbox(&[]);
        let earlier = outbox.begin_wait(0, Instant::now()).turn;
        assert_eq!(outbox.answer(earlier), None);
        let later = outbox.begin_wait(0, Instant::now()).turn;
        outbox.push(&"a".into());
        let count = |answer: Option<Option<Answer>>| answer.flatten().map(|a| a.frames.len());
        assert_eq!(count(outbox.answer(earlier)), Some(0));
        assert_eq!(count(outbox.answer(later)), Some(1));
    }

    #[test]
    fn only_acknowledgements_are_progress() {
        let began = Instant::now();
        let after = |seconds| began + Duration::from_secs(seconds);
        let mut outbox = Outbox::new(began);
        outbox.push(&"a".into());
        let turn = outbox.begin_wait(0, after(5)).turn;
        assert!(outbox.answer(turn).is_some());
        outbox.begin_wait(0, after(20));
        assert_eq!(outbox.last_progress(after(1)), Some(after(1)));
        outbox.begin_wait(1, after(21));
        assert_eq!(outbox.last_progress(after(1)), Some(after(21)));
        assert_eq!(
            outbox.last_progress(after(30)),
            Some(after(21)),
            "nobody waits"
        );
        outbox.end(End::Gone);
        assert_eq!(outbox.last_progress(after(30)), None);
    }

    #[test]
    fn it_fills_and_ends() {
        let mut outbox = outbox(&[]);
        let taken = (0..1000).filter(|_| outbox.push(&"x".into()) == Pushed::Taken);
        assert_eq!(taken.count(), MOST_FRAMES);
        outbox.end(End::Closed(CloseCode::Ended));
        outbox.end(End::Gone);
        assert_eq!(outbox.push(&"x".into()), Pushed::Ended);
        let turn = outbox.begin_wait(0, Instant::now()).turn;
        let answer = outbox.answer(turn).flatten();
        assert_eq!(answer.map(|a| a.closed), Some(Some(CloseCode::Ended)));
        let mut outbox = Outbox::new(Instant::now());
        outbox.end(End::Gone);
        assert_eq!(outbox.answer(0), Some(None));
    }
}
