//! Every open line, found by a name that nobody guesses and only by the browser that opened it; bounded
//! for each browser, account and address and in all.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::http::StatusCode;
use tokio::time::timeout;

use super::{Line, LineWire};
use crate::{
    model::InterviewNumber,
    protocol::CloseCode,
    server::{
        attempts::{Key, Purpose},
        draw,
        hub::locked,
        request::Request,
    },
};

/// Lines of one browser: tabs, those of pages just left that are not dead yet, and closed ones that still
/// tell why.
const MOST_OF_SESSION: usize = 12;
/// Lines of one account, or of one address: a whole office behind one router.
const MOST_OF_KEY: usize = 256;
const MOST: usize = 4096;
/// How long a closed line still tells why, for those who did not hear it.
const LINGER: Duration = Duration::from_secs(22);

/// Every line of this process; clones are the same.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Registry>>);

#[derive(Default)]
struct Registry {
    lines: HashMap<String, Arc<Line>>,
    draining: bool,
}

/// Whose a line is and where it leads.
#[derive(Clone)]
pub struct Whose {
    number: InterviewNumber,
    session: String,
    keys: Vec<Key>,
}

impl Whose {
    pub fn of(caller: &Request, number: InterviewNumber) -> Self {
        Self {
            number,
            session: caller.session_key(),
            keys: caller.keys(Purpose::OpenLine),
        }
    }
}

impl Lines {
    /// Opens a line.
    ///
    /// # Errors
    /// 429 for too many, 503 while the server goes down, 500 without randomness.
    pub(in crate::server::signaling) fn open(
        &self,
        whose: Whose,
    ) -> Result<(OpenLine, LineWire), StatusCode> {
        let id = draw::secret().map_err(|error| {
            tracing::error!(%error, "no name for a line");
            StatusCode::INTERNAL_SERVER_ERROR
        })?;
        let mut registry = locked(&self.0);
        if registry.draining {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        if !registry.makes_room_for(&whose) {
            return Err(StatusCode::TOO_MANY_REQUESTS);
        }
        let (line, wire) = Line::new(whose);
        registry.lines.insert(id.clone(), line.clone());
        let lines = self.clone();
        Ok((OpenLine { lines, id, line }, wire))
    }

    /// The line of that name, for whom it is and where it leads.
    pub(in crate::server::signaling) fn find(&self, id: &str, whose: &Whose) -> Option<Arc<Line>> {
        let line = locked(&self.0).lines.get(id).cloned()?;
        let held = &line.whose;
        (held.number == whose.number && held.session == whose.session).then_some(line)
    }

    /// Closes every line with [`CloseCode::Restarting`], so that no wait hangs any more. None opens
    /// afterwards.
    pub fn drain(&self) {
        let mut registry = locked(&self.0);
        registry.draining = true;
        for line in registry.lines.values() {
            line.close(Some(CloseCode::Restarting));
        }
    }

    /// On how many somebody waits at the moment.
    pub fn waited_on(&self) -> usize {
        let registry = locked(&self.0);
        let lines = registry.lines.values();
        lines
            .filter(|line| locked(&line.outbox).is_waited_on())
            .count()
    }

    /// How many there are, closed ones included that still tell why.
    pub fn count(&self) -> usize {
        locked(&self.0).lines.len()
    }
}

/// Without the names, which are secrets.
impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines")
            .field("count", &self.count())
            .finish()
    }
}

impl Registry {
    /// Lets go of closed lines of the same browser, the one longest left alone first, as far as that is
    /// needed; false when it is not enough.
    fn makes_room_for(&mut self, whose: &Whose) -> bool {
        while self.is_full_for(whose) {
            let lingering = self.lines.iter().filter_map(|(id, line)| {
                let outbox = locked(&line.outbox);
                let own = line.whose.session == whose.session && outbox.lingers();
                own.then(|| (outbox.waited_at(), id.clone()))
            });
            let Some((_, id)) = lingering.min() else {
                return false;
            };
            if let Some(line) = self.lines.remove(&id) {
                line.forget();
            }
        }
        true
    }

