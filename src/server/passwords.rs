//! Hashing passwords: off the async threads, a few at a time. Nothing else sees or keeps one.

use std::{sync::Arc, thread};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::Error;

/// The memory of one hash in KiB; with [`PASSES`] and [`LANES`] what OWASP recommends as the least.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The only place where hashes are made and compared.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    argon2: Argon2<'static>,
    /// The hash of no password, compared when there is no account, so that this takes as long.
    nobody: Arc<str>,
}

/// The right to hash once. Whoever holds it keeps others waiting.
#[derive(Debug)]
pub struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passwords")
            .field("turns", &self.turns)
            .finish_non_exhaustive()
    }
}

impl Passwords {
    /// Prepares as many turns as there are cores.
    ///
    /// # Errors
    /// `Internal` when the system gives no randomness.
    pub fn new() -> Result<Self, Error> {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let random: [u8; 32] = rand::random();
        let nobody = argon2.hash_password(&random).map_err(failed)?.to_string();
        let turns = Arc::new(Semaphore::new(cores.max(2)));
        Ok(Self {
            turns,
            argon2,
            nobody: nobody.into(),
        })
    }

    /// Waits for the right to hash.
    ///
    /// # Errors
    /// `Internal` when the server is being dropped.
    pub async fn turn(&self) -> Result<Turn, Error> {
        let permit = self
            .turns
            .clone()
            .acquire_owned()
            .await
            .map_err(Error::internal)?;
        Ok(Turn { _permit: permit })
    }

    /// Hashes a new password into a PHC string.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn hash(&self, turn: Turn, password: &[u8]) -> Result<String, Error> {
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let hash = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            argon2.hash_password(&password).map(|hash| hash.to_string())
        });
        hash.await?.map_err(failed)
    }

    /// Whether `password` is the one that was hashed; false, after the same work, when there is no hash.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn verify(
        &self,
        turn: Turn,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, Error> {
        let (argon2, password, nobody) = (
            self.argon2.clone(),
            password.to_owned(),
            self.nobody.clone(),
        );
        let matches = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let known = hash.is_some();
            let hash = PasswordHash::new(hash.as_deref().unwrap_or(&nobody)).map_err(failed)?;
            let matches = argon2.verify_password(password.as_bytes(), &hash).is_ok();
            Ok(matches && known)
        });
        matches.await?
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::internal(error.to_string())
}
