//! One person in one interview, and whom the main interviewer wants to invite.

use super::{
    DisplayName, Field, HeldSeat, InterviewId, LinkKey, ParticipantId, Problem, Problems, Role,
    Timestamp, UserId, UserName,
};

/// The longest private note, in characters.
pub const LONGEST_MARK: u32 = 4000;

/// One person in one interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    pub id: ParticipantId,
    pub interview: InterviewId,
    /// None for guests.
    pub account: Option<ParticipantAccount>,
    /// The account's display name, or the name the guest goes by.
    pub name: String,
    pub role: Role,
    /// The key of the personal link; None when there is none, or it is revoked.
    pub key: Option<LinkKey>,
    /// The participant's own private note.
    pub mark: String,
    pub passed: Option<bool>,
    pub arrived_at: Option<Timestamp>,
    pub removed_at: Option<Timestamp>,
}

/// The account of a participant who has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantAccount {
    pub id: UserId,
    pub user_name: String,
}

impl Participant {
    /// The account, if there is one.
    pub fn user(&self) -> Option<UserId> {
        self.account.as_ref().map(|account| account.id)
    }

    /// What a session holds that came by the personal link; None without one.
    pub fn seat(&self) -> Option<HeldSeat> {
        self.key.clone().map(|key| HeldSeat {
            participant: self.id,
            key,
        })
    }

    /// True when holding the personal key is not enough: interviewers with an account sign in.
    pub fn needs_account(&self) -> bool {
        self.account.is_some() && self.role.is_interviewer()
    }

    /// True when the personal link may be shown, made and revoked: the main interviewer has none.
    pub fn may_have_link(&self) -> bool {
        !self.role.may_edit_booking()
    }
}

/// Somebody to be invited, as the form says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    pub whom: Whom,
    pub role: Role,
}

/// How the form names an invitee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    UserId(UserId),
    /// A user name as [`UserName::folded`] gives it.
    UserName(String),
    /// Somebody without an account, who comes by a personal link.
    Guest(DisplayName),
}

impl Whom {
    /// Digits are a user id, everything else is a user name.
    ///
    /// # Errors
    /// `Missing`, or `UnknownUser` for what cannot be a user's name or id.
    pub fn user(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            let id = text.parse().map_err(|_| Problem::UnknownUser)?;
            return Ok(Self::UserId(UserId(id)));
        }
        let name = UserName::parse(text).map_err(|_| Problem::UnknownUser)?;
        Ok(Self::UserName(name.folded()))
    }
}

impl Invitee {
    /// Parses one row of invitees: a `user` by name or id, or else the `name` of a guest; the role
    /// is 1 or 2. An empty row is None.
    ///
    /// # Errors
    /// Problems of the fields `Invitee`, `Name` and `Role`.
    pub fn parse(user: &str, name: &str, role: &str) -> Result<Option<Self>, Problems> {
        if user.trim().is_empty() && name.trim().is_empty() {
            return Ok(None);
        }
        let mut problems = Problems::default();
        let whom = if user.trim().is_empty() {
            problems
                .take(Field::Name, DisplayName::parse(name))
                .map(Whom::Guest)
        } else {
            problems.take(Field::Invitee, Whom::user(user))
        };
        let role = problems.take(Field::Role, invited_role(role));
        match (whom, role) {
            (Some(whom), Some(role)) => Ok(Some(Self { whom, role })),
            _ => Err(problems),
        }
    }
}

/// The role of an invitee: there is one main interviewer, who is never invited.
fn invited_role(text: &str) -> Result<Role, Problem> {
    match text.trim() {
        "" => Err(Problem::Missing),
        "1" => Ok(Role::CoInterviewer),
        "2" => Ok(Role::Interviewee),
        _ => Err(Problem::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitees_are_users_by_name_or_id_or_guests() {
        let check = |user: &str, name: &str, role: &str, expected: Result<Option<Whom>, Field>| {
            let parsed = Invitee::parse(user, name, role);
            let seen = parsed
                .map(|invitee| invitee.map(|i| i.whom))
                .map_err(|p| p.0[0].0);
            assert_eq!(seen, expected, "{user:?} {name:?} {role:?}");
        };
        let guest = |name| DisplayName::parse(name).map(Whom::Guest).ok();
        check("", " ", "", Ok(None));
        check(" Anna ", "", "1", Ok(Some(Whom::UserName("anna".into()))));
        check("42", "ignored", "2", Ok(Some(Whom::UserId(UserId(42)))));
        check("", "Lin Mei", "2", Ok(guest("Lin Mei")));
        check("anna", "", "0", Err(Field::Role));
        check("anna", "", "3", Err(Field::Role));
        check("anna", "", "", Err(Field::Role));
        check("a b", "", "2", Err(Field::Invitee));
        check("99999999999999999999", "", "2", Err(Field::Invitee));
        check("", "a\u{7}b", "2", Err(Field::Name));
    }
}
