//! How one is connected to another person, in words and as a stable name.

use leptos::prelude::*;

use crate::{
    browser::room::RoomStore, messages::RoomMessages, model::PeerId, negotiation::LinkState,
};

/// How one is connected to another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Connecting,
    Connected,
    Reconnecting,
    Failed,
    /// The seat is kept, nobody sits on it.
    Away,
}

impl Link {
    /// The link to that peer. Reactive.
    pub fn of(store: RoomStore, peer: PeerId) -> Self {
        let present = store.member(peer).is_none_or(|member| member.present);
        let link = store.links.with(|links| links.get(&peer).copied());
        match link {
            // A person whose socket dropped may well go on talking over the connection there is.
            Some(LinkState::Connected) => Self::Connected,
            _ if !present => Self::Away,
            Some(LinkState::Reconnecting) => Self::Reconnecting,
            Some(LinkState::Failed) => Self::Failed,
            Some(LinkState::Connecting) | None => Self::Connecting,
        }
    }

    /// A stable name for tests and styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::Reconnecting => "reconnecting",
            Self::Failed => "failed",
            Self::Away => "away",
        }
    }

    /// The same for people.
    pub const fn words(self, messages: &RoomMessages) -> &'static str {
        match self {
            Self::Connecting => messages.link_connecting,
            Self::Connected => messages.link_connected,
            Self::Reconnecting => messages.link_reconnecting,
            Self::Failed => messages.link_failed,
            Self::Away => messages.link_away,
        }
    }
}
