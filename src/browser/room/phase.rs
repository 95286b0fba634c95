//! How a visit to a room stands, from the first try to the last word.

use crate::{
    model::{Refusal, Timestamp},
    protocol::{CloseCode, EndReason},
};

/// How the visit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody welcomed this page yet.
    Connecting,
    /// Not seated: somebody in charge must admit this person. `attended` is true while one is there.
    Waiting { attended: bool },
    /// Seated.
    Live,
    /// The way to the server was lost at that moment of this machine's clock; the seat is kept.
    Reconnecting { since: Timestamp },
    /// No more tries.
    Over(Ending),
}

impl Phase {
    /// A stable name for tests and styles.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Waiting { .. } => "waiting",
            Self::Live => "live",
            Self::Reconnecting { .. } => "reconnecting",
            Self::Over(_) => "over",
        }
    }

    /// True while the server knows this page: seated or waiting.
    pub const fn is_known(&self) -> bool {
        matches!(self, Self::Live | Self::Waiting { .. })
    }
}

/// Why a visit is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The interview is over for everyone.
    Ended(EndReason),
    /// This person left.
    Left,
    /// The room was opened in another tab.
    Replaced,
    /// The account signed out.
    SignedOut,
    /// Whoever is in charge took this person out for good.
    Removed,
    /// Whoever is in charge did not let this person in; both are empty when nobody said why.
    Refused { by: String, reason: String },
    /// The server says why this person may not be here.
    ShutOut(Refusal),
    /// The server does not say why.
    NotAdmitted,
    /// This page is older than the server.
    OutOfDate,
    /// The server refused what this page said.
    Failed,
}

impl Ending {
    /// A stable name for tests.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ended(EndReason::ByInterviewer { .. }) => "ended",
            Self::Ended(EndReason::Expired {}) => "expired",
            Self::Ended(EndReason::Cancelled {}) => "cancelled",
            Self::Left => "left",
            Self::Replaced => "replaced",
            Self::SignedOut => "signed_out",
            Self::Removed => "removed",
            Self::Refused { .. } => "refused",
            Self::ShutOut(_) => "shut_out",
            Self::NotAdmitted => "not_admitted",
            Self::OutOfDate => "out_of_date",
            Self::Failed => "failed",
        }
    }

    /// What a close code says by itself; None where the server must be asked for the reason.
    pub(super) const fn from_code(code: CloseCode) -> Option<Self> {
        match code {
            CloseCode::Full => Some(Self::ShutOut(Refusal::Full)),
            CloseCode::Replaced => Some(Self::Replaced),
            CloseCode::SignedOut => Some(Self::SignedOut),
            CloseCode::Left => Some(Self::Left),
            CloseCode::Removed => Some(Self::Removed),
            CloseCode::Refused => Some(Self::Refused {
                by: String::new(),
                reason: String::new(),
            }),
            CloseCode::WrongVersion => Some(Self::OutOfDate),
            CloseCode::Ended | CloseCode::NotAdmitted => None,
            _ => Some(Self::Failed),
        }
    }
}
