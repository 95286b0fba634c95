//! Answers: their documents, the log in which everything is kept, and what a room is told when it opens.

pub mod desk;
mod document;
pub mod journal;

use sea_orm::DbErr;

use super::{
    db::{Database, answers, interview_questions},
    markdown,
};
use crate::{
    model::{InterviewId, question::bank::InterviewQuestion},
    protocol::{AnswerKey, Run, ShownQuestion},
    room::Prepared,
};

/// How many runs of each answer a room is told.
const MOST_RUNS: u64 = 20;

/// The questions of an interview, without what only interviewers may know.
///
/// # Errors
/// When the database fails.
pub async fn load_prepared(
    database: &Database,
    interview: InterviewId,
) -> Result<Vec<Prepared>, DbErr> {
    let questions = interview_questions::load(database.reader(), interview).await?;
    Ok(questions.into_iter().map(prepared).collect())
}

fn prepared(one: InterviewQuestion) -> Prepared {
    let draft = one.question.draft;
    let visible = |example: &crate::model::Example| !example.hidden;
    Prepared {
        question: ShownQuestion {
            question: one.id,
            kind: draft.kind,
            title: draft.title,
            content: markdown::render(&draft.content),
            starters: draft.starters,
            examples: draft.examples.into_iter().filter(visible).collect(),
        },
        is_shown: one.shown_at.is_some(),
        was_shown: one.first_shown_at.is_some(),
    }
}

/// The answers of an interview that were begun, each with its newest runs, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn load_begun(
    database: &Database,
    interview: InterviewId,
) -> Result<Vec<(AnswerKey, Vec<Run>)>, DbErr> {
    let reader = database.reader();
    let mut begun = Vec::new();
    for (id, key) in answers::load_begun(reader, interview).await? {
        let runs = answers::load_runs(reader, id, MOST_RUNS).await?;
        // A run of an older version that cannot be read any more is not worth a room.
        let runs = runs
            .iter()
            .filter_map(|run| serde_json::from_slice(run).ok());
        begun.push((key, runs.collect()));
    }
    Ok(begun)
}
