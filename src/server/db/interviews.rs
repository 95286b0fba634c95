//! Queries about single interviews. Rights are not checked here.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, PaginatorTrait,
    QueryFilter, QuerySelect, TryInsertResult,
    entity::prelude::Expr,
    sea_query::{OnConflict, SimpleExpr},
};

use super::{
    Database,
    entities::{interview, user},
};
use crate::model::{
    Booking, Interview, InterviewId, InterviewNumber, InterviewState, LinkKey, QuestionKinds,
    RecordingPermission, ReviewPermission, Timestamp, UserId, WaitingRoom, interview::Schedule,
};

/// Books an interview under `number`. None when the number is taken.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    connection: &impl ConnectionTrait,
    number: InterviewNumber,
    host: UserId,
    booking: &Booking,
    guest_key: &LinkKey,
    now: Timestamp,
) -> Result<Option<InterviewId>, DbErr> {
    let row = interview::ActiveModel {
        number: Set(stored_number(number)),
        title: Set(booking.title.clone()),
        main_interviewer_id: Set(host.0),
        starts_at: Set(booking.starts_at.0),
        ends_at: Set(booking.ends_at.0),
        seats: Set(stored_seats(booking.seats)),
        wants_coding: Set(booking.kinds.coding),
        wants_text: Set(booking.kinds.text),
        recording_permission: Set(booking.recording_permission.number()),
        review_permission: Set(booking.review_permission.number()),
        waiting: Set(booking.waiting.number()),
        locked: Set(false),
        state: Set(InterviewState::NotStarted.number()),
        guest_key: Set(Some(guest_key.as_str().to_owned())),
        sequence: Set(0),
        created_at: Set(now.0),
        ..Default::default()
    };
    let inserted = interview::Entity::insert(row)
        .on_conflict(
            OnConflict::column(interview::Column::Number)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec(connection)
        .await?;
    Ok(match inserted {
        TryInsertResult::Inserted(result) => Some(InterviewId(result.last_insert_id)),
        TryInsertResult::Conflicted | TryInsertResult::Empty => None,
    })
}

/// The interview of a number.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &impl ConnectionTrait,
    number: InterviewNumber,
) -> Result<Option<Interview>, DbErr> {
    let row = interview::Entity::find()
        .find_also_related(user::Entity)
        .filter(interview::Column::Number.eq(stored_number(number)))
        .one(connection)
        .await?;
    row.map(|(row, host)| from_row(row, host)).transpose()
}

/// True while no interview has the number.
///
/// # Errors
/// When the database fails.
pub async fn is_free(
    connection: &impl ConnectionTrait,
    number: InterviewNumber,
) -> Result<bool, DbErr> {
    let with_number = interview::Column::Number.eq(stored_number(number));
    Ok(interview::Entity::find()
        .filter(with_number)
        .count(connection)
        .await?
        == 0)
}

/// Keeps others from inviting into, changing or ending the interview until the transaction is over.
///
/// # Errors
/// When the database fails.
pub async fn lock(connection: &impl ConnectionTrait, id: InterviewId) -> Result<(), DbErr> {
    interview::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(connection)
        .await?;
    Ok(())
}

/// Changes a booking that is not over; false when it is.
///
/// # Errors
/// When the database fails.
pub async fn update(
    connection: &impl ConnectionTrait,
    id: InterviewId,
    booking: &Booking,
    now: Timestamp,
) -> Result<bool, DbErr> {
    use interview::Column;
    let changes = [
        (Column::Title, Expr::value(booking.title.as_str())),
        (Column::StartsAt, Expr::value(booking.starts_at.0)),
        (Column::EndsAt, Expr::value(booking.ends_at.0)),
        (Column::Seats, Expr::value(stored_seats(booking.seats))),
        (Column::WantsCoding, Expr::value(booking.kinds.coding)),
        (Column::WantsText, Expr::value(booking.kinds.text)),
        (
            Column::RecordingPermission,
            Expr::value(booking.recording_permission.number()),
        ),
        (
            Column::ReviewPermission,
            Expr::value(booking.review_permission.number()),
        ),
        (Column::Waiting, Expr::value(booking.waiting.number())),
        (Column::Sequence, Expr::col(Column::Sequence).add(1)),
    ];
    change_unless_over(connection, id, changes, now).await
}

/// Calls an interview off; false when it is over or called off already.
///
/// # Errors
/// When the database fails.
pub async fn cancel(
    connection: &impl ConnectionTrait,
    id: InterviewId,
    now: Timestamp,
) -> Result<bool, DbErr> {
    use interview::Column;
    let changes = [
        (Column::CancelledAt, Expr::value(now.0)),
        (Column::Sequence, Expr::col(Column::Sequence).add(1)),
    ];
    change_unless_over(connection, id, changes, now).await
}

/// Replaces the key of the general guest link, or switches it off.
///
/// # Errors
/// When the database fails.
pub async fn set_guest_key(
    connection: &impl ConnectionTrait,
    id: InterviewId,
    key: Option<&LinkKey>,
) -> Result<(), DbErr> {
    interview::Entity::update_many()
        .col_expr(
            interview::Column::GuestKey,
            Expr::value(key.map(LinkKey::as_str)),
        )
        .filter(interview::Column::Id.eq(id.0))
        .exec(connection)
        .await?;
    Ok(())
}

/// Records that an interviewer ended an interview, unless it was over before.
///
/// # Errors
/// When the database fails.
pub async fn record_end(database: &Database, id: InterviewId, now: Timestamp) -> Result<(), DbErr> {
    use interview::Column;
    interview::Entity::update_many()
        .col_expr(Column::State, Expr::value(InterviewState::Ended.number()))
        .col_expr(Column::EndedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(InterviewState::NotStarted.number()))
        .filter(Column::CancelledAt.is_null())
        .exec(database.writer())
        .await?;
    Ok(())
}

