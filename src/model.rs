//! The nouns of an interview, parsed and validated; must not know about storage, transport or pages.

pub mod account;
pub mod admission;
pub mod attempts;
pub mod booking;
pub mod ids;
pub mod interview;
pub mod key;
pub mod listing;
pub mod participant;
pub mod problem;
pub mod question;
pub mod role;
pub mod standing;
pub mod time;

pub use account::{DisplayName, Email, Language, Password, UserName};
pub use admission::Refusal;
pub use booking::Booking;
pub use ids::{
    ConnectionId, InterviewId, InterviewQuestionId, PageId, ParticipantId, PeerId, QuestionId,
    UserId,
};
pub use interview::{
    Interview, InterviewNumber, InterviewState, QuestionKinds, RecordingPermission,
    ReviewPermission, WaitingRoom,
};
pub use key::{HeldSeat, LinkKey};
pub use participant::{Invitee, Participant, Whom};
pub use problem::{Field, Problem, Problems};
pub use question::{CodeLanguage, Example, QuestionDraft, QuestionKind, Starter};
pub use role::Role;
pub use time::{LocalDateTime, Timestamp};
