//! Queries about accounts.

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, SqlErr,
    sea_query::Expr,
};

use super::entities::user::{self, Column, Entity};
use crate::model::{DisplayName, Email, Language, Timestamp, UserId, UserName};

/// An account without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub user_name: String,
    pub display_name: String,
    pub email: Option<String>,
    pub language: Language,
    pub time_zone: String,
}

/// An account to be made.
#[derive(Debug)]
pub struct NewUser<'a> {
    pub user_name: &'a UserName,
    pub display_name: &'a DisplayName,
    pub email: Option<&'a Email>,
    pub password_hash: String,
    pub language: Language,
    pub time_zone: &'a str,
    pub created_at: Timestamp,
}

/// What an account's owner changes at once.
#[derive(Debug)]
pub struct Profile<'a> {
    pub display_name: &'a DisplayName,
    pub email: Option<&'a Email>,
    pub language: Language,
    pub time_zone: &'a str,
}

impl From<user::Model> for User {
    fn from(row: user::Model) -> Self {
        Self {
            id: UserId(row.id),
            user_name: row.user_name,
            display_name: row.display_name,
            email: row.email,
            language: Language::from_tag(&row.language).unwrap_or_default(),
            time_zone: row.time_zone,
        }
    }
}

/// The account of that id.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &impl ConnectionTrait, id: UserId) -> Result<Option<User>, DbErr> {
    Ok(Entity::find_by_id(id.0).one(db).await?.map(User::from))
}

/// The account of a folded user name.
///
/// # Errors
/// When the database fails.
pub async fn find_by_name(db: &impl ConnectionTrait, folded: &str) -> Result<Option<User>, DbErr> {
    Ok(find_with_password(db, folded).await?.map(|(user, _)| user))
}

/// The account of a folded user name, with the hash of its password.
///
/// # Errors
/// When the database fails.
pub async fn find_with_password(
    db: &impl ConnectionTrait,
    folded: &str,
) -> Result<Option<(User, String)>, DbErr> {
    let row = Entity::find()
        .filter(Column::UserNameFolded.eq(folded))
        .one(db)
        .await?;
    Ok(row.map(|mut row| {
        let hash = std::mem::take(&mut row.password_hash);
        (row.into(), hash)
    }))
}

/// The hash of an account's password, after the end of a change that is under way.
///
/// # Errors
/// When the database fails.
pub async fn find_hash(db: &impl ConnectionTrait, id: UserId) -> Result<Option<String>, DbErr> {
    let row = Entity::find_by_id(id.0).lock_shared().one(db).await?;
    Ok(row.map(|row| row.password_hash))
}

/// Adds an account; None when the name is taken.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &impl ConnectionTrait, new: NewUser<'_>) -> Result<Option<UserId>, DbErr> {
    let row = user::ActiveModel {
        id: NotSet,
        user_name: Set(new.user_name.as_str().to_owned()),
        user_name_folded: Set(new.user_name.folded()),
        display_name: Set(new.display_name.as_str().to_owned()),
        email: Set(new.email.map(|email| email.as_str().to_owned())),
        password_hash: Set(new.password_hash),
        language: Set(new.language.tag().to_owned()),
        time_zone: Set(new.time_zone.to_owned()),
        created_at: Set(new.created_at.0),
    };
    match Entity::insert(row).exec(db).await {
        Ok(inserted) => Ok(Some(UserId(inserted.last_insert_id))),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(None),
            _ => Err(error),
        },
    }
}

/// Changes what others see of an account, its language and its zone.
///
/// # Errors
/// When the database fails.
pub async fn save_profile(
    db: &impl ConnectionTrait,
    id: UserId,
    profile: Profile<'_>,
) -> Result<(), DbErr> {
    let row = user::ActiveModel {
        id: Set(id.0),
        display_name: Set(profile.display_name.as_str().to_owned()),
        email: Set(profile.email.map(|email| email.as_str().to_owned())),
        language: Set(profile.language.tag().to_owned()),
        time_zone: Set(profile.time_zone.to_owned()),
        ..Default::default()
    };
    Entity::update(row).exec(db).await.map(|_| ())
}

/// Changes the language of an account.
///
/// # Errors
/// When the database fails.
pub async fn set_language(
    db: &impl ConnectionTrait,
    id: UserId,
    language: Language,
) -> Result<(), DbErr> {
    set(db, id, Column::Language, language.tag()).await
}

/// Changes the hash of an account's password.
///
/// # Errors
/// When the database fails.
pub async fn set_password(db: &impl ConnectionTrait, id: UserId, hash: &str) -> Result<(), DbErr> {
    set(db, id, Column::PasswordHash, hash).await
}

async fn set(
    db: &impl ConnectionTrait,
    id: UserId,
    column: Column,
    value: &str,
) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(column, Expr::value(value));
    update
        .filter(Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(|_| ())
}
