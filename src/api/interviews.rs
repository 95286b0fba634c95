//! Interviews: booking, changing, cancelling, listing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ApiError, Moment};
pub use crate::model::listing::{Period, Side};
use crate::model::{
    InterviewNumber, InterviewState, LocalDateTime, ParticipantId, QuestionKinds,
    RecordingPermission, ReviewPermission, Role, UserId, WaitingRoom,
};

/// The booking form as it is posted: text, so that every mistake can be answered at its field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookingForm {
    /// The number shown on the form; another is drawn if it is taken by now. Ignored when editing.
    pub number: String,
    pub title: String,
    /// As `datetime-local` writes it, in the viewer's time zone.
    pub starts_at: String,
    /// Minutes.
    pub duration: String,
    pub seats: String,
    /// A checkbox: anything but empty is yes.
    pub coding: String,
    /// A checkbox: anything but empty is yes.
    pub text: String,
    /// 1 to 4.
    pub recording_permission: String,
    /// 1 or 2.
    pub review_permission: String,
    /// 1 to 3.
    pub waiting: String,
    /// Ignored when editing.
    pub invitees: Vec<InviteeForm>,
    /// Ids of questions of the bank in their order, empty ones passed over. Ignored when editing.
    pub questions: Vec<String>,
}

/// One row of the invitees in the booking form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteeForm {
    /// A user name or user id; empty when `name` invites somebody without an account.
    pub user: String,
    /// The name of somebody without an account.
    pub name: String,
    /// 1 or 2.
    pub role: String,
}

/// What an empty booking form starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingDefaults {
    pub number: InterviewNumber,
    /// The next full half hour but one, in the viewer's zone.
    pub starts_at: LocalDateTime,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewSummary {
    pub number: InterviewNumber,
    pub title: String,
    pub starts_at: Moment,
    pub minutes: u32,
    pub state: InterviewState,
    pub cancelled: bool,
    /// The doors are open.
    pub open: bool,
    /// Names of the others, the first few.
    pub people: Vec<String>,
    pub my_role: Role,
    /// The viewer's private note.
    pub mark: String,
    /// Passed or failed: of the interviewees, when all agree. Interviewers only.
    pub passed: Option<bool>,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewPage {
    pub rows: Vec<InterviewSummary>,
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
    /// The viewer's next or running interview, in whatever role.
    pub next: Option<InterviewSummary>,
    /// False until the viewer has any interview at all.
    pub any: bool,
}

/// One interview as its participants see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewDetails {
    pub number: InterviewNumber,
    pub title: String,
    pub host: String,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub minutes: u32,
    pub seats: u32,
    pub kinds: QuestionKinds,
    pub recording_permission: RecordingPermission,
    pub review_permission: ReviewPermission,
    pub waiting: WaitingRoom,
    /// Everybody new waits until admitted.
    pub locked: bool,
    pub state: InterviewState,
    pub cancelled: bool,
    pub open: bool,
    pub my_role: Role,
    pub my_mark: String,
    /// `{public-url}/join/{number}`: identifies, does not admit.
    pub join_link: String,
    /// The general guest link. Main interviewer only; None while switched off.
    pub guest_link: Option<String>,
    /// Names and roles for everybody; links, user names and results for interviewers as far as
    /// they may see them.
    pub participants: Vec<ParticipantDetails>,
}

/// One participant of an interview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantDetails {
    pub id: ParticipantId,
    pub name: String,
    pub role: Role,
    /// The account, for interviewers only.
    pub user: Option<(UserId, String)>,
    /// The personal link, for the main interviewer only; None when revoked.
    pub link: Option<String>,
    /// For interviewers only.
    pub passed: Option<bool>,
    pub is_me: bool,
}

/// What the booking form starts with.
///
/// # Errors
/// `Unauthenticated`.
#[server(prefix = "/api", endpoint = "load_booking_defaults", input = server_fn::codec::PostUrl)]
pub async fn load_booking_defaults() -> Result<BookingDefaults, ApiError> {
    use crate::server::{interviews, request::Request};
    let request = Request::current()?;
    Ok(interviews::booking_defaults(&request).await?)
}

/// Books an interview, then goes to its page.
///
/// # Errors
/// `Unauthenticated`, `Invalid`, `TooMany` after too many bookings or inviting too many users.
#[server(prefix = "/api", endpoint = "book_interview", input = server_fn::codec::PostUrl)]
pub async fn book_interview(form: BookingForm) -> Result<InterviewNumber, ApiError> {
    use crate::server::{interviews, request::Request};
    let request = Request::current()?;
    let number = interviews::book(&request, form).await?;
    request.redirect(&format!("/interviews/{number}?booked=1"));
    Ok(number)
}

/// Changes a booking; number, links and participants stay. Goes to its page.
///
/// # Errors
/// `NotFound` for strangers, `Forbidden`, `Invalid`, `Conflict` when it is over.
#[server(prefix = "/api", endpoint = "edit_interview", input = server_fn::codec::PostUrl)]
pub async fn edit_interview(number: InterviewNumber, form: BookingForm) -> Result<(), ApiError> {
    use crate::server::{interviews, request::Request};
    let request = Request::current()?;
    interviews::edit(&request, number, form).await?;
    request.redirect(&format!("/interviews/{number}?saved=1"));
    Ok(())
}

/// Calls an interview off; people in the room are told and leave it.
///
/// # Errors
/// `NotFound` for strangers, `Forbidden`, `Conflict` when it is over.
#[server(prefix = "/api", endpoint = "cancel_interview", input = server_fn::codec::PostUrl)]
pub async fn cancel_interview(number: InterviewNumber) -> Result<(), ApiError> {
    use crate::server::{interviews, request::Request};
    let request = Request::current()?;
    interviews::cancel(&request, number).await?;
    request.redirect(&format!("/interviews/{number}"));
    Ok(())
}

/// One page of the viewer's interviews whose title, number or people contain `search`.
///
/// # Errors
/// `Unauthenticated`.
#[server(prefix = "/api", endpoint = "list_interviews", input = server_fn::codec::PostUrl)]
pub async fn list_interviews(
    side: Side,
    period: Period,
    #[server(default)] search: String,
    page: u32,
) -> Result<InterviewPage, ApiError> {
    use crate::server::{interviews, request::Request};
    let request = Request::current()?;
    Ok(interviews::list(&request, side, period, &search, page).await?)
}

/// One interview, as much of it as the viewer may see.
///
/// # Errors
/// `Unauthenticated`, `NotFound` for strangers.
#[server(prefix = "/api", endpoint = "load_interview", input = server_fn::codec::PostUrl)]
pub async fn load_interview(number: InterviewNumber) -> Result<InterviewDetails, ApiError> {
    use crate::server::{interviews, request::Request};
    let request = Request::current()?;
    Ok(interviews::details(&request, number).await?)
}
