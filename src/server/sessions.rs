//! What a browser's cookie stands for: at most an account, the seats of a guest, and when it was last
//! used. Nothing else is kept in a session.

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use time::OffsetDateTime;
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Error, Id, Record},
    session_store,
};

use super::{
    clock::Clock,
    db::{
        Database,
        sessions::{self as rows, StoredSession},
    },
};
use crate::model::{HeldSeat, Timestamp, UserId};

/// The cookie's name.
pub const COOKIE: &str = "colloquy";
/// How long a session lives without being used.
const INACTIVITY: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How often use is noted, so that requests do not write.
const NOTED_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// How many seats one browser holds: a session stays small.
const MOST_SEATS_HELD: usize = 20;

const USER: &str = "user";
const SEATS: &str = "seats";
const USED_AT: &str = "used_at";

/// Gives every request its session; `secure` keeps the cookie off plain HTTP.
pub fn layer(database: Database, clock: Clock, secure: bool) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store { database, clock })
        .with_name(COOKIE)
        .with_same_site(SameSite::Lax)
        .with_http_only(true)
        .with_secure(secure)
        .with_expiry(Expiry::OnInactivity(
            INACTIVITY.try_into().unwrap_or(time::Duration::MAX),
        ))
}

/// The account the session is signed in to.
///
/// # Errors
/// When the store fails.
pub async fn user(session: &Session) -> Result<Option<UserId>, Error> {
    session.get(USER).await
}

/// The seats the session holds as a guest.
///
/// # Errors
/// When the store fails.
pub async fn seats(session: &Session) -> Result<Vec<HeldSeat>, Error> {
    Ok(session.get(SEATS).await?.unwrap_or_default())
}

/// Adds a seat to those the session holds as a guest, as the latest. The oldest go when there are
/// too many.
///
/// # Errors
/// When the store fails.
pub async fn hold_seat(session: &Session, seat: HeldSeat) -> Result<(), Error> {
    let mut seats = seats(session).await?;
    if seats.last() == Some(&seat) {
        return Ok(());
    }
    seats.retain(|held| held.participant != seat.participant);
    seats.push(seat);
    let surplus = seats.len().saturating_sub(MOST_SEATS_HELD);
    session.insert(SEATS, &seats[surplus..]).await
}

/// Signs the session in under a new id, so that an id known from before is worth nothing.
///
/// # Errors
/// When the store fails.
pub async fn sign_in(session: &Session, user: UserId, now: Timestamp) -> Result<(), Error> {
    session.cycle_id().await?;
    session.insert(USER, user).await?;
    session.insert(USED_AT, now).await
}

/// Makes an existing session live on from `now`, once a day.
///
/// # Errors
/// When the store fails.
pub async fn note_use(session: &Session, now: Timestamp) -> Result<(), Error> {
    let kept = user(session).await?.is_some() || !seats(session).await?.is_empty();
    if !kept {
        return Ok(());
    }
    let used_at: Option<Timestamp> = session.get(USED_AT).await?;
    if used_at.is_none_or(|used_at| now.since(used_at) >= NOTED_EVERY) {
        session.insert(USED_AT, now).await?;
    }
    Ok(())
}

/// Sessions in the table of that name.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    clock: Clock,
}

impl Store {
    /// The row of a session that was used now. The library's own expiry is by another clock.
    fn stored(&self, record: &Record) -> session_store::Result<StoredSession> {
        let data = serde_json::to_string(&record.data)
            .map_err(|error| session_store::Error::Encode(error.to_string()))?;
        Ok(StoredSession {
            id: record.id.to_string(),
            user: record
                .data
                .get(USER)
                .and_then(serde_json::Value::as_i64)
                .map(UserId),
            data,
            expires_at: self.clock.now() + INACTIVITY,
        })
    }
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        while !rows::insert(self.database.writer(), self.stored(record)?)
            .await
            .map_err(backend)?
        {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        rows::update(self.database.writer(), &self.stored(record)?)
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = rows::find(self.database.reader(), &id.to_string(), self.clock.now()).await;
        let Some(session) = found.map_err(backend)? else {
            return Ok(None);
        };
        let mut data: HashMap<String, serde_json::Value> = serde_json::from_str(&session.data)
            .map_err(|error| session_store::Error::Decode(error.to_string()))?;
        if session.user.is_none() {
            data.remove(USER);
        }
        let nanoseconds = i128::from(session.expires_at.0) * 1_000_000;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
            .map_err(|error| session_store::Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        rows::delete(self.database.writer(), &id.to_string())
            .await
            .map_err(backend)
    }
}

fn backend(error: sea_orm::DbErr) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}
