//! Queries behind the list of somebody's interviews: a fixed number of them, however long it is.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, SelectTwo,
    sea_query::{Alias, Expr, Func, LikeExpr, Query, SimpleExpr},
};

use super::{
    entities::{interview, participant, user},
    interviews,
};
use crate::model::{
    InterviewNumber, InterviewState, Role, Timestamp, UserId,
    interview::DOORS_OPEN_EARLY,
    listing::{Listed, Period, ROWS_OF_A_PAGE, Side},
};

/// Marks a character of a pattern as meaning itself.
const ESCAPE: char = '!';

/// What somebody asks of their list.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    pub viewer: UserId,
    pub side: Side,
    pub period: Period,
    /// Part of a title, a number or a name; empty for everything.
    pub search: &'a str,
    pub now: Timestamp,
}

type Rows = SelectTwo<interview::Entity, participant::Entity>;

/// How many interviews the wish means.
///
/// # Errors
/// When the database fails.
pub async fn count(connection: &impl ConnectionTrait, wish: &Wish<'_>) -> Result<u64, DbErr> {
    wished(wish).count(connection).await
}

/// One page, from 1, of the interviews the wish means.
///
/// # Errors
/// When the database fails.
pub async fn load_page(
    connection: &impl ConnectionTrait,
    wish: &Wish<'_>,
    page: u32,
) -> Result<Vec<Listed>, DbErr> {
    let by_time = match wish.period {
        Period::Upcoming | Period::Running => sea_orm::Order::Asc,
        Period::Past => sea_orm::Order::Desc,
    };
    let rows = wished(wish)
        .order_by(interview::Column::StartsAt, by_time.clone())
        .order_by(interview::Column::Id, by_time)
        .limit(u64::from(ROWS_OF_A_PAGE))
        .offset(u64::from(page.saturating_sub(1)) * u64::from(ROWS_OF_A_PAGE))
        .all(connection)
        .await?;
    with_people(connection, rows).await
}

/// The viewer's running interview, or else the next one.
///
/// # Errors
/// When the database fails.
pub async fn find_next(
    connection: &impl ConnectionTrait,
    viewer: UserId,
    now: Timestamp,
) -> Result<Option<Listed>, DbErr> {
    let rows = of_viewer(viewer)
        .filter(in_period(Period::Upcoming, now))
        .order_by_asc(interview::Column::StartsAt)
        .order_by_asc(interview::Column::Id)
        .limit(1)
        .all(connection)
        .await?;
    Ok(with_people(connection, rows).await?.pop())
}

/// True when the viewer has any interview at all.
///
/// # Errors
/// When the database fails.
pub async fn has_any(connection: &impl ConnectionTrait, viewer: UserId) -> Result<bool, DbErr> {
    Ok(of_viewer(viewer).limit(1).one(connection).await?.is_some())
}

fn of_viewer(viewer: UserId) -> Rows {
    interview::Entity::find()
        .find_also_related(participant::Entity)
        .filter(participant::Column::UserId.eq(viewer.0))
        .filter(participant::Column::RemovedAt.is_null())
}

fn wished(wish: &Wish<'_>) -> Rows {
    let host = interview::Column::MainInterviewerId;
    let on_side = match wish.side {
        Side::Created => host.eq(wish.viewer.0),
        Side::Attended => host.ne(wish.viewer.0),
    };
    let rows = of_viewer(wish.viewer)
        .filter(on_side)
        .filter(in_period(wish.period, wish.now));
    let search = wish.search.trim();
    if search.is_empty() {
        rows
    } else {
        rows.filter(found_by(search))
    }
}

fn in_period(period: Period, now: Timestamp) -> Condition {
    use interview::Column;
    let upcoming = Condition::all()
        .add(Column::State.eq(InterviewState::NotStarted.number()))
        .add(Column::EndsAt.gt(now.0))
        .add(Column::CancelledAt.is_null());
    match period {
        Period::Upcoming => upcoming,
        Period::Running => upcoming.add(Column::StartsAt.lte((now + DOORS_OPEN_EARLY).0)),
        Period::Past => upcoming.not(),
    }
}

