//! Accounts: making them, signing in and out, and what people change about themselves.

use axum::http::{HeaderValue, header::SET_COOKIE};

use super::{
    attempts::{Key, Purpose},
    auth::SignedIn,
    db::{sessions as session_rows, users},
    error::Error,
    passwords::Turn,
    request::Request,
    sessions, time_zones,
    viewer::LANGUAGE_COOKIE,
};
use crate::model::{
    DisplayName, Email, Field, Language, Password, Problem, Problems, UserId, UserName,
};

/// The sign-up form as it is posted.
#[derive(Clone)]
pub struct SignUp {
    pub user_name: String,
    pub display_name: String,
    pub password: String,
    pub email: String,
    pub time_zone: String,
}

impl std::fmt::Debug for SignUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignUp")
            .field("user_name", &self.user_name)
            .finish_non_exhaustive()
    }
}

/// The settings form as it is posted.
#[derive(Clone, Debug)]
pub struct Profile {
    pub display_name: String,
    pub email: String,
    pub language: String,
    pub time_zone: String,
}

/// Makes an account and signs this browser in to it.
///
/// # Errors
/// `Invalid`, `SignUpClosed`, `TooMany`.
pub async fn sign_up(request: &Request, form: SignUp) -> Result<(), Error> {
    if !request.server.config().sign_up_open {
        return Err(Error::SignUpClosed);
    }
    let mut problems = Problems::default();
    let user_name = problems.take(Field::UserName, UserName::parse(&form.user_name));
    let display_name = problems.take(Field::DisplayName, DisplayName::parse(&form.display_name));
    let email = problems.take(Field::Email, Email::parse_optional(&form.email));
    let password = problems.take(Field::Password, Password::parse(&form.password));
    let (Some(user_name), Some(display_name), Some(email), Some(password)) =
        (user_name, display_name, email, password)
    else {
        return Err(problems.into());
    };
    // Somebody who was quicker than the page's program has no zone yet: times follow the browser.
    let time_zone = Some(form.time_zone.as_str()).filter(|zone| time_zones::is_known(zone));
    let new = users::NewUser {
        user_name: &user_name,
        display_name: &display_name,
        email: email.as_ref(),
        password_hash: String::new(),
        language: request.viewer.language,
        time_zone: time_zone.unwrap_or_default(),
        created_at: request.now(),
    };
    let id = make_account(request, new, &password).await?;
    sign_browser_in(request, id).await
}

/// Names that are taken count as tries, since each tells that somebody has that name.
async fn make_account(
    request: &Request,
    new: users::NewUser<'_>,
    password: &Password,
) -> Result<UserId, Error> {
    let server = &request.server;
    let turn = server.passwords().turn().await?;
    let key = Key::address(Purpose::SignUp, request.address());
    request.attempt([key.clone()])?;
    let taken = || Error::invalid(Field::UserName, Problem::Taken);
    let folded = new.user_name.folded();
    if users::find_by_name(server.db().reader(), &folded)
        .await?
        .is_some()
    {
        return Err(taken());
    }
    server.attempts().take_new(request.now(), [key.clone()])?;
    let password_hash = server.passwords().hash(turn, password.as_bytes()).await?;
    let new = users::NewUser {
        password_hash,
        ..new
    };
    let id = users::insert(server.db().writer(), new)
        .await?
        .ok_or_else(taken)?;
    request.give_back([key]);
    Ok(id)
}

/// Signs this browser in.
///
/// # Errors
/// `WrongCredentials` for an unknown user and a wrong password alike, `TooMany`.
pub async fn sign_in(request: &Request, user_name: &str, password: &str) -> Result<(), Error> {
    let folded = fold(user_name);
    let turn = request.server.passwords().turn().await?;
    let keys = password_keys(request, &folded);
    request.attempt(keys.clone())?;
    let proven = check_password(request, turn, &folded, password).await?;
    let (id, hash) = proven.ok_or(Error::WrongCredentials)?;
    forgive(request, keys);
    sign_browser_in(request, id).await?;
    request.session.save().await?;
    // Whoever changed the password meanwhile could not know of this session.
    let current = users::find_hash(request.server.db().writer(), id).await?;
    if current != Some(hash) {
        request.session.flush().await?;
        return Err(Error::WrongCredentials);
    }
    Ok(())
}

/// Signs this browser out and closes its sockets.
///
/// # Errors
/// `Internal`.
pub async fn sign_out(request: &Request) -> Result<(), Error> {
    if let Some(session) = request.session_id() {
        request.session.flush().await?;
        request.server.hub().close_session(&session);
    }
    Ok(())
}

/// Signs every browser of the account out and closes their sockets.
///
/// # Errors
/// `Unauthenticated`.
pub async fn sign_out_everywhere(request: &Request) -> Result<(), Error> {
    let user = request.user()?;
    session_rows::delete_of_user(request.server.db().writer(), user.id).await?;
    request.session.flush().await?;
    request.server.hub().close_user(user.id);
    Ok(())
}

