//! The identifiers of stored and live things, one type each so that they cannot be confused.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A person's account.
    UserId(i64)
}
id! {
    /// One booked interview. People see its number instead.
    InterviewId(i64)
}
id! {
    /// One person in one interview, with an account or without.
    ParticipantId(i64)
}
id! {
    /// A participant's seat in the room. It follows from the participant, so it survives a refresh,
    /// a dropped socket and a restart of the server (seed 003 calls it uid, seed 002 socket id).
    PeerId(i64)
}
id! {
    /// One question of the bank.
    QuestionId(i64)
}
id! {
    /// One question chosen for one interview.
    InterviewQuestionId(i64)
}
id! {
    /// One RTCPeerConnection, named by the side that creates it (seed 000: uuid).
    ConnectionId(Uuid)
}
id! {
    /// One load of the room's page. A peer that returns with another page has lost its connections.
    PageId(Uuid)
}

impl From<ParticipantId> for PeerId {
    fn from(participant: ParticipantId) -> Self {
        Self(participant.0)
    }
}

impl From<PeerId> for ParticipantId {
    fn from(peer: PeerId) -> Self {
        Self(peer.0)
    }
}
