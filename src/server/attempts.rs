//! What the server counts tries of; `model::attempts` does the counting.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::error::Error;
use crate::model::{Timestamp, attempts::Attempts as Counter};

/// New accounts one address may make within the window: a room full of people behind one router.
const MOST_NEW_ACCOUNTS: usize = 60;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Guessing a password.
    Password,
    /// Choosing a user name, which tells whether somebody has it.
    SignUp,
    /// Guessing an interview's number or key.
    InterviewNumber,
    /// Asking whether a user exists.
    FindUser,
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
    /// The key of an address. IPv6 addresses count by their /64, since one host has as many of
    /// those as it likes.
    pub fn address(purpose: Purpose, address: IpAddr) -> Self {
        let counted = match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(long) => {
                let [a, b, c, d, ..] = long.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        };
        Self::Address(purpose, counted)
    }
}

/// Every count of this process. They are forgotten at a restart.
#[derive(Debug)]
pub struct Attempts {
    tries: Mutex<Counter<Key>>,
    new_accounts: Mutex<Counter<Key>>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            tries: Mutex::default(),
            new_accounts: Mutex::new(Counter::allowing(MOST_NEW_ACCOUNTS)),
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

    /// Counts one new account of an address.
    ///
    /// # Errors
    /// `TooMany` when it made too many lately.
    pub fn take_new_account(&self, now: Timestamp, address: IpAddr) -> Result<(), Error> {
        let key = Key::address(Purpose::SignUp, address);
        locked(&self.new_accounts)
            .take(now, [key])
            .map_err(|wait| Error::TooMany { wait })
    }
}

fn locked(counter: &Mutex<Counter<Key>>) -> MutexGuard<'_, Counter<Key>> {
    counter.lock().unwrap_or_else(PoisonError::into_inner)
}
