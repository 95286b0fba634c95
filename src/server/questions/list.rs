//! The pages of the question bank.

use crate::{
    api::questions::{QuestionPage, QuestionRow},
    model::{
        QuestionKind, UserId,
        listing::pages,
        question::{LONGEST_TITLE, Shelf, bank::Question},
    },
    server::{
        db::question_list::{self, Wish},
        error::Error,
        request::Request,
        time_zones,
    },
};

/// One page of the questions that the caller may read and that the filter means. A page behind the
/// last is the last.
///
/// # Errors
/// `Unauthenticated`.
pub async fn list(
    request: &Request,
    search: &str,
    kind: Option<QuestionKind>,
    shelf: Shelf,
    page: u32,
) -> Result<QuestionPage, Error> {
    let viewer = request.user()?.id;
    let reader = request.server.db().reader();
    let search: String = search
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_TITLE as usize)
        .collect();
    let wish = Wish {
        viewer,
        shelf,
        kind,
        search: &search,
    };
    let pages = pages(question_list::count(reader, &wish).await?);
    let page = page.clamp(1, pages);
    let rows = question_list::load_page(reader, &wish, page).await?;
    let any = !rows.is_empty() || question_list::has_any(reader, viewer).await?;
    let zone = &request.viewer.time_zone;
    Ok(QuestionPage {
        rows: rows
            .into_iter()
            .map(|question| row(question, viewer, zone))
            .collect(),
        page,
        pages,
        any,
    })
}

fn row(question: Question, viewer: UserId, zone: &str) -> QuestionRow {
    let starters = question.draft.starters.iter();
    QuestionRow {
        id: question.id,
        number: question.number,
        kind: question.draft.kind,
        languages: starters.map(|starter| starter.language).collect(),
        title: question.draft.title,
        public: question.draft.public,
        mine: question.owner == viewer,
        owner: question.owner_name,
        updated_at: time_zones::moment(question.updated_at, zone),
    }
}
