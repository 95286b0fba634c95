//! The nouns of an interview, parsed and validated; must not know about storage, transport or pages.

pub mod account;
pub mod admission;
pub mod attempts;
pub mod ids;
pub mod interview;
pub mod problem;
pub mod role;
pub mod time;

pub use account::{DisplayName, Email, Language, Password, UserName};
pub use admission::Refusal;
pub use ids::{ConnectionId, InterviewId, PageId, ParticipantId, PeerId, UserId};
pub use interview::{
    InterviewNumber, InterviewState, QuestionKinds, RecordingPermission, ReviewPermission,
};
pub use problem::{Field, Problem, Problems};
pub use role::Role;
pub use time::{LocalDateTime, Timestamp};