/// Changes what others see, and language and zone.
///
/// # Errors
/// `Unauthenticated`, `Invalid`.
pub async fn save_profile(request: &Request, form: Profile) -> Result<(), Error> {
    let user = request.user()?;
    let mut problems = Problems::default();
    let display_name = problems.take(Field::DisplayName, DisplayName::parse(&form.display_name));
    let email = problems.take(Field::Email, Email::parse_optional(&form.email));
    let language = problems.take(Field::Language, parse_language(&form.language));
    let known = time_zones::is_known(&form.time_zone);
    let time_zone = if known {
        Ok(form.time_zone.as_str())
    } else {
        Err(Problem::Malformed)
    };
    let time_zone = problems.take(Field::TimeZone, time_zone);
    let (Some(display_name), Some(email), Some(language), Some(time_zone)) =
        (display_name, email, language, time_zone)
    else {
        return Err(problems.into());
    };
    let (display_name, email) = (&display_name, email.as_ref());
    let profile = users::Profile {
        display_name,
        email,
        language,
        time_zone,
    };
    users::save_profile(request.server.db().writer(), user.id, profile).await?;
    remember_language(request, language);
    Ok(())
}

/// Changes the password and signs every other browser of the account out. This one goes on under a new
/// id, in case the old one was stolen; its sockets belong to the old one and are closed as well.
///
/// # Errors
/// `Unauthenticated`, `Invalid`, `TooMany`.
pub async fn change_password(
    request: &Request,
    current_password: &str,
    new_password: &str,
) -> Result<(), Error> {
    let user = request.user()?;
    let new_password = Password::parse(new_password)
        .map_err(|problem| Error::invalid(Field::NewPassword, problem))?;
    let server = &request.server;
    prove_password(request, user, current_password).await?;
    let turn = server.passwords().turn().await?;
    let hash = server
        .passwords()
        .hash(turn, new_password.as_bytes())
        .await?;
    let transaction = server.db().begin().await?;
    users::set_password(&transaction, user.id, &hash).await?;
    session_rows::delete_of_user(&transaction, user.id).await?;
    transaction.commit().await?;
    server.hub().close_user(user.id);
    Ok(sessions::sign_in(&request.session, user.id, request.now()).await?)
}

async fn prove_password(request: &Request, user: &SignedIn, password: &str) -> Result<(), Error> {
    let folded = fold(&user.user_name);
    let turn = request.server.passwords().turn().await?;
    let keys = password_keys(request, &folded);
    request.attempt(keys.clone())?;
    let proven = check_password(request, turn, &folded, password).await?;
    if proven.is_none_or(|(id, _)| id != user.id) {
        return Err(Error::invalid(
            Field::CurrentPassword,
            Problem::WrongPassword,
        ));
    }
    forgive(request, keys);
    Ok(())
}

/// Remembers a language in this browser, and in the account when signed in.
///
/// # Errors
/// `Invalid` for an unknown language.
pub async fn choose_language(request: &Request, language: &str) -> Result<(), Error> {
    let language =
        parse_language(language).map_err(|problem| Error::invalid(Field::Language, problem))?;
    if let Some(user) = request.find_user() {
        users::set_language(request.server.db().writer(), user.id, language).await?;
    }
    remember_language(request, language);
    Ok(())
}

fn parse_language(tag: &str) -> Result<Language, Problem> {
    let exact = |language: &Language| language.tag() == tag;
    Language::ALL
        .into_iter()
        .find(exact)
        .ok_or(Problem::Malformed)
}

fn remember_language(request: &Request, language: Language) {
    let secure = if request.server.config().is_secure() {
        "; Secure"
    } else {
        ""
    };
    let tag = language.tag();
    let cookie = format!(
        "{LANGUAGE_COOKIE}={tag}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}"
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        request.append_header(SET_COOKIE, cookie);
    }
}

/// The account and the hash of its password, if that is the password. The work is the same for an
/// account that does not exist.
async fn check_password(
    request: &Request,
    turn: Turn,
    folded: &str,
    password: &str,
) -> Result<Option<(UserId, String)>, Error> {
    let server = &request.server;
    let found = users::find_with_password(server.db().reader(), folded).await?;
    let found = found.map(|(user, hash)| (user.id, hash));
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let matches = server.passwords().verify(turn, password, hash).await?;
    Ok(found.filter(|_| matches))
}

/// Passwords are counted by account, existing or not, and by address. The try is counted before
/// the hash is computed, so that many at once are not more than ten.
fn password_keys(request: &Request, folded: &str) -> [Key; 2] {
    let account = Key::Account(Purpose::Password, folded.to_owned());
    [account, Key::address(Purpose::Password, request.address())]
}

/// A success clears the account. Of the address only this try is taken back: whoever guesses
/// passwords could otherwise clear it by signing in to an account of their own.
fn forgive(request: &Request, [account, address]: [Key; 2]) {
    request.server.attempts().forgive(&account);
    request.give_back([address]);
}

/// The sockets of whoever was signed in here before would outlive their session otherwise.
async fn sign_browser_in(request: &Request, user: UserId) -> Result<(), Error> {
    if let (Some(_), Some(before)) = (request.find_user(), request.session_id()) {
        request.server.hub().close_session(&before);
    }
    Ok(sessions::sign_in(&request.session, user, request.now()).await?)
}

fn fold(user_name: &str) -> String {
    user_name.trim().to_lowercase().chars().take(64).collect()
}
