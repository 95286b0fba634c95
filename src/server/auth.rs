//! Proofs of who the caller is and what they may touch: types that can only be had by passing a check.

pub mod interview;

use std::ops::Deref;

use tower_sessions::Session;

use super::{
    db::{
        Database,
        users::{self, User},
    },
    error::Error,
    sessions,
};
use crate::api::account::Account;

/// The account of a caller whose session is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn(User);

impl Deref for SignedIn {
    type Target = User;

    fn deref(&self) -> &User {
        &self.0
    }
}

impl SignedIn {
    /// The account that `session` is signed in to, if it is and the account still exists.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn check(session: &Session, database: &Database) -> Result<Option<Self>, Error> {
        let Some(id) = sessions::user(session).await? else {
            return Ok(None);
        };
        Ok(users::find(database.reader(), id).await?.map(Self))
    }

    /// What they see of their own account.
    pub fn account(&self) -> Account {
        Account {
            id: self.id,
            user_name: self.user_name.clone(),
            display_name: self.display_name.clone(),
            email: self.email.clone(),
        }
    }
}
