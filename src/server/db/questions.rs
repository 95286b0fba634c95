//! Queries about the questions of the bank. Rights are not checked here.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, entity::prelude::Expr,
};
use serde::{Serialize, de::DeserializeOwned};

use super::entities::{
    question::{ActiveModel, Column, Entity, Model},
    user,
};
use crate::model::{
    QuestionDraft, QuestionId, QuestionKind, Timestamp, UserId, question::bank::Question,
};

/// Keeps others from numbering or editing questions of this owner until the transaction is over.
///
/// # Errors
/// When the database fails.
pub async fn lock_bank(connection: &impl ConnectionTrait, owner: UserId) -> Result<(), DbErr> {
    user::Entity::find_by_id(owner.0)
        .lock_exclusive()
        .one(connection)
        .await?;
    Ok(())
}

/// The number of the owner's next question. Only inside of [`lock_bank`] it stays free.
///
/// # Errors
/// When the database fails.
pub async fn next_number(connection: &impl ConnectionTrait, owner: UserId) -> Result<u32, DbErr> {
    let latest = Entity::find()
        .filter(Column::OwnerId.eq(owner.0))
        .order_by_desc(Column::Number)
        .limit(1)
        .one(connection)
        .await?;
    Ok(latest.map_or(1, |row| row.number.unsigned_abs().saturating_add(1)))
}

/// How many questions the owner has in the bank.
///
/// # Errors
/// When the database fails.
pub async fn count_own(connection: &impl ConnectionTrait, owner: UserId) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::OwnerId.eq(owner.0))
        .filter(Column::RetiredAt.is_null())
        .count(connection)
        .await
}

/// Adds a version of the question of that number.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    connection: &impl ConnectionTrait,
    owner: UserId,
    number: u32,
    draft: &QuestionDraft,
    (created_at, updated_at): (Timestamp, Timestamp),
) -> Result<QuestionId, DbErr> {
    let row = ActiveModel {
        owner_id: Set(owner.0),
        number: Set(i32::try_from(number).unwrap_or(i32::MAX)),
        created_at: Set(created_at.0),
        ..written(draft, updated_at)?
    };
    let inserted = Entity::insert(row).exec(connection).await?;
    Ok(QuestionId(inserted.last_insert_id))
}

/// Alters a version.
///
/// # Errors
/// When the database fails.
pub async fn update(
    connection: &impl ConnectionTrait,
    id: QuestionId,
    draft: &QuestionDraft,
    now: Timestamp,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(id.0),
        ..written(draft, now)?
    };
    Entity::update(row).exec(connection).await.map(|_| ())
}

/// Takes a version out of the bank.
///
/// # Errors
/// When the database fails.
pub async fn retire(
    connection: &impl ConnectionTrait,
    id: QuestionId,
    now: Timestamp,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::RetiredAt, Expr::value(now.0))
        .filter(Column::Id.eq(id.0))
        .exec(connection)
        .await
        .map(|_| ())
}

/// The version of a question that stands in the bank, found by the id of any of its versions.
///
/// # Errors
/// When the database fails.
pub async fn find_newest(
    connection: &impl ConnectionTrait,
    id: QuestionId,
) -> Result<Option<Question>, DbErr> {
    let row = Entity::find_by_id(id.0)
        .find_also_related(user::Entity)
        .one(connection)
        .await?;
    let Some((row, owner)) = row else {
        return Ok(None);
    };
    if row.retired_at.is_none() {
        return from_row(row, owner).map(Some);
    }
    let newest = Entity::find()
        .find_also_related(user::Entity)
        .filter(Column::OwnerId.eq(row.owner_id))
        .filter(Column::Number.eq(row.number))
        .filter(Column::RetiredAt.is_null())
        .one(connection)
        .await?;
    newest.map(|(row, owner)| from_row(row, owner)).transpose()
}

/// Every question the owner has in the bank, by number.
///
/// # Errors
/// When the database fails.
pub async fn load_own(
    connection: &impl ConnectionTrait,
    owner: UserId,
) -> Result<Vec<Question>, DbErr> {
    let rows = Entity::find()
        .find_also_related(user::Entity)
        .filter(Column::OwnerId.eq(owner.0))
        .filter(Column::RetiredAt.is_null())
        .order_by_asc(Column::Number)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|(row, owner)| from_row(row, owner))
        .collect()
}

fn written(draft: &QuestionDraft, updated_at: Timestamp) -> Result<ActiveModel, DbErr> {
    Ok(ActiveModel {
        kind: Set(draft.kind.number()),
        title: Set(draft.title.clone()),
        content: Set(draft.content.clone()),
        reference_answer: Set(draft.reference_answer.clone()),
        starters: Set(to_json(&draft.starters)?),
        examples: Set(to_json(&draft.examples)?),
        public: Set(draft.public),
        updated_at: Set(updated_at.0),
        ..Default::default()
    })
}

pub(super) fn from_row(row: Model, owner: Option<user::Model>) -> Result<Question, DbErr> {
    let kind = QuestionKind::from_number(row.kind)
        .ok_or_else(|| DbErr::Type(format!("question {} has kind {}", row.id, row.kind)))?;
    Ok(Question {
        id: QuestionId(row.id),
        owner: UserId(row.owner_id),
        owner_name: owner.map(|user| user.display_name).unwrap_or_default(),
        number: row.number.unsigned_abs(),
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
        retired_at: row.retired_at.map(Timestamp),
        draft: QuestionDraft {
            kind,
            starters: from_json(&row.starters, row.id)?,
            examples: from_json(&row.examples, row.id)?,
            title: row.title,
            content: row.content,
            reference_answer: row.reference_answer,
            public: row.public,
        },
    })
}

fn to_json(value: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Json(error.to_string()))
}

fn from_json<T: DeserializeOwned>(text: &str, id: i64) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Json(format!("question {id}: {error}")))
}