/// Keeps whether everybody new waits.
///
/// # Errors
/// When the database fails.
pub async fn record_lock(database: &Database, id: InterviewId, locked: bool) -> Result<(), DbErr> {
    use interview::Column;
    interview::Entity::update_many()
        .col_expr(Column::Locked, Expr::value(locked))
        .filter(Column::Id.eq(id.0))
        .exec(database.writer())
        .await?;
    Ok(())
}

/// Lets guests wait from now on, where nobody waited and the general guest link is valid.
///
/// # Errors
/// When the database fails.
pub async fn let_guests_wait(
    connection: &impl ConnectionTrait,
    id: InterviewId,
) -> Result<(), DbErr> {
    use interview::Column;
    let guests = WaitingRoom::Guests.number();
    interview::Entity::update_many()
        .col_expr(Column::Waiting, Expr::value(guests))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Waiting.eq(WaitingRoom::Nobody.number()))
        .filter(Column::GuestKey.is_not_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// Records that a running interview ends at another time, unless it was over before.
///
/// # Errors
/// When the database fails.
pub async fn record_extension(
    database: &Database,
    id: InterviewId,
    ends_at: Timestamp,
) -> Result<(), DbErr> {
    use interview::Column;
    interview::Entity::update_many()
        .col_expr(Column::EndsAt, Expr::value(ends_at.0))
        .col_expr(Column::Sequence, Expr::col(Column::Sequence).add(1))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(InterviewState::NotStarted.number()))
        .filter(Column::CancelledAt.is_null())
        .exec(database.writer())
        .await?;
    Ok(())
}

/// Records that an interview's time ran out, unless it was over before or was prolonged.
///
/// # Errors
/// When the database fails.
pub async fn record_expiry(
    database: &Database,
    id: InterviewId,
    now: Timestamp,
) -> Result<(), DbErr> {
    expire(
        database,
        now,
        Condition::all().add(interview::Column::Id.eq(id.0)),
    )
    .await
}

/// Marks every interview as expired whose time ran out before anybody ended it.
///
/// # Errors
/// When the database fails.
pub async fn expire_overdue(database: &Database, now: Timestamp) -> Result<(), DbErr> {
    expire(database, now, Condition::all()).await
}

async fn expire(database: &Database, now: Timestamp, which: Condition) -> Result<(), DbErr> {
    use interview::Column;
    interview::Entity::update_many()
        .col_expr(Column::State, Expr::value(InterviewState::Expired.number()))
        .col_expr(Column::EndedAt, Expr::col(Column::EndsAt))
        .filter(which)
        .filter(Column::State.eq(InterviewState::NotStarted.number()))
        .filter(Column::EndsAt.lte(now.0))
        .filter(Column::CancelledAt.is_null())
        .exec(database.writer())
        .await?;
    Ok(())
}

async fn change_unless_over(
    connection: &impl ConnectionTrait,
    id: InterviewId,
    changes: impl IntoIterator<Item = (interview::Column, SimpleExpr)>,
    now: Timestamp,
) -> Result<bool, DbErr> {
    use interview::Column;
    let mut update = interview::Entity::update_many();
    for (column, value) in changes {
        update = update.col_expr(column, value);
    }
    let changed = update
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(InterviewState::NotStarted.number()))
        .filter(Column::EndsAt.gt(now.0))
        .filter(Column::CancelledAt.is_null())
        .exec(connection)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// The schedule of a row.
///
/// # Errors
/// When the row holds a state that does not exist.
pub(super) fn schedule(row: &interview::Model) -> Result<Schedule, DbErr> {
    Ok(Schedule {
        starts_at: Timestamp(row.starts_at),
        ends_at: Timestamp(row.ends_at),
        stored_state: known(InterviewState::from_number(row.state), row)?,
        cancelled: row.cancelled_at.is_some(),
    })
}

/// The number of a row.
pub(super) fn number(row: &interview::Model) -> InterviewNumber {
    InterviewNumber::from_draw(row.number.unsigned_abs())
}

fn from_row(row: interview::Model, host: Option<user::Model>) -> Result<Interview, DbErr> {
    Ok(Interview {
        id: InterviewId(row.id),
        number: number(&row),
        host: UserId(row.main_interviewer_id),
        host_name: host.map(|user| user.display_name).unwrap_or_default(),
        schedule: schedule(&row)?,
        seats: row.seats.unsigned_abs(),
        kinds: QuestionKinds {
            coding: row.wants_coding,
            text: row.wants_text,
        },
        recording_permission: known(
            RecordingPermission::from_number(row.recording_permission),
            &row,
        )?,
        review_permission: known(ReviewPermission::from_number(row.review_permission), &row)?,
        waiting: known(WaitingRoom::from_number(row.waiting), &row)?,
        locked: row.locked,
        guest_key: row.guest_key.as_deref().and_then(LinkKey::parse),
        sequence: row.sequence.unsigned_abs(),
        title: row.title,
    })
}

fn known<T>(value: Option<T>, row: &interview::Model) -> Result<T, DbErr> {
    value.ok_or_else(|| DbErr::Type(format!("interview {} holds an unknown number", row.id)))
}

fn stored_number(number: InterviewNumber) -> i32 {
    i32::try_from(number.as_u32()).unwrap_or(i32::MAX)
}

fn stored_seats(seats: u32) -> i32 {
    i32::try_from(seats).unwrap_or(i32::MAX)
}
