//! Queries about answers and the log of each. Rights are not checked here.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, TryInsertResult,
    entity::prelude::Expr,
    sea_query::{Func, OnConflict, Query},
};

use super::{
    Database,
    entities::{answer, answer_update, interview_question},
};
use crate::{
    model::{InterviewId, InterviewQuestionId, ParticipantId, PeerId, Timestamp},
    protocol::AnswerKey,
};

/// How many rows are inserted by one statement: few different numbers, so that each statement is
/// prepared once.
const AT_ONCE: [usize; 4] = [256, 32, 4, 1];

/// The row of an answer; a person never sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AnswerId(i64);

/// An answer as it is stored: applied one after another, these make its document.
#[derive(Debug)]
pub struct StoredAnswer {
    pub id: AnswerId,
    pub updates: Vec<Vec<u8>>,
    /// How many bytes its whole log has.
    pub logged: u64,
}

/// What a row of the log holds. Stored as 1 and 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Edit = 1,
    Run = 2,
}

/// Something to be added to the log of an answer.
#[derive(Debug)]
pub struct Entry {
    pub answer: AnswerId,
    /// None for the server.
    pub author: Option<ParticipantId>,
    pub at: Timestamp,
    pub kind: EntryKind,
    pub data: Vec<u8>,
}

/// A change to what is stored of an answer.
#[derive(Debug)]
pub enum Change<'a> {
    Add(&'a Entry),
    /// The document with everything that was added before.
    Snapshot {
        answer: AnswerId,
        data: &'a [u8],
    },
}

/// Makes changes in their order, all of them or none. Durable when it returns.
///
/// # Errors
/// When the database fails.
pub async fn write(database: &Database, changes: &[Change<'_>]) -> Result<(), DbErr> {
    let transaction = database.begin().await?;
    let mut entries = Vec::new();
    for change in changes {
        match change {
            Change::Add(entry) => entries.push(*entry),
            Change::Snapshot { answer, data } => {
                insert(&transaction, &entries).await?;
                entries.clear();
                store_snapshot(&transaction, *answer, data).await?;
            }
        }
    }
    insert(&transaction, &entries).await?;
    transaction.commit().await
}

async fn insert(connection: &impl ConnectionTrait, mut entries: &[&Entry]) -> Result<(), DbErr> {
    for size in AT_ONCE {
        while let Some((now, later)) = entries.split_at_checked(size) {
            let rows = now.iter().map(|entry| answer_update::ActiveModel {
                answer_id: Set(entry.answer.0),
                author_id: Set(entry.author.map(|author| author.0)),
                at: Set(entry.at.0),
                kind: Set(entry.kind as i32),
                data: Set(entry.data.clone()),
                ..Default::default()
            });
            answer_update::Entity::insert_many(rows)
                .exec_without_returning(connection)
                .await?;
            entries = later;
        }
    }
    Ok(())
}

/// Everything that was added to the answer until now is in it: there is one writer of answers.
async fn store_snapshot(
    connection: &impl ConnectionTrait,
    answer: AnswerId,
    data: &[u8],
) -> Result<(), DbErr> {
    use answer_update::{Column, Entity};
    let latest = Query::select()
        .expr(Func::coalesce([
            Expr::col(Column::Id).max(),
            Expr::value(0_i64),
        ]))
        .from(Entity)
        .and_where(Column::AnswerId.eq(answer.0))
        .to_owned();
    answer::Entity::update_many()
        .col_expr(answer::Column::Snapshot, Expr::value(data.to_vec()))
        .col_expr(
            answer::Column::SnapshotThrough,
            Expr::SubQuery(None, Box::new(latest.into())),
        )
        .filter(answer::Column::Id.eq(answer.0))
        .exec(connection)
        .await?;
    Ok(())
}

/// An answer as it was written, if it was begun.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &impl ConnectionTrait,
    key: AnswerKey,
) -> Result<Option<StoredAnswer>, DbErr> {
    use answer_update::Column;
    let row = answer::Entity::find()
        .filter(answer::Column::InterviewQuestionId.eq(key.question.0))
        .filter(answer::Column::ParticipantId.eq(key.peer.0))
        .one(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let later: Vec<Vec<u8>> = answer_update::Entity::find()
        .select_only()
        .column(Column::Data)
        .filter(Column::AnswerId.eq(row.id))
        .filter(Column::Id.gt(row.snapshot_through))
        .filter(Column::Kind.eq(EntryKind::Edit as i32))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let id = AnswerId(row.id);
    let updates = row.snapshot.into_iter().chain(later).collect();
    let logged = measure_log(connection, id).await?;
    Ok(Some(StoredAnswer {
        id,
        updates,
        logged,
    }))
}

/// How many bytes the log of an answer has.
async fn measure_log(connection: &impl ConnectionTrait, answer: AnswerId) -> Result<u64, DbErr> {
    use answer_update::Column;
    let length = Expr::expr(Func::cust("length").arg(Expr::col(Column::Data)));
    let bytes: Option<Option<i64>> = answer_update::Entity::find()
        .select_only()
        .column_as(length.sum(), "bytes")
        .filter(Column::AnswerId.eq(answer.0))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(bytes.flatten().unwrap_or_default().unsigned_abs())
}

/// Begins an answer with the server's own first update. None when it was begun already.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    database: &Database,
    key: AnswerKey,
    first: Vec<u8>,
    now: Timestamp,
) -> Result<Option<AnswerId>, DbErr> {
    let transaction = database.begin().await?;
    let row = answer::ActiveModel {
        interview_question_id: Set(key.question.0),
        participant_id: Set(key.peer.0),
        snapshot_through: Set(0),
        created_at: Set(now.0),
        ..Default::default()
    };
    let once = [
        answer::Column::InterviewQuestionId,
        answer::Column::ParticipantId,
    ];
    let inserted = answer::Entity::insert(row)
        .on_conflict(OnConflict::columns(once).do_nothing().to_owned())
        .try_insert()
        .exec(&transaction)
        .await?;
    let TryInsertResult::Inserted(inserted) = inserted else {
        return Ok(None);
    };
    let answer = AnswerId(inserted.last_insert_id);
    let entry = Entry {
        answer,
        author: None,
        at: now,
        kind: EntryKind::Edit,
        data: first,
    };
    insert(&transaction, &[&entry]).await?;
    transaction.commit().await?;
    Ok(Some(answer))
}