    /// Closed lines count as well: they hold what was not heard yet.
    fn is_full_for(&self, whose: &Whose) -> bool {
        let count = |of: &dyn Fn(&Whose) -> bool| {
            let lines = self.lines.values();
            lines.filter(|line| of(&line.whose)).count()
        };
        self.lines.len() >= MOST
            || count(&|held| held.session == whose.session) >= MOST_OF_SESSION
            || whose
                .keys
                .iter()
                .any(|key| count(&|held| held.keys.contains(key)) >= MOST_OF_KEY)
    }
}

/// A line in the registry. Dropping it removes it.
pub(in crate::server::signaling) struct OpenLine {
    lines: Lines,
    id: String,
    line: Arc<Line>,
}

impl OpenLine {
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Closes the line; with a code it stays for a while to tell it.
    pub async fn end(self, code: Option<CloseCode>) {
        self.line.close(code);
        if code.is_some() {
            // Sooner when its place is needed.
            let _ = timeout(LINGER, self.line.forgotten()).await;
        }
    }
}

impl Drop for OpenLine {
    fn drop(&mut self) {
        // Also after a panic of the conversation: nobody must hang on a line that says nothing more.
        self.line.close(None);
        locked(&self.lines.0).lines.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose(number: u32, session: &str) -> Whose {
        Whose {
            number: InterviewNumber::from_draw(number),
            session: session.to_owned(),
            keys: vec![Key::Account(Purpose::OpenLine, "anna".into())],
        }
    }

    #[test]
    fn only_whose_it_is_finds_a_line_and_only_while_it_is_open() {
        let lines = Lines::default();
        let (open, _wire) = lines.open(whose(1, "a")).unwrap();
        let found = |number, session| lines.find(open.id(), &whose(number, session)).is_some();
        assert!(found(1, "a"));
        assert!(!found(2, "a"));
        assert!(!found(1, "b"));
        let id = open.id().to_owned();
        assert_eq!(lines.count(), 1);
        drop(open);
        assert!(lines.find(&id, &whose(1, "a")).is_none());
        assert_eq!(lines.count(), 0);
    }

    #[test]
    fn one_browser_and_one_account_have_so_many() {
        let lines = Lines::default();
        let mut held = Vec::new();
        while let Ok(open) = lines.open(whose(1, "a")) {
            held.push(open);
        }
        assert_eq!(held.len(), MOST_OF_SESSION);
        for session in 0.. {
            match lines.open(whose(1, &session.to_string())) {
                Ok(open) => held.push(open),
                Err(status) => {
                    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
                    break;
                }
            }
        }
        assert_eq!(held.len(), MOST_OF_KEY);
    }

    #[test]
    fn closed_lines_count_until_their_place_is_needed() {
        let lines = Lines::default();
        let mut held = Vec::new();
        for _ in 0..3 * MOST_OF_SESSION {
            let (open, _wire) = lines.open(whose(1, "a")).unwrap();
            open.line.close(Some(CloseCode::Malformed));
            held.push(open);
        }
        assert_eq!(lines.count(), MOST_OF_SESSION);
        let finds = |open: &OpenLine| lines.find(open.id(), &whose(1, "a")).is_some();
        assert!(!finds(&held[0]), "the oldest went");
        assert!(held.last().is_some_and(finds), "the latest still tells why");
        for _ in 0..MOST_OF_SESSION {
            held.push(lines.open(whose(1, "a")).unwrap().0);
        }
        let refused = lines.open(whose(1, "a")).map(|_| ());
        assert_eq!(refused, Err(StatusCode::TOO_MANY_REQUESTS), "all are open");
        assert!(lines.open(whose(1, "b")).is_ok());
    }

    #[test]
    fn none_opens_while_the_server_goes_down() {
        let lines = Lines::default();
        lines.drain();
        let refused = lines.open(whose(1, "a")).map(|_| ());
        assert_eq!(refused, Err(StatusCode::SERVICE_UNAVAILABLE));
    }
}
