//! Which part of the bank is looked at, as it stands in the page's address.

use crate::{
    api::questions::Shelf,
    model::QuestionKind,
    ui::{components::ListAddress, query::Query},
};

/// A choice of questions, search and page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    pub shelf: Shelf,
    /// None for every kind.
    pub kind: Option<QuestionKind>,
    pub search: String,
    /// From 1.
    pub page: u32,
}

impl Listing {
    /// What `query` asks for; what it does not say is the usual.
    pub fn from_query(query: &Query) -> Self {
        Self {
            shelf: match query.get("shelf") {
                "mine" => Shelf::Mine,
                "public" => Shelf::Public,
                _ => Shelf::All,
            },
            kind: match query.get("kind") {
                "coding" => Some(QuestionKind::Coding),
                "text" => Some(QuestionKind::Text),
                _ => None,
            },
            search: query.get("search").to_owned(),
            page: query.get("page").parse().unwrap_or(1),
        }
    }

    /// Where this choice is found.
    pub fn address(&self) -> ListAddress {
        ListAddress {
            path: "/questions",
            choices: [
                ("shelf", shelf_name(self.shelf)),
                ("kind", kind_name(self.kind)),
            ],
            search: self.search.clone(),
        }
    }
}

/// As it stands in the address.
const fn shelf_name(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::All => "all",
        Shelf::Mine => "mine",
        Shelf::Public => "public",
    }
}

/// As it stands in the address.
const fn kind_name(kind: Option<QuestionKind>) -> &'static str {
    match kind {
        None => "any",
        Some(QuestionKind::Coding) => "coding",
        Some(QuestionKind::Text) => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_the_same_choice() {
        let check = |listing: Listing| {
            let path = listing.address().at_page(listing.page);
            let query = path.split_once('?').map_or("", |(_, query)| query);
            assert_eq!(Listing::from_query(&Query::parse(query)), listing, "{path}");
        };
        check(Listing {
            page: 1,
            ..Listing::default()
        });
        check(Listing {
            shelf: Shelf::Mine,
            kind: Some(QuestionKind::Text),
            search: "50% & more".into(),
            page: 3,
        });
        check(Listing {
            shelf: Shelf::Public,
            kind: Some(QuestionKind::Coding),
            search: String::new(),
            page: 1,
        });
    }
}
