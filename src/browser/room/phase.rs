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
            Self::Live => "live",
            Self::Reconnecting { .. } => "reconnecting",
            Self::Over(_) => "over",
        }
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
    /// The server says why this person may not be here.
    Refused(Refusal),
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
            Self::Refused(_) => "refused",
            Self::NotAdmitted => "not_admitted",
            Self::OutOfDate => "out_of_date",
            Self::Failed => "failed",
        }
    }

    /// What a close code says by itself; None where the server must be asked for the reason.
    pub(super) const fn from_code(code: CloseCode) -> Option<Self> {
        match code {
            CloseCode::Full => Some(Self::Refused(Refusal::Full)),
            CloseCode::Replaced => Some(Self::Replaced),
            CloseCode::SignedOut => Some(Self::SignedOut),
            CloseCode::Left => Some(Self::Left),
            CloseCode::WrongVersion => Some(Self::OutOfDate),
            CloseCode::Ended | CloseCode::NotAdmitted => None,
            _ => Some(Self::Failed),
        }
    }
}
