//! Which part of the interviews is looked at, as it stands in the page's address.

use crate::{
    api::interviews::{Period, Side},
    ui::query::{Query, encoded},
};

/// A choice of list, search and page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    pub side: Side,
    pub period: Period,
    pub search: String,
    /// From 1.
    pub page: u32,
}

impl Listing {
    /// What `query` asks for; what it does not say is the usual.
    pub fn from_query(query: &Query) -> Self {
        Self {
            side: if query.get("side") == "attended" {
                Side::Attended
            } else {
                Side::Created
            },
            period: match query.get("period") {
                "running" => Period::Running,
                "past" => Period::Past,
                _ => Period::Upcoming,
            },
            search: query.get("search").to_owned(),
            page: query.get("page").parse().unwrap_or(1),
        }
    }

    /// The address of this choice.
    pub fn path(&self) -> String {
        let mut path = format!(
            "/interviews?side={}&period={}",
            side_name(self.side),
            period_name(self.period)
        );
        if !self.search.is_empty() {
            path += "&search=";
            path += &encoded(&self.search);
        }
        if self.page > 1 {
            path += &format!("&page={}", self.page);
        }
        path
    }

    /// The same from its first page.
    pub fn at_first_page(&self) -> Self {
        Self {
            page: 1,
            ..self.clone()
        }
    }
}

/// As it stands in the address.
pub const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Created => "created",
        Side::Attended => "attended",
    }
}

/// As it stands in the address.
pub const fn period_name(period: Period) -> &'static str {
    match period {
        Period::Upcoming => "upcoming",
        Period::Running => "running",
        Period::Past => "past",
    }
}
