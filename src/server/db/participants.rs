//! Queries about who is in which interview. Rights are not checked here.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, TryInsertResult, entity::prelude::Expr, sea_query::OnConflict,
};

use super::{
    Database,
    entities::{participant, user},
    interviews,
};
use crate::model::{
    HeldSeat, InterviewId, LinkKey, Participant, ParticipantId, Role, Timestamp, UserId,
    participant::ParticipantAccount, standing::Claim,
};

/// Somebody who is to be in an interview.
#[derive(Clone, Debug)]
pub struct NewParticipant {
    pub who: Who,
    pub role: Role,
    pub key: Option<LinkKey>,
}

/// With an account or without.
#[derive(Clone, Debug)]
pub enum Who {
    Account(UserId),
    Guest(String),
}

/// Puts somebody into an interview. None when that account is in it already, removed or not.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
    new: NewParticipant,
    now: Timestamp,
) -> Result<Option<ParticipantId>, DbErr> {
    let (user_id, guest_name) = match new.who {
        Who::Account(user) => (Some(user.0), None),
        Who::Guest(name) => (None, Some(name)),
    };
    let row = participant::ActiveModel {
        interview_id: Set(interview.0),
        user_id: Set(user_id),
        guest_name: Set(guest_name),
        role: Set(new.role.number()),
        personal_key: Set(new.key.map(|key| key.as_str().to_owned())),
        mark: Set(String::new()),
        created_at: Set(now.0),
        ..Default::default()
    };
    let once = [
        participant::Column::InterviewId,
        participant::Column::UserId,
    ];
    let inserted = participant::Entity::insert(row)
        .on_conflict(OnConflict::columns(once).do_nothing().to_owned())
        .try_insert()
        .exec(connection)
        .await?;
    Ok(match inserted {
        TryInsertResult::Inserted(result) => Some(ParticipantId(result.last_insert_id)),
        TryInsertResult::Conflicted | TryInsertResult::Empty => None,
    })
}

/// Everybody in an interview who was not removed: the main interviewer, co-interviewers,
/// interviewees, each in the order of their coming.
///
/// # Errors
/// When the database fails.
pub async fn load_present(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
) -> Result<Vec<Participant>, DbErr> {
    load(
        connection,
        of(interview).add(participant::Column::RemovedAt.is_null()),
    )
    .await
}

/// Everybody whom `claim` can mean in an interview, removed ones included.
///
/// # Errors
/// When the database fails.
pub async fn load_candidates(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
    claim: &Claim<'_>,
) -> Result<Vec<Participant>, DbErr> {
    let seats = claim
        .seats
        .iter()
        .map(|HeldSeat { participant, .. }| participant.0);
    let mut anyone = Condition::any().add(participant::Column::Id.is_in(seats));
    if let Some(user) = claim.user {
        anyone = anyone.add(participant::Column::UserId.eq(user.0));
    }
    if let Some(key) = claim.key {
        anyone = anyone.add(participant::Column::PersonalKey.eq(key.as_str()));
    }
    load(connection, of(interview).add(anyone)).await
}

/// One participant of an interview who was not removed.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
    id: ParticipantId,
) -> Result<Option<Participant>, DbErr> {
    let this = of(interview)
        .add(participant::Column::Id.eq(id.0))
        .add(participant::Column::RemovedAt.is_null());
    Ok(load(connection, this).await?.pop())
}

/// One account's place in an interview, removed or not.
///
/// # Errors
/// When the database fails.
pub async fn find_account(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
    user: UserId,
) -> Result<Option<Participant>, DbErr> {
    let this = of(interview).add(participant::Column::UserId.eq(user.0));
    Ok(load(connection, this).await?.pop())
}

/// How many are in an interview, removed ones not counted.
///
/// # Errors
/// When the database fails.
pub async fn count_present(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
) -> Result<u64, DbErr> {
    let present = of(interview).add(participant::Column::RemovedAt.is_null());
    participant::Entity::find()
        .filter(present)
        .count(connection)
        .await
}

/// Brings back somebody who was removed, with a new role and a new link.
///
/// # Errors
/// When the database fails.
pub async fn bring_back(
    connection: &impl ConnectionTrait,
    id: ParticipantId,
    role: Role,
    key: Option<&LinkKey>,
) -> Result<(), DbErr> {
    let changes = [
        (participant::Column::RemovedAt, Expr::value(None::<i64>)),
        (participant::Column::Role, Expr::value(role.number())),
        (
            participant::Column::PersonalKey,
            Expr::value(key.map(LinkKey::as_str)),
        ),
    ];
    update(connection, id, changes).await
}

/// Takes somebody off the list and revokes the link.
///
/// # Errors
/// When the database fails.
pub async fn remove(
    connection: &impl ConnectionTrait,
    id: ParticipantId,
    now: Timestamp,
) -> Result<(), DbErr> {
    let changes = [
        (participant::Column::RemovedAt, Expr::value(now.0)),
        (
            participant::Column::PersonalKey,
            Expr::value(None::<String>),
        ),
    ];
    update(connection, id, changes).await
}

