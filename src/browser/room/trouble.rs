//! What is known of why the server cannot be reached; tries nothing.

/// Why there is no way to the server, as far as the page can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser has no network.
    NoNetwork,
    /// Nothing of the server answers.
    NoAnswer,
    /// Pages of the server answer, and neither sockets nor lines open.
    Blocked,
}

impl Trouble {
    /// A stable name for tests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoNetwork => "no_network",
            Self::NoAnswer => "no_answer",
            Self::Blocked => "blocked",
        }
    }
}
