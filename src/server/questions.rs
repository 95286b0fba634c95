//! The question bank: reading, writing, copying, deleting. Lists and files are in the files below it.

mod carry;
mod list;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

pub use self::{
    carry::{download, export, import},
    list::list,
};
use super::{
    attempts::{Key, Purpose},
    db::{interview_questions, questions},
    error::Error,
    markdown,
    request::Request,
    time_zones,
};
use crate::{
    api::questions::{QuestionDetails, QuestionForm},
    model::{
        Field, InterviewId, Problem, Problems, QuestionDraft, QuestionId, Timestamp, UserId,
        question::{
            LONGEST_CONTENT, MOST_OWN, QuestionText,
            bank::{Edit, Question},
        },
    },
};

/// How much of a preview counts as one, in bytes.
const PREVIEW_PIECE: usize = 4096;

/// One question, whole: the newest version of it.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, also for private ones of others.
pub async fn details(request: &Request, id: QuestionId) -> Result<QuestionDetails, Error> {
    let viewer = request.user()?.id;
    let question = find_open(request, viewer, id).await?;
    let moment = |at| time_zones::moment(at, &request.viewer.time_zone);
    let draft = question.draft;
    Ok(QuestionDetails {
        id: question.id,
        number: question.number,
        kind: draft.kind,
        title: draft.title,
        content_html: markdown::render(&draft.content),
        content: draft.content,
        reference_answer_html: markdown::render(&draft.reference_answer),
        reference_answer: draft.reference_answer,
        starters: draft.starters,
        examples: draft.examples,
        public: draft.public,
        mine: question.owner == viewer,
        owner: question.owner_name,
        created_at: moment(question.created_at),
        updated_at: moment(question.updated_at),
    })
}

/// Writes a new question or changes one's own; the answer is the newest version.
///
/// # Errors
/// `Unauthenticated`, `NotFound` for those of others, `Invalid`, `TooMany`.
pub async fn save(
    request: &Request,
    id: Option<QuestionId>,
    form: &QuestionForm,
) -> Result<QuestionId, Error> {
    let owner = request.user()?.id;
    match id {
        Some(id) => edit(request, owner, id, form).await,
        None => {
            let draft = parse(form)?;
            add(request, owner, &draft).await
        }
    }
}

async fn edit(
    request: &Request,
    owner: UserId,
    id: QuestionId,
    form: &QuestionForm,
) -> Result<QuestionId, Error> {
    let transaction = request.server.db().begin().await?;
    questions::lock_bank(&transaction, owner).await?;
    let old = questions::find_newest(&transaction, id).await?;
    let old = old
        .filter(|old| old.owner == owner)
        .ok_or(Error::NotFound)?;
    let draft = parse(form)?;
    if draft == old.draft {
        return Ok(old.id);
    }
    let newest = keep_edit(request, &transaction, &old, &draft).await?;
    let now = request.now();
    let concerned = interview_questions::load_open_interviews(&transaction, newest, now).await?;
    transaction.commit().await?;
    for interview in concerned {
        tell_room(request, interview);
    }
    Ok(newest)
}

async fn keep_edit(
    request: &Request,
    transaction: &DatabaseTransaction,
    old: &Question,
    draft: &QuestionDraft,
) -> Result<QuestionId, Error> {
    let now = request.now();
    let uses = interview_questions::load_uses(transaction, old.id, old.owner).await?;
    match Edit::of(&uses, draft.public) {
        Edit::InPlace => {
            questions::update(transaction, old.id, draft, now).await?;
            Ok(old.id)
        }
        Edit::NewVersion { followers } => {
            questions::retire(transaction, old.id, now).await?;
            let moments = (old.created_at, now);
            let newest =
                questions::insert(transaction, old.owner, old.number, draft, moments).await?;
            interview_questions::point_to(transaction, &followers, newest).await?;
            Ok(newest)
        }
    }
}

/// Copies one's own or a public question into one's own bank, private.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, `TooMany`.
pub async fn copy(request: &Request, id: QuestionId) -> Result<QuestionId, Error> {
    let owner = request.user()?.id;
    let original = find_open(request, owner, id).await?;
    let draft = QuestionDraft {
        public: false,
        ..original.draft
    };
    add(request, owner, &draft).await
}

/// Takes one's own question out of the bank; interviews that use it keep it.
///
/// # Errors
/// `Unauthenticated`, `NotFound` for those of others.
pub async fn delete(request: &Request, id: QuestionId) -> Result<(), Error> {
    let owner = request.user()?.id;
    let transaction = request.server.db().begin().await?;
    questions::lock_bank(&transaction, owner).await?;
    let question = questions::find_newest(&transaction, id).await?;
    let question = question
        .filter(|question| question.owner == owner)
        .ok_or(Error::NotFound)?;
    questions::retire(&transaction, question.id, request.now()).await?;
    Ok(transaction.commit().await?)
}