/// The answers of an interview that were begun.
///
/// # Errors
/// When the database fails.
pub async fn load_begun(
    connection: &impl ConnectionTrait,
    interview: InterviewId,
) -> Result<Vec<(AnswerId, AnswerKey)>, DbErr> {
    use answer::Column;
    let rows: Vec<(i64, i64, i64)> = answer::Entity::find()
        .inner_join(interview_question::Entity)
        .filter(interview_question::Column::InterviewId.eq(interview.0))
        .select_only()
        .columns([
            Column::Id,
            Column::InterviewQuestionId,
            Column::ParticipantId,
        ])
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let named = |(id, question, peer)| {
        let key = AnswerKey {
            question: InterviewQuestionId(question),
            peer: PeerId(peer),
        };
        (AnswerId(id), key)
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The newest runs of an answer, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn load_runs(
    connection: &impl ConnectionTrait,
    answer: AnswerId,
    most: u64,
) -> Result<Vec<Vec<u8>>, DbErr> {
    use answer_update::Column;
    let mut runs: Vec<Vec<u8>> = answer_update::Entity::find()
        .select_only()
        .column(Column::Data)
        .filter(Column::AnswerId.eq(answer.0))
        .filter(Column::Kind.eq(EntryKind::Run as i32))
        .order_by_desc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(connection)
        .await?;
    runs.reverse();
    Ok(runs)
}

/// Keeps that a question is shown from now on, or not any more.
///
/// # Errors
/// When the database fails, or the question is not there any more.
pub async fn record_shown(
    database: &Database,
    question: InterviewQuestionId,
    shown: Option<Timestamp>,
) -> Result<(), DbErr> {
    use interview_question::Column;
    let shown = shown.map(|at| at.0);
    let mut update =
        interview_question::Entity::update_many().col_expr(Column::ShownAt, Expr::value(shown));
    if shown.is_some() {
        let first = Func::coalesce([Expr::col(Column::FirstShownAt), Expr::value(shown)]);
        update = update.col_expr(Column::FirstShownAt, first.into());
    }
    let updated = update
        .filter(Column::Id.eq(question.0))
        .exec(database.writer())
        .await?;
    if updated.rows_affected == 0 {
        return Err(DbErr::RecordNotUpdated);
    }
    Ok(())
}
