//! What the server counts tries of; `model::attempts` does the counting.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::error::Error;
use crate::model::{Timestamp, attempts::Attempts as Counter};

/// New accounts, guests or bookings that one address may make within the window: a room full of people
/// behind one router.
pub const MOST_NEW: usize = 60;
/// Users that may be looked up within the window, known or not: some bookings full of invitees.
pub const MOST_LOOK_UPS: usize = 100;
/// Pieces of Markdown that one account or guest may see rendered within the window: one for each
/// pause in typing, all the time.
pub const MOST_PREVIEWS: usize = 3000;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Guessing a password.
    Password,
    /// Making an account: choosing a user name tells whether somebody has it.
    SignUp,
    /// Guessing an interview's number or key.
    InterviewNumber,
    /// Asking whether a user exists, and who that is.
    FindUser,
    /// Booking an interview.
    Book,
    /// Becoming a guest by a general link.
    JoinAsGuest,
    /// Talking with a room by plain HTTP.
    OpenLine,
    /// Adding to a question bank.
    WriteQuestion,
    /// Seeing Markdown rendered.
    Preview,
}

/// Whose tries are counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// By folded user name, whether such an account exists or not.
    Account(Purpose, String),
    /// By the caller's address.
    Address(Purpose, IpAddr),
}

impl Key {
    /// The key of an address, as [`counted`].
    pub fn address(purpose: Purpose, address: IpAddr) -> Self {
        Self::Address(purpose, counted(address))
    }
}

/// What an address is counted as: of IPv6 its /64, since one host has as many of those as it likes.
pub fn counted(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => {
            let [a, b, c, d, ..] = long.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// Every count of this process. They are forgotten at a restart.
#[derive(Debug)]
pub struct Attempts {
    tries: Mutex<Counter<Key>>,
    made: Mutex<Counter<Key>>,
    look_ups: Mutex<Counter<Key>>,
    previews: Mutex<Counter<Key>>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            tries: Mutex::default(),
            made: Mutex::new(Counter::allowing(MOST_NEW)),
            look_ups: Mutex::new(Counter::allowing(MOST_LOOK_UPS)),
            previews: Mutex::new(Counter::allowing(MOST_PREVIEWS)),
        }
    }
}

impl Attempts {
    /// Counts one try of each key, or none of them.
    ///
    /// # Errors
    /// `TooMany` when one key has no try left.
    pub fn take(&self, now: Timestamp, keys: impl IntoIterator<Item = Key>) -> Result<(), Error> {
        locked(&self.tries)
            .take(now, keys)
            .map_err(|wait| Error::TooMany { wait })
    }

    /// Gives the latest try of a key back, after a success.
    pub fn give_back(&self, key: &Key) {
        locked(&self.tries).give_back(key);
    }

    /// Forgets every try of a key.
    pub fn forgive(&self, key: &Key) {
        locked(&self.tries).forgive(key);
    }

    /// Counts something new that each key makes: an account, a guest, a booking. It is never given
    /// back.
    ///
    /// # Errors
    /// `TooMany` when one key made too many lately.
    pub fn take_new(
        &self,
        now: Timestamp,
        keys: impl IntoIterator<Item = Key>,
    ) -> Result<(), Error> {
        locked(&self.made)
            .take(now, keys)
            .map_err(|wait| Error::TooMany { wait })
    }

    /// Counts a user that each key looks up, known or not. It is never given back.
    ///
    /// # Errors
    /// `TooMany` when one key looked up too many lately.
    pub fn take_look_up(
        &self,
        now: Timestamp,
        keys: impl IntoIterator<Item = Key>,
    ) -> Result<(), Error> {
        locked(&self.look_ups)
            .take(now, keys)
            .map_err(|wait| Error::TooMany { wait })
    }

    /// Counts pieces of Markdown that are rendered, one key for each.
    ///
    /// # Errors
    /// `TooMany` when too many were rendered lately.
    pub fn take_preview(
        &self,
        now: Timestamp,
        keys: impl IntoIterator<Item = Key>,
    ) -> Result<(), Error> {
        locked(&self.previews)
            .take(now, keys)
            .map_err(|wait| Error::TooMany { wait })
    }
}

fn locked(counter: &Mutex<Counter<Key>>) -> MutexGuard<'_, Counter<Key>> {
    counter.lock().unwrap_or_else(PoisonError::into_inner)
}
