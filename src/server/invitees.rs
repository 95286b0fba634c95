//! Finds the accounts of people who are to be invited.

use std::collections::HashSet;

use super::{
    attempts::Purpose,
    db::{
        participants::{NewParticipant, Who},
        users::{self, User},
    },
    draw,
    error::Error,
    request::Request,
};
use crate::model::{Field, Invitee, Problem, Problems, UserId, Whom};

/// The user of that name or id.
///
/// # Errors
/// `Invalid` for an unknown one, `TooMany` after too many of any kind or too many unknown ones.
pub async fn find_user(request: &Request, text: &str) -> Result<User, Error> {
    let whom = Whom::user(text).map_err(|problem| Error::invalid(Field::Invitee, problem))?;
    let found = look_up(request, &whom).await?;
    found.ok_or_else(|| Error::invalid(Field::Invitee, Problem::UnknownUser))
}

/// Finds the account of every invitee who has one and draws a key for each. `host` cannot be
/// invited, nor can anybody twice; what is wrong is added to `problems`.
///
/// # Errors
/// `TooMany` after too many users or too many unknown ones, `Internal`.
pub async fn resolve(
    request: &Request,
    host: UserId,
    invitees: Vec<Invitee>,
    problems: &mut Problems,
) -> Result<Vec<NewParticipant>, Error> {
    let mut invited = Vec::new();
    let mut accounts = HashSet::from([host]);
    for Invitee { whom, role } in invitees {
        let who = match whom {
            Whom::Guest(name) => Ok(Who::Guest(name.as_str().to_owned())),
            user => match look_up(request, &user).await? {
                Some(user) if accounts.insert(user.id) => Ok(Who::Account(user.id)),
                Some(_) => Err(Problem::AlreadyInvited),
                None => Err(Problem::UnknownUser),
            },
        };
        if let Some(who) = problems.take(Field::Invitee, who) {
            invited.push(NewParticipant {
                who,
                role,
                key: Some(draw::key()?),
            });
        }
    }
    Ok(invited)
}

/// Every look counts, or ids could be read one after the other; those that find nobody count among
/// fewer. Both are counted before the answer is known: otherwise those found would still be told from
/// those not found when no tries are left.
async fn look_up(request: &Request, whom: &Whom) -> Result<Option<User>, Error> {
    let keys = request.keys(Purpose::FindUser);
    let attempts = request.server.attempts();
    attempts.take_look_up(request.now(), keys.clone())?;
    request.attempt(keys.clone())?;
    let reader = request.server.db().reader();
    let found = match whom {
        Whom::UserId(id) => users::find(reader, *id).await?,
        Whom::UserName(folded) => users::find_by_name(reader, folded).await?,
        Whom::Guest(_) => None,
    };
    if found.is_some() {
        request.give_back(keys);
    }
    Ok(found)
}
