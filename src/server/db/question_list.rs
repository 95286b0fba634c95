//! Queries behind the pages of the question bank: a fixed number of them, however large it is.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, SelectTwo, sea_query::Expr,
};

use super::{
    entities::{
        question::{Column, Entity},
        user,
    },
    listing::contains,
    questions::from_row,
};
use crate::model::{
    QuestionKind, UserId,
    listing::ROWS_OF_A_PAGE,
    question::{Shelf, bank::Question},
};

/// What somebody asks of the bank.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    pub viewer: UserId,
    pub shelf: Shelf,
    pub kind: Option<QuestionKind>,
    /// Part of a title or content, or a number; empty for everything.
    pub search: &'a str,
}

/// How many questions the wish means.
///
/// # Errors
/// When the database fails.
pub async fn count(connection: &impl ConnectionTrait, wish: &Wish<'_>) -> Result<u64, DbErr> {
    wished(wish).count(connection).await
}

/// One page, from 1, of the questions the wish means, the latest changed first.
///
/// # Errors
/// When the database fails.
pub async fn load_page(
    connection: &impl ConnectionTrait,
    wish: &Wish<'_>,
    page: u32,
) -> Result<Vec<Question>, DbErr> {
    let rows = wished(wish)
        .order_by_desc(Column::UpdatedAt)
        .order_by_desc(Column::Id)
        .limit(u64::from(ROWS_OF_A_PAGE))
        .offset(u64::from(page.saturating_sub(1)) * u64::from(ROWS_OF_A_PAGE))
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|(row, owner)| from_row(row, owner))
        .collect()
}

/// True when the viewer sees any question at all.
///
/// # Errors
/// When the database fails.
pub async fn has_any(connection: &impl ConnectionTrait, viewer: UserId) -> Result<bool, DbErr> {
    let anything = on_shelf(viewer, Shelf::All).limit(1);
    Ok(anything.one(connection).await?.is_some())
}

fn on_shelf(viewer: UserId, shelf: Shelf) -> SelectTwo<Entity, user::Entity> {
    let mine = Column::OwnerId.eq(viewer.0);
    let public = Column::Public.eq(true);
    let shelf = match shelf {
        Shelf::All => Condition::any().add(mine).add(public),
        Shelf::Mine => Condition::all().add(mine),
        Shelf::Public => Condition::all().add(public),
    };
    Entity::find()
        .find_also_related(user::Entity)
        .filter(Column::RetiredAt.is_null())
        .filter(shelf)
}

fn wished(wish: &Wish<'_>) -> SelectTwo<Entity, user::Entity> {
    let mut rows = on_shelf(wish.viewer, wish.shelf);
    if let Some(kind) = wish.kind {
        rows = rows.filter(Column::Kind.eq(kind.number()));
    }
    let search = wish.search.trim();
    if search.is_empty() {
        rows
    } else {
        rows.filter(found_by(search))
    }
}

fn found_by(search: &str) -> Condition {
    let column = |column| Expr::col((Entity, column));
    let found =
        contains(column(Column::Title), search).add(contains(column(Column::Content), search));
    match search.trim_start_matches('#').parse::<i32>() {
        Ok(number) => found.add(Column::Number.eq(number)),
        Err(_) => found,
    }
}
