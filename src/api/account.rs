//! Accounts: signing up, in and out, and what people may change about themselves.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ApiError, Moment};
use crate::model::{Language, UserId};

/// Whom a page is rendered for. Known before rendering starts; pages get it by `ui::use_viewer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// None for visitors without an account and for guests.
    pub account: Option<Account>,
    pub language: Language,
    /// The IANA name of the zone that times are shown in: the account's, else the browser's as told
    /// by the cookie `zone`, else UTC.
    pub time_zone: String,
    /// The moment the page was asked for.
    pub now: Moment,
    /// Whether visitors may make an account.
    pub sign_up_open: bool,
}

/// What people see of their own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: UserId,
    pub user_name: String,
    pub display_name: String,
    pub email: Option<String>,
}

/// Makes an account and signs it in, then goes to `next` (a path of this site) or the interviews.
///
/// # Errors
/// `Invalid`, `SignUpClosed`, `TooMany`.
#[server(prefix = "/api", endpoint = "sign_up", input = server_fn::codec::PostUrl)]
pub async fn sign_up(
    user_name: String,
    display_name: String,
    password: String,
    #[server(default)] email: String,
    #[server(default)] time_zone: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use crate::server::{accounts, request::Request};
    let request = Request::current()?;
    let form = accounts::SignUp {
        user_name,
        display_name,
        password,
        email,
        time_zone,
    };
    accounts::sign_up(&request, form).await?;
    request.go_on_to(&next);
    Ok(())
}

/// Signs in, then goes to `next` (a path of this site) or the interviews.
///
/// # Errors
/// `WrongCredentials` for an unknown user and a wrong password alike, `TooMany`.
#[server(prefix = "/api", endpoint = "sign_in", input = server_fn::codec::PostUrl)]
pub async fn sign_in(
    user_name: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use crate::server::{accounts, request::Request};
    let request = Request::current()?;
    accounts::sign_in(&request, &user_name, &password).await?;
    request.go_on_to(&next);
    Ok(())
}

/// Signs out of this browser and goes to the first page.
///
/// # Errors
/// None but `Internal`.
#[server(prefix = "/api", endpoint = "sign_out", input = server_fn::codec::PostUrl)]
pub async fn sign_out() -> Result<(), ApiError> {
    use crate::server::{accounts, request::Request};
    let request = Request::current()?;
    accounts::sign_out(&request).await?;
    request.redirect("/");
    Ok(())
}

/// Signs out of every browser, this one included, and goes to the sign-in page.
///
/// # Errors
/// `Unauthenticated`.
#[server(prefix = "/api", endpoint = "sign_out_everywhere", input = server_fn::codec::PostUrl)]
pub async fn sign_out_everywhere() -> Result<(), ApiError> {
    use crate::server::{accounts, request::Request};
    let request = Request::current()?;
    accounts::sign_out_everywhere(&request).await?;
    request.redirect("/sign-in");
    Ok(())
}

/// Changes what others see, and language and time zone; comes back to the settings.
///
/// # Errors
/// `Unauthenticated`, `Invalid`.
#[server(prefix = "/api", endpoint = "save_profile", input = server_fn::codec::PostUrl)]
pub async fn save_profile(
    display_name: String,
    #[server(default)] email: String,
    language: String,
    time_zone: String,
) -> Result<(), ApiError> {
    use crate::server::{accounts, request::Request};
    let request = Request::current()?;
    let form = accounts::Profile {
        display_name,
        email,
        language,
        time_zone,
    };
    accounts::save_profile(&request, form).await?;
    request.redirect("/settings?saved=profile");
    Ok(())
}

/// Changes the password; every other browser of this account is signed out.
///
/// # Errors
/// `Unauthenticated`, `Invalid`, `TooMany`.
#[server(prefix = "/api", endpoint = "change_password", input = server_fn::codec::PostUrl)]
pub async fn change_password(
    current_password: String,
    new_password: String,
) -> Result<(), ApiError> {
    use crate::server::{accounts, request::Request};
    let request = Request::current()?;
    accounts::change_password(&request, &current_password, &new_password).await?;
    request.redirect("/settings?saved=password");
    Ok(())
}

/// Remembers the language in a cookie, and in the account when signed in; comes back to `next`.
///
/// # Errors
/// `Invalid` for an unknown language.
#[server(prefix = "/api", endpoint = "choose_language", input = server_fn::codec::PostUrl)]
pub async fn choose_language(
    language: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use crate::server::{accounts, request::Request};
    let request = Request::current()?;
    accounts::choose_language(&request, &language).await?;
    request.go_on_to(&next);
    Ok(())
}

/// The IANA names of every time zone the server knows, sorted.
///
/// # Errors
/// None.
#[server(prefix = "/api", endpoint = "load_time_zones", input = server_fn::codec::PostUrl)]
pub async fn load_time_zones() -> Result<Vec<String>, ApiError> {
    Ok(crate::server::time_zones::names())
}
