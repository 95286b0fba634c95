//! The questions prepared for an interview: which, in which order. Showing them is the room's.

use sea_orm::DatabaseTransaction;

use super::{
    auth::interview::Interviewer,
    db::{interview_questions, interviews},
    error::Error,
    markdown, questions,
    request::Request,
};
use crate::{
    api::{interview_questions::InterviewQuestionDetails, questions::QuestionForm},
    model::{
        Field, InterviewId, InterviewNumber, InterviewQuestionId, Problem, QuestionDraft,
        QuestionId, Timestamp, UserId,
        question::{
            Direction, MOST_QUESTIONS,
            bank::{InterviewQuestion, Question},
        },
    },
};

/// The questions prepared for an interview, whole.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden` for interviewees.
pub async fn list(
    request: &Request,
    number: InterviewNumber,
) -> Result<Vec<InterviewQuestionDetails>, Error> {
    let interviewer = Interviewer::check(request, number).await?;
    let reader = request.server.db().reader();
    let prepared = interview_questions::load(reader, interviewer.interview().id).await?;
    let viewer = request.user_id();
    let mut all = Vec::with_capacity(prepared.len());
    for mut one in prepared {
        // Elsewhere it may be asked of whoever prepared it here.
        if questions::gives_away(reader, viewer, &one.question, request.now()).await? {
            one.question.draft.reference_answer.clear();
            one.question
                .draft
                .examples
                .retain(|example| !example.hidden);
        }
        all.push(details(one, viewer));
    }
    Ok(all)
}

fn details(one: InterviewQuestion, viewer: Option<UserId>) -> InterviewQuestionDetails {
    let Question { draft, owner, .. } = one.question;
    InterviewQuestionDetails {
        id: one.id,
        question: one.question.id,
        kind: draft.kind,
        title: draft.title,
        content: markdown::render(&draft.content),
        reference_answer: markdown::render(&draft.reference_answer),
        starters: draft.starters,
        examples: draft.examples,
        mine: viewer == Some(owner),
        shown: one.shown_at.is_some(),
        ever_shown: one.first_shown_at.is_some(),
    }
}

/// Puts one's own or a public question behind the others.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Unauthenticated` also for interviewers without an
/// account, who have no bank to choose from; `Forbidden`, `Conflict` when the interview is over,
/// `Invalid`.
pub async fn add(
    request: &Request,
    number: InterviewNumber,
    question: QuestionId,
) -> Result<InterviewQuestionId, Error> {
    let interview = changeable(request, number).await?;
    let chooser = request.user()?.id;
    let transaction = begin(request, interview).await?;
    let question = find_chosen(&transaction, chooser, question, request.now()).await?;
    let added = append(&transaction, interview, question).await?;
    commit(request, transaction, interview).await?;
    Ok(added)
}

/// Writes a new private question and puts it behind the others.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `Forbidden`, `Conflict` when the interview is over,
/// `Invalid`, `TooMany`.
pub async fn write(
    request: &Request,
    number: InterviewNumber,
    form: &QuestionForm,
) -> Result<InterviewQuestionId, Error> {
    let interviewer = Interviewer::check(request, number).await?;
    let interview = changeable(request, number).await?;
    let draft = QuestionDraft {
        public: false,
        ..questions::parse(form)?
    };
    questions::count_writing(request)?;
    let owner = request.user_id().unwrap_or(interviewer.interview().host);
    let transaction = begin(request, interview).await?;
    let question = questions::insert_new(request, &transaction, owner, &[draft]).await?;
    let question = question.ok_or_else(|| Error::internal("no question was inserted"))?;
    let added = append(&transaction, interview, question).await?;
    commit(request, transaction, interview).await?;
    Ok(added)
}

