//! Which part of the interviews is looked at, as it stands in the page's address.

use crate::{
    api::interviews::{Period, Side},
    ui::{components::ListAddress, query::Query},
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

    /// Where this choice is found.
    pub fn address(&self) -> ListAddress {
        ListAddress {
            path: "/interviews",
            choices: [
                ("side", side_name(self.side)),
                ("period", period_name(self.period)),
            ],
            search: self.search.clone(),
        }
    }
}

/// As it stands in the address.
const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Created => "created",
        Side::Attended => "attended",
    }
}

/// As it stands in the address.
const fn period_name(period: Period) -> &'static str {
    match period {
        Period::Upcoming => "upcoming",
        Period::Running => "running",
        Period::Past => "past",
    }
}
