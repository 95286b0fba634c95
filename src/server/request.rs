//! What a server function knows of its caller, and how it answers beside its value.

use std::net::IpAddr;

use axum::{
    extract::FromRequestParts,
    http::{
        HeaderName, HeaderValue, Method, StatusCode,
        header::{ACCEPT, LOCATION},
        request::Parts,
    },
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use super::{
    Server,
    attempts::{Key, Purpose},
    auth::SignedIn,
    error::Error,
    sessions,
};
use crate::{
    api::{ApiError, account::Viewer},
    model::{HeldSeat, Language, Timestamp, UserId},
};

/// One request and who sent it. Made by the layer in `viewer` before any page or function runs.
#[derive(Clone, Debug)]
pub struct Request {
    pub server: Server,
    pub viewer: Viewer,
    pub(super) user: Option<SignedIn>,
    pub(super) seats: Vec<HeldSeat>,
    pub(super) session: Session,
    pub(super) address: IpAddr,
}

impl Request {
    /// The request that is being answered.
    ///
    /// # Errors
    /// `Internal` outside of a page or server function.
    pub fn current() -> Result<Self, Error> {
        use_context::<Self>().ok_or_else(|| Error::internal("no request in the Leptos context"))
    }

    /// The same caller as their session says now; later than the request, as on a socket.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn again(&self) -> Result<Self, Error> {
        self.session.load().await?;
        let user = SignedIn::check(&self.session, self.server.db()).await?;
        let seats = sessions::seats(&self.session).await?;
        Ok(Self {
            user,
            seats,
            ..self.clone()
        })
    }

    /// The caller's account.
    ///
    /// # Errors
    /// `Unauthenticated` for visitors and guests.
    pub fn user(&self) -> Result<&SignedIn, Error> {
        self.user.as_ref().ok_or(Error::Unauthenticated)
    }

    /// The caller's account, if there is one.
    pub fn find_user(&self) -> Option<&SignedIn> {
        self.user.as_ref()
    }

    /// The seats that this browser holds as a guest, as the request began.
    pub fn guest_of(&self) -> &[HeldSeat] {
        &self.seats
    }

    /// Adds a seat to those this browser holds as a guest.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn hold_seat(&self, seat: HeldSeat) -> Result<(), Error> {
        Ok(sessions::hold_seat(&self.session, seat).await?)
    }

    /// The name of this browser's session, if it has one.
    pub fn session_id(&self) -> Option<String> {
        self.session.id().map(|id| id.to_string())
    }

    /// The name of this browser's session, empty if it has none.
    pub fn session_key(&self) -> String {
        self.session_id().unwrap_or_default()
    }

    /// The id of the caller's account, if there is one.
    pub fn user_id(&self) -> Option<UserId> {
        self.user.as_ref().map(|user| user.id)
    }

    /// The language the caller reads.
    pub fn language(&self) -> Language {
        self.viewer.language
    }

    /// The caller's address: the socket's, or what trusted proxies say it is.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// The caller's keys for counting tries: the address, and the account when signed in.
    pub fn keys(&self, purpose: Purpose) -> Vec<Key> {
        let account = self.user.as_ref().map(|user| user.user_name.to_lowercase());
        let account = account.map(|name| Key::Account(purpose, name));
        account
            .into_iter()
            .chain([Key::address(purpose, self.address)])
            .collect()
    }

    /// Counts one try of each key.
    ///
    /// # Errors
    /// `TooMany` when one of them has none left.
    pub fn attempt(&self, keys: impl IntoIterator<Item = Key>) -> Result<(), Error> {
        self.server.attempts().take(self.now(), keys)
    }

    /// Gives one try of each key back, after a success.
    pub fn give_back(&self, keys: impl IntoIterator<Item = Key>) {
        for key in keys {
            self.server.attempts().give_back(&key);
        }
    }

    /// The moment it is.
    pub fn now(&self) -> Timestamp {
        self.server.now()
    }

    /// Sends the browser to a path of this site that the program wrote itself. A script that asked is
    /// told the path, and stays where it is unless it goes there by itself.
    pub fn redirect(&self, path: &str) {
        if asked_for_a_page() {
            leptos_axum::redirect(path);
        } else if let (Some(options), Ok(path)) = (
            use_context::<ResponseOptions>(),
            HeaderValue::from_str(path),
        ) {
            options.insert_header(LOCATION, path);
        }
    }

    /// Sends the browser to a path that came with the request, or to the interviews if it is not a
    /// path of this site.
    pub fn go_on_to(&self, next: &str) {
        self.redirect(if is_local_path(next) {
            next
        } else {
            "/interviews"
        });
    }

    /// Sets the status of a page. Calls from the browser's program keep theirs.
    pub fn set_status(&self, status: u16) {
        if let (Some(options), Ok(status)) = (page_options(), StatusCode::from_u16(status)) {
            options.set_status(status);
        }
    }

    /// Adds a header to the answer.
    pub(super) fn append_header(&self, name: HeaderName, value: HeaderValue) {
        if let Some(options) = use_context::<ResponseOptions>() {
            options.append_header(name, value);
        }
    }
}

impl FromRequestParts<Server> for Request {
    type Rejection = Error;

    /// For routes that are neither pages nor server functions.
    async fn from_request_parts(parts: &mut Parts, _: &Server) -> Result<Self, Error> {
        let known = parts.extensions.get::<Self>().cloned();
        known.ok_or_else(|| Error::internal("a route outside of the viewer's layer"))
    }
}

/// Gives the page that is being rendered the status of a failure, unless it has one already.
pub(super) fn set_page_status(answer: &ApiError) {
    if let (Some(options), Ok(status)) = (page_options(), StatusCode::from_u16(answer.status())) {
        let chosen = options.0.read().is_ok_and(|parts| parts.status.is_some());
        if !chosen {
            options.set_status(status);
        }
    }
}

/// The options of the answer, if a page is being rendered and not a server function called.
fn page_options() -> Option<ResponseOptions> {
    let parts = use_context::<Parts>()?;
    let page = matches!(parts.method, Method::GET | Method::HEAD);
    if page { use_context() } else { None }
}

/// True where the browser itself shows what comes back, as after a form without script.
fn asked_for_a_page() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accepted = parts.headers.get(ACCEPT);
        accepted
            .and_then(|accepted| accepted.to_str().ok())
            .is_some_and(|accepted| accepted.contains("text/html"))
    })
}

/// True for a path of this site as it may stand in a Location header.
fn is_local_path(path: &str) -> bool {
    let printable = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    path.starts_with('/') && !path.starts_with("//") && path.bytes().all(printable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_on_to() {
        let check =
            |path: &str, expected: bool| assert_eq!(is_local_path(path), expected, "{path:?}");
        check("/", true);
        check("/join/482913?key=a-b_c#top", true);
        check("", false);
        check("join", false);
        check("//evil.example", false);
        check("/\\evil.example", false);
        check("https://evil.example", false);
        check("/a\r\nSet-Cookie: a=b", false);
        check("/a b", false);
    }
}