/// Takes a question out of an interview that never showed it.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `NotFound` for a question of another interview,
/// `Forbidden`, `Conflict` when it was shown or the interview is over.
pub async fn remove(
    request: &Request,
    number: InterviewNumber,
    id: InterviewQuestionId,
) -> Result<(), Error> {
    let interview = changeable(request, number).await?;
    let transaction = begin(request, interview).await?;
    let prepared = interview_questions::load(&transaction, interview).await?;
    place_of(&prepared, id)?;
    if !interview_questions::delete_unshown(&transaction, id).await? {
        return Err(Error::Conflict);
    }
    commit(request, transaction, interview).await
}

/// Moves a question one place up or down.
///
/// # Errors
/// `NotFound` or `Unauthenticated` for strangers, `NotFound` for a question of another interview,
/// `Forbidden`, `Conflict` when the interview is over.
pub async fn shift(
    request: &Request,
    number: InterviewNumber,
    id: InterviewQuestionId,
    direction: Direction,
) -> Result<(), Error> {
    let interview = changeable(request, number).await?;
    let transaction = begin(request, interview).await?;
    let mut prepared = interview_questions::load(&transaction, interview).await?;
    let from = place_of(&prepared, id)?;
    let to = match direction {
        Direction::Up => from.saturating_sub(1),
        Direction::Down => (from + 1).min(prepared.len() - 1),
    };
    prepared.swap(from, to);
    for (position, one) in (1..).zip(&prepared) {
        if one.position != position {
            interview_questions::set_position(&transaction, one.id, position).await?;
        }
    }
    commit(request, transaction, interview).await
}

/// Puts the questions chosen while booking into the new interview, in their order.
///
/// # Errors
/// `Invalid` when one of them is not for the host, `Internal`.
pub async fn insert_chosen(
    transaction: &DatabaseTransaction,
    interview: InterviewId,
    host: UserId,
    chosen: &[QuestionId],
    now: Timestamp,
) -> Result<(), Error> {
    for question in chosen {
        let question = find_chosen(transaction, host, *question, now).await?;
        append(transaction, interview, question).await?;
    }
    Ok(())
}

/// The interview, if the caller may change what is prepared for it now.
async fn changeable(request: &Request, number: InterviewNumber) -> Result<InterviewId, Error> {
    let interviewer = Interviewer::check(request, number).await?;
    let interview = interviewer.interview();
    if interview.schedule.may_change(request.now()) {
        Ok(interview.id)
    } else {
        Err(Error::Conflict)
    }
}

async fn begin(request: &Request, interview: InterviewId) -> Result<DatabaseTransaction, Error> {
    let transaction = request.server.db().begin().await?;
    interviews::lock(&transaction, interview).await?;
    Ok(transaction)
}

async fn commit(
    request: &Request,
    transaction: DatabaseTransaction,
    interview: InterviewId,
) -> Result<(), Error> {
    transaction.commit().await?;
    questions::tell_room(request, interview);
    Ok(())
}

async fn find_chosen(
    transaction: &DatabaseTransaction,
    chooser: UserId,
    id: QuestionId,
    now: Timestamp,
) -> Result<QuestionId, Error> {
    let found = questions::find_readable(transaction, chooser, id, now).await?;
    found
        .map(|question| question.id)
        .ok_or_else(|| Error::invalid(Field::Questions, Problem::UnknownQuestion))
}

async fn append(
    transaction: &DatabaseTransaction,
    interview: InterviewId,
    question: QuestionId,
) -> Result<InterviewQuestionId, Error> {
    let prepared = interview_questions::load(transaction, interview).await?;
    if prepared.len() >= MOST_QUESTIONS as usize {
        let most = MOST_QUESTIONS;
        return Err(Error::invalid(Field::Questions, Problem::TooMany { most }));
    }
    let position = prepared.last().map_or(1, |last| last.position + 1);
    let added = interview_questions::insert(transaction, interview, question, position).await?;
    added.ok_or_else(|| Error::invalid(Field::Questions, Problem::AlreadyChosen))
}

fn place_of(prepared: &[InterviewQuestion], id: InterviewQuestionId) -> Result<usize, Error> {
    let place = prepared.iter().position(|one| one.id == id);
    place.ok_or(Error::NotFound)
}
