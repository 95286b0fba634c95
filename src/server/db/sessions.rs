//! Queries about sessions.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, SqlErr,
    sea_query::Expr,
};

use super::entities::session::{self, Column, Entity};
use crate::model::{Timestamp, UserId};

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    pub id: String,
    pub user: Option<UserId>,
    /// JSON.
    pub data: String,
    pub expires_at: Timestamp,
}

/// Adds a session; false when the id exists already.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &impl ConnectionTrait, new: StoredSession) -> Result<bool, DbErr> {
    let row = session::ActiveModel {
        id: Set(new.id),
        user_id: Set(new.user.map(|user| user.0)),
        data: Set(new.data),
        expires_at: Set(new.expires_at.0),
    };
    match Entity::insert(row).exec_without_returning(db).await {
        Ok(_) => Ok(true),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error),
        },
    }
}

/// Overwrites a session. One that was deleted meanwhile stays deleted.
///
/// # Errors
/// When the database fails.
pub async fn update(db: &impl ConnectionTrait, session: &StoredSession) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::UserId, Expr::value(session.user.map(|user| user.0)))
        .col_expr(Column::Data, Expr::value(session.data.as_str()))
        .col_expr(Column::ExpiresAt, Expr::value(session.expires_at.0))
        .filter(Column::Id.eq(session.id.as_str()))
        .exec(db)
        .await
        .map(|_| ())
}

/// The session of that id, unless it has expired at `now`.
///
/// # Errors
/// When the database fails.
pub async fn find(
    db: &impl ConnectionTrait,
    id: &str,
    now: Timestamp,
) -> Result<Option<StoredSession>, DbErr> {
    let row = Entity::find_by_id(id)
        .filter(Column::ExpiresAt.gt(now.0))
        .one(db)
        .await?;
    Ok(row.map(|row| StoredSession {
        id: row.id,
        user: row.user_id.map(UserId),
        data: row.data,
        expires_at: Timestamp(row.expires_at),
    }))
}

/// Removes one session.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(|_| ())
}

/// Removes every session of an account.
///
/// # Errors
/// When the database fails.
pub async fn delete_of_user(db: &impl ConnectionTrait, user: UserId) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user.0))
        .exec(db)
        .await
        .map(|_| ())
}

/// Removes the sessions that have expired at `now`.
///
/// # Errors
/// When the database fails.
pub async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::ExpiresAt.lte(now.0))
        .exec(db)
        .await
        .map(|_| ())
}