/// Takes somebody out of a running interview. Who came by the general guest link could come by it
/// again under another name, so from now on new guests wait, if nobody did.
///
/// # Errors
/// When the database fails.
pub async fn remove_for_good(
    database: &Database,
    interview: InterviewId,
    id: ParticipantId,
    now: Timestamp,
) -> Result<(), DbErr> {
    let transaction = database.begin().await?;
    remove(&transaction, id, now).await?;
    interviews::let_guests_wait(&transaction, interview).await?;
    transaction.commit().await
}

/// Replaces the personal key, or revokes it.
///
/// # Errors
/// When the database fails.
pub async fn set_key(
    connection: &impl ConnectionTrait,
    id: ParticipantId,
    key: Option<&LinkKey>,
) -> Result<(), DbErr> {
    let key = Expr::value(key.map(LinkKey::as_str));
    update(connection, id, [(participant::Column::PersonalKey, key)]).await
}

/// Keeps the participant's own private note.
///
/// # Errors
/// When the database fails.
pub async fn set_mark(
    connection: &impl ConnectionTrait,
    id: ParticipantId,
    mark: &str,
) -> Result<(), DbErr> {
    update(
        connection,
        id,
        [(participant::Column::Mark, Expr::value(mark))],
    )
    .await
}

/// Keeps whether an interviewee passed.
///
/// # Errors
/// When the database fails.
pub async fn set_passed(
    connection: &impl ConnectionTrait,
    id: ParticipantId,
    passed: Option<bool>,
) -> Result<(), DbErr> {
    update(
        connection,
        id,
        [(participant::Column::Passed, Expr::value(passed))],
    )
    .await
}

/// Records when somebody first came into the room; later arrivals change nothing.
///
/// # Errors
/// When the database fails.
pub async fn record_arrival(
    database: &Database,
    id: ParticipantId,
    now: Timestamp,
) -> Result<(), DbErr> {
    participant::Entity::update_many()
        .col_expr(participant::Column::ArrivedAt, Expr::value(now.0))
        .filter(participant::Column::Id.eq(id.0))
        .filter(participant::Column::ArrivedAt.is_null())
        .exec(database.writer())
        .await?;
    Ok(())
}

/// Keeps another role. The main interviewer's never changes.
///
/// # Errors
/// When the database fails.
pub async fn record_role(database: &Database, id: ParticipantId, role: Role) -> Result<(), DbErr> {
    participant::Entity::update_many()
        .col_expr(participant::Column::Role, Expr::value(role.number()))
        .filter(participant::Column::Id.eq(id.0))
        .filter(participant::Column::Role.ne(Role::MainInterviewer.number()))
        .exec(database.writer())
        .await?;
    Ok(())
}

async fn update(
    connection: &impl ConnectionTrait,
    id: ParticipantId,
    changes: impl IntoIterator<Item = (participant::Column, sea_orm::sea_query::SimpleExpr)>,
) -> Result<(), DbErr> {
    let mut update = participant::Entity::update_many();
    for (column, value) in changes {
        update = update.col_expr(column, value);
    }
    update
        .filter(participant::Column::Id.eq(id.0))
        .exec(connection)
        .await?;
    Ok(())
}

fn of(interview: InterviewId) -> Condition {
    Condition::all().add(participant::Column::InterviewId.eq(interview.0))
}

async fn load(
    connection: &impl ConnectionTrait,
    which: Condition,
) -> Result<Vec<Participant>, DbErr> {
    let rows = participant::Entity::find()
        .find_also_related(user::Entity)
        .filter(which)
        .order_by_asc(participant::Column::Role)
        .order_by_asc(participant::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|(row, account)| from_row(row, account))
        .collect()
}

fn from_row(row: participant::Model, account: Option<user::Model>) -> Result<Participant, DbErr> {
    let role = Role::from_number(row.role)
        .ok_or_else(|| DbErr::Type(format!("participant {} has role {}", row.id, row.role)))?;
    let guest_name = row.guest_name.unwrap_or_default();
    let (name, account) = match account {
        Some(user) => {
            let account = ParticipantAccount {
                id: UserId(user.id),
                user_name: user.user_name,
            };
            (user.display_name, Some(account))
        }
        None => (guest_name, None),
    };
    Ok(Participant {
        id: ParticipantId(row.id),
        interview: InterviewId(row.interview_id),
        account,
        name,
        role,
        key: row.personal_key.as_deref().and_then(LinkKey::parse),
        mark: row.mark,
        passed: row.passed,
        arrived_at: row.arrived_at.map(Timestamp),
        removed_at: row.removed_at.map(Timestamp),
    })
}
