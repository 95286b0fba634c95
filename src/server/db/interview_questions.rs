//! Queries about the questions prepared for interviews. Rights are not checked here.

use std::collections::HashSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, TryInsertResult, entity::prelude::Expr,
    sea_query::OnConflict,
};

use super::{
    entities::{
        interview,
        interview_question::{ActiveModel, Column, Entity, Model},
        participant, question, user,
    },
    questions::from_row,
};
use crate::model::{
    InterviewId, InterviewQuestionId, InterviewState, QuestionId, Role, Timestamp, UserId,
    question::bank::{InterviewQuestion, Question, Use},
};

/// The questions prepared for an interview, in their order.
///
/// # Errors
/// When the database fails.
pub async fn load(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
) -> Result<Vec<InterviewQuestion>, DbErr> {
    let rows = Entity::find()
        .find_also_related(question::Entity)
        .and_also_related(user::Entity)
        .filter(Column::InterviewId.eq(interview.0))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter()
        .filter_map(|(row, question, owner)| Some(prepared(&row, question?, owner)))
        .collect()
}

/// Puts a question at a place of an interview. None when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
    question: QuestionId,
    position: i32,
) -> Result<Option<InterviewQuestionId>, DbErr> {
    let row = ActiveModel {
        interview_id: Set(interview.0),
        question_id: Set(question.0),
        position: Set(position),
        ..Default::default()
    };
    let once = [Column::InterviewId, Column::QuestionId];
    let inserted = Entity::insert(row)
        .on_conflict(OnConflict::columns(once).do_nothing().to_owned())
        .try_insert()
        .exec(connection)
        .await?;
    Ok(match inserted {
        TryInsertResult::Inserted(result) => Some(InterviewQuestionId(result.last_insert_id)),
        TryInsertResult::Conflicted | TryInsertResult::Empty => None,
    })
}

/// Takes a question out of its interview unless it was shown; false when it was.
///
/// # Errors
/// When the database fails.
pub async fn delete_unshown(
    connection: &impl ConnectionTrait,
    id: InterviewQuestionId,
) -> Result<bool, DbErr> {
    let deleted = Entity::delete_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::FirstShownAt.is_null())
        .exec(connection)
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Gives a question another place.
///
/// # Errors
/// When the database fails.
pub async fn set_position(
    connection: &impl ConnectionTrait,
    id: InterviewQuestionId,
    position: i32,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Position, Expr::value(position))
        .filter(Column::Id.eq(id.0))
        .exec(connection)
        .await
        .map(|_| ())
}

/// Where interviews use a version of a question of that owner. None of them is shown for the first
/// time until the transaction is over.
///
/// # Errors
/// When the database fails.
pub async fn load_uses(
    connection: &impl ConnectionTrait,
    question: QuestionId,
    owner: UserId,
) -> Result<Vec<Use>, DbErr> {
    let rows = Entity::find()
        .filter(Column::QuestionId.eq(question.0))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(connection)
        .await?;
    let places = participant::Entity::find()
        .filter(participant::Column::UserId.eq(owner.0))
        .filter(participant::Column::RemovedAt.is_null())
        .filter(participant::Column::Role.ne(Role::Interviewee.number()))
        .filter(participant::Column::InterviewId.is_in(rows.iter().map(|row| row.interview_id)))
        .all(connection)
        .await?;
    let own: HashSet<i64> = places.iter().map(|place| place.interview_id).collect();
    let used = |row: &Model| Use {
        id: InterviewQuestionId(row.id),
        interview: InterviewId(row.interview_id),
        ever_shown: row.first_shown_at.is_some(),
        with_owner: own.contains(&row.interview_id),
    };
    Ok(rows.iter().map(used).collect())
}

/// Points interviews to another version of their question.
///
/// # Errors
/// When the database fails.
pub async fn point_to(
    connection: &impl ConnectionTrait,
    followers: &[InterviewQuestionId],
    version: QuestionId,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::QuestionId, Expr::value(version.0))
        .filter(Column::Id.is_in(followers.iter().map(|id| id.0)))
        .exec(connection)
        .await
        .map(|_| ())
}

/// Whether an account is asked a question: some version of it was shown in an interview that is not
/// over and has the account among its interviewees, present or removed.
///
/// # Errors
/// When the database fails.
pub async fn is_asked(
    connection: &impl ConnectionTrait,
    viewer: UserId,
    asked: &Question,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let interviewed = participant::Entity::find()
        .select_only()
        .column(participant::Column::InterviewId)
        .filter(participant::Column::UserId.eq(viewer.0))
        .filter(participant::Column::Role.eq(Role::Interviewee.number()))
        .into_query();
    let shown = Entity::find()
        .inner_join(interview::Entity)
        .inner_join(question::Entity)
        .filter(question::Column::OwnerId.eq(asked.owner.0))
        .filter(question::Column::Number.eq(asked.number))
        .filter(Column::FirstShownAt.is_not_null())
        .filter(Column::InterviewId.in_subquery(interviewed))
        .filter(is_open(now))
        .count(connection)
        .await?;
    Ok(shown > 0)
}

/// The interviews that use a version of a question and are not over.
///
/// # Errors
/// When the database fails.
pub async fn load_open_interviews(
    connection: &impl ConnectionTrait,
    question: QuestionId,
    now: Timestamp,
) -> Result<Vec<InterviewId>, DbErr> {
    let rows = Entity::find()
        .inner_join(interview::Entity)
        .filter(Column::QuestionId.eq(question.0))
        .filter(is_open(now))
        .all(connection)
        .await?;
    let id = |row: Model| InterviewId(row.interview_id);
    Ok(rows.into_iter().map(id).collect())
}

/// The interview is not over.
fn is_open(now: Timestamp) -> Condition {
    Condition::all()
        .add(interview::Column::State.eq(InterviewState::NotStarted.number()))
        .add(interview::Column::EndsAt.gt(now.0))
        .add(interview::Column::CancelledAt.is_null())
}

fn prepared(
    row: &Model,
    question: question::Model,
    owner: Option<user::Model>,
) -> Result<InterviewQuestion, DbErr> {
    Ok(InterviewQuestion {
        id: InterviewQuestionId(row.id),
        interview: InterviewId(row.interview_id),
        question: from_row(question, owner)?,
        position: row.position,
        shown_at: row.shown_at.map(Timestamp),
        first_shown_at: row.first_shown_at.map(Timestamp),
    })
}
