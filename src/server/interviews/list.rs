//! The list of somebody's interviews.

use crate::{
    api::interviews::{InterviewPage, InterviewSummary, Period, Side},
    model::{
        Timestamp,
        listing::{Listed, pages},
    },
    server::{
        db::listing::{self, Wish},
        error::Error,
        request::Request,
        time_zones,
    },
};

/// How many names a row shows.
const NAMES_OF_A_ROW: usize = 4;
/// The longest part of a search that is looked for, in characters: as long as a title.
const LONGEST_SEARCH: usize = 120;

/// One page of the caller's interviews whose title, number or people contain `search`. A page
/// behind the last is the last.
///
/// # Errors
/// `Unauthenticated`.
pub async fn list(
    request: &Request,
    side: Side,
    period: Period,
    search: &str,
    page: u32,
) -> Result<InterviewPage, Error> {
    let viewer = request.user()?.id;
    let now = request.now();
    let reader = request.server.db().reader();
    let search: String = search.trim().chars().take(LONGEST_SEARCH).collect();
    let wish = Wish {
        viewer,
        side,
        period,
        search: &search,
        now,
    };
    let pages = pages(listing::count(reader, &wish).await?);
    let page = page.clamp(1, pages);
    let rows = listing::load_page(reader, &wish, page).await?;
    let next = listing::find_next(reader, viewer, now).await?;
    let any = !rows.is_empty() || next.is_some() || listing::has_any(reader, viewer).await?;
    let zone = &request.viewer.time_zone;
    let summary = |row| summary(row, zone, now);
    Ok(InterviewPage {
        rows: rows.into_iter().map(summary).collect(),
        page,
        pages,
        next: next.map(summary),
        any,
    })
}

fn summary(row: Listed, zone: &str, now: Timestamp) -> InterviewSummary {
    let mut people = row.people;
    people.truncate(NAMES_OF_A_ROW);
    InterviewSummary {
        number: row.number,
        title: row.title,
        starts_at: time_zones::moment(row.schedule.starts_at, zone),
        minutes: row.schedule.minutes(),
        state: row.schedule.state_at(now),
        cancelled: row.schedule.cancelled,
        open: row.schedule.is_open(now),
        people,
        my_role: row.my_role,
        mark: row.mark,
        passed: row.passed.filter(|_| row.my_role.may_see_details()),
    }
}