fn found_by(search: &str) -> Condition {
    let title = Expr::col((interview::Entity, interview::Column::Title));
    let mut anything = contains(title, search).add(somebody_is_called(search));
    let digits: String = search
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        // A million more than the number writes it with a 1 and all of its six digits.
        let number = Expr::col((interview::Entity, interview::Column::Number))
            .add(i64::from(InterviewNumber::COUNT))
            .cast_as("text");
        anything = anything.add(number.like(format!("1%{digits}%")));
    }
    anything
}

fn somebody_is_called(search: &str) -> SimpleExpr {
    let (other, account) = (Alias::new("other"), Alias::new("account"));
    let in_this_one = Expr::col((other.clone(), participant::Column::InterviewId))
        .equals((interview::Entity, interview::Column::Id));
    let their_account = Expr::col((account.clone(), user::Column::Id))
        .equals((other.clone(), participant::Column::UserId));
    let guest_name = Expr::col((other.clone(), participant::Column::GuestName));
    let display_name = Expr::col((account.clone(), user::Column::DisplayName));
    let people = Query::select()
        .expr(Expr::val(1))
        .from_as(participant::Entity, other.clone())
        .join_as(JoinType::LeftJoin, user::Entity, account, their_account)
        .and_where(in_this_one)
        .and_where(Expr::col((other, participant::Column::RemovedAt)).is_null())
        .cond_where(
            Condition::any()
                .add(contains(guest_name, search))
                .add(contains(display_name, search)),
        )
        .to_owned();
    Expr::exists(people)
}

/// Whether a text contains a part, regardless of case: as typed too, because SQLite lowers the letters of ASCII only.
pub(super) fn contains(text: Expr, part: &str) -> Condition {
    let pattern = |part: &str| {
        let mut pattern = String::from("%");
        for character in part.chars() {
            if matches!(character, '%' | '_' | ESCAPE) {
                pattern.push(ESCAPE);
            }
            pattern.push(character);
        }
        pattern.push('%');
        LikeExpr::new(pattern).escape(ESCAPE)
    };
    let lowered = SimpleExpr::from(Func::lower(text.clone()));
    Condition::any()
        .add(text.like(pattern(part)))
        .add(lowered.like(pattern(&part.to_lowercase())))
}

async fn with_people(
    connection: &impl ConnectionTrait,
    rows: Vec<(interview::Model, Option<participant::Model>)>,
) -> Result<Vec<Listed>, DbErr> {
    let interviews = rows.iter().map(|(row, _)| row.id);
    let people = participant::Entity::find()
        .find_also_related(user::Entity)
        .filter(participant::Column::InterviewId.is_in(interviews))
        .filter(participant::Column::RemovedAt.is_null())
        .order_by_asc(participant::Column::Role)
        .order_by_asc(participant::Column::Id)
        .all(connection)
        .await?;
    let mut of_interview: HashMap<i64, Vec<_>> = HashMap::new();
    for (person, account) in people {
        of_interview
            .entry(person.interview_id)
            .or_default()
            .push((person, account));
    }
    rows.into_iter()
        .filter_map(|(row, me)| {
            let people = of_interview.remove(&row.id).unwrap_or_default();
            Some(listed(row, me?, people))
        })
        .collect()
}

fn listed(
    row: interview::Model,
    me: participant::Model,
    people: Vec<(participant::Model, Option<user::Model>)>,
) -> Result<Listed, DbErr> {
    let my_role = Role::from_number(me.role)
        .ok_or_else(|| DbErr::Type(format!("participant {} has role {}", me.id, me.role)))?;
    let mut results = people
        .iter()
        .filter(|(person, _)| person.role == Role::Interviewee.number())
        .map(|(person, _)| person.passed);
    let first = results.next().flatten();
    let passed = if results.all(|other| other == first) {
        first
    } else {
        None
    };
    let name = |(person, account): (participant::Model, Option<user::Model>)| {
        account
            .map(|user| user.display_name)
            .or(person.guest_name)
            .unwrap_or_default()
    };
    Ok(Listed {
        number: interviews::number(&row),
        schedule: interviews::schedule(&row)?,
        title: row.title,
        my_role,
        mark: me.mark,
        people: people
            .into_iter()
            .filter(|(person, _)| person.id != me.id)
            .map(name)
            .collect(),
        passed,
    })
}