/// What Markdown looks like. Counted by its size, for each account or guest.
///
/// # Errors
/// `Unauthenticated` for those with neither account nor seat, `Invalid`, `TooMany`.
pub fn preview(request: &Request, text: &str) -> Result<String, Error> {
    let who = match (request.find_user(), request.guest_of()) {
        (Some(user), _) => user.user_name.to_lowercase(),
        // No user name has a space in it.
        (None, [seat, ..]) => format!("guest {}", seat.participant),
        (None, []) => return Err(Error::Unauthenticated),
    };
    if text.chars().count() > LONGEST_CONTENT as usize {
        let most = LONGEST_CONTENT;
        return Err(Error::invalid(Field::Content, Problem::TooLong { most }));
    }
    let pieces = text.len() / PREVIEW_PIECE + 1;
    let key = Key::Account(Purpose::Preview, who);
    let attempts = request.server.attempts();
    attempts.take_preview(request.now(), std::iter::repeat_n(key, pieces))?;
    Ok(markdown::render(text))
}

/// # Errors
/// `NotFound` for what [`find_readable`] does not find.
async fn find_open(request: &Request, viewer: UserId, id: QuestionId) -> Result<Question, Error> {
    let found = find_readable(request.server.db().reader(), viewer, id, request.now()).await?;
    found.ok_or(Error::NotFound)
}

/// The newest version of a question, if an account may read it: its own, or a public one that it is not
/// asked just now. Reading would give the answer away.
///
/// # Errors
/// When the database fails.
pub(super) async fn find_readable(
    connection: &impl ConnectionTrait,
    viewer: UserId,
    id: QuestionId,
    now: Timestamp,
) -> Result<Option<Question>, DbErr> {
    let found = questions::find_newest(connection, id).await?;
    let Some(question) = found.filter(|question| question.is_open_to(viewer)) else {
        return Ok(None);
    };
    let gives_away = gives_away(connection, Some(viewer), &question, now).await?;
    Ok((!gives_away).then_some(question))
}

/// Whether somebody is asked the question of somebody else just now.
///
/// # Errors
/// When the database fails.
pub(super) async fn gives_away(
    connection: &impl ConnectionTrait,
    viewer: Option<UserId>,
    question: &Question,
    now: Timestamp,
) -> Result<bool, DbErr> {
    match viewer {
        Some(viewer) if viewer != question.owner => {
            interview_questions::is_asked(connection, viewer, question, now).await
        }
        _ => Ok(false),
    }
}

async fn add(request: &Request, owner: UserId, draft: &QuestionDraft) -> Result<QuestionId, Error> {
    count_writing(request)?;
    let transaction = request.server.db().begin().await?;
    let id = insert_new(request, &transaction, owner, std::slice::from_ref(draft)).await?;
    transaction.commit().await?;
    id.ok_or_else(|| Error::internal("no question was inserted"))
}

/// Counts one more time that the caller adds to a bank.
///
/// # Errors
/// `TooMany`.
pub(super) fn count_writing(request: &Request) -> Result<(), Error> {
    let attempts = request.server.attempts();
    attempts.take_new(request.now(), request.keys(Purpose::WriteQuestion))
}

/// Adds questions to a bank, in their order; the answer is the last one.
///
/// # Errors
/// `Invalid` when the owner would have too many, `Internal`.
pub(super) async fn insert_new(
    request: &Request,
    transaction: &DatabaseTransaction,
    owner: UserId,
    drafts: &[QuestionDraft],
) -> Result<Option<QuestionId>, Error> {
    questions::lock_bank(transaction, owner).await?;
    let held = questions::count_own(transaction, owner).await?;
    if held + drafts.len() as u64 > u64::from(MOST_OWN) {
        let most = MOST_OWN;
        return Err(Error::invalid(Field::Questions, Problem::TooMany { most }));
    }
    let now = request.now();
    let first = questions::next_number(transaction, owner).await?;
    let mut last = None;
    for (number, draft) in (first..).zip(drafts) {
        let moments = (now, now);
        last = Some(questions::insert(transaction, owner, number, draft, moments).await?);
    }
    Ok(last)
}

/// The question of a form.
///
/// # Errors
/// The problems of all fields.
pub(super) fn parse(form: &QuestionForm) -> Result<QuestionDraft, Problems> {
    let starters = form.starters.iter();
    let examples = form.examples.iter();
    QuestionDraft::parse(&QuestionText {
        kind: &form.kind,
        title: &form.title,
        content: &form.content,
        reference_answer: &form.reference_answer,
        starters: starters
            .map(|row| (row.language.as_str(), row.code.as_str()))
            .collect(),
        examples: examples
            .map(|row| (row.input.as_str(), row.output.as_str(), row.hidden.as_str()))
            .collect(),
        public: &form.public,
    })
}

/// Lets a running room read its prepared questions again.
pub(super) fn tell_room(request: &Request, interview: InterviewId) {
    request.server.hub().questions_changed(interview);
}
