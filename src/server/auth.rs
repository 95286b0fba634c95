//! Proofs of who the caller is and what they may touch: types that can only be had by passing a check.

pub mod interview;

use tower_sessions::Session;

use super::{
    db::{Database, users},
    error::Error,
    sessions,
};
use crate::{
    api::account::Account,
    model::{Language, UserId},
};

/// The account of a caller whose session is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub id: UserId,
    pub user_name: String,
    pub display_name: String,
    pub email: Option<String>,
    pub language: Language,
    pub time_zone: String,
    /// Keeps the type from being made anywhere else.
    _checked: (),
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
        let user = users::find(database.reader(), id).await?;
        Ok(user.map(|user| Self {
            id: user.id,
            user_name: user.user_name,
            display_name: user.display_name,
            email: user.email,
            language: user.language,
            time_zone: user.time_zone,
            _checked: (),
        }))
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
