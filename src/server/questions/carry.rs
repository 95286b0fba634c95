//! Questions carried over from one server or account to another, as a JSON text.

use axum::{
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};

use super::{count_writing, insert_new};
use crate::{
    model::question::file,
    server::{db::questions, error::Error, request::Request},
};

/// The caller's own questions as a JSON text.
///
/// # Errors
/// `Unauthenticated`.
pub async fn export(request: &Request) -> Result<String, Error> {
    let owner = request.user()?.id;
    let own = questions::load_own(request.server.db().reader(), owner).await?;
    let drafts: Vec<_> = own.into_iter().map(|question| question.draft).collect();
    Ok(file::write(&drafts))
}

/// The same as a file, for browsers without script.
///
/// # Errors
/// `Unauthenticated`.
pub async fn download(request: Request) -> Result<Response, Error> {
    let text = export(&request).await?;
    let headers = [
        (CONTENT_TYPE, "application/json; charset=utf-8"),
        (
            CONTENT_DISPOSITION,
            "attachment; filename=\"questions.json\"",
        ),
    ];
    Ok((headers, text).into_response())
}

/// Adds the questions of a JSON text to the caller's own, or none of them; answers how many.
///
/// # Errors
/// `Unauthenticated`, `Misplaced`, `Invalid` when there would be too many, `TooMany`.
pub async fn import(request: &Request, text: &str) -> Result<u32, Error> {
    let owner = request.user()?.id;
    count_writing(request)?;
    // Megabytes take a while to read.
    let text = text.to_owned();
    let read = tokio::task::spawn_blocking(move || file::read(&text)).await?;
    let drafts = read.map_err(Error::Misplaced)?;
    let transaction = request.server.db().begin().await?;
    insert_new(request, &transaction, owner, &drafts).await?;
    transaction.commit().await?;
    Ok(u32::try_from(drafts.len()).unwrap_or(u32::MAX))
}
