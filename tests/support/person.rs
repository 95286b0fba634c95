//! Somebody with a browser: a cookie jar, and the two ways in which a browser posts.

use std::sync::Arc;

use colloquy::api::ApiError;
use reqwest::{
    Client, Method, Response, Url,
    cookie::{CookieStore, Jar},
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, LOCATION, REFERER},
    redirect::Policy,
};
use serde::de::DeserializeOwned;

/// The password of everybody who signs up in a test.
pub const PASSWORD: &str = "correct horse";

/// Somebody with a browser.
pub struct Person {
    client: Client,
    jar: Arc<Jar>,
    base: Url,
    forwarded_for: Option<String>,
}

impl Person {
    pub fn new(address: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(jar.clone())
            .redirect(Policy::none())
            .build()
            .expect("a client");
        let base = format!("http://{address}").parse().expect("an address");
        Self {
            client,
            jar,
            base,
            forwarded_for: None,
        }
    }

    /// The same browser behind a proxy that says so.
    pub fn forwarded_for(mut self, addresses: &str) -> Self {
        self.forwarded_for = Some(addresses.to_owned());
        self
    }

    /// The Cookie header the browser would send, empty if none.
    pub fn cookies(&self) -> String {
        let held = self.jar.cookies(&self.base);
        held.map(|value| value.to_str().expect("text").to_owned())
            .unwrap_or_default()
    }

    /// Takes cookies over, as a thief or a second window would.
    pub fn take_cookies(&self, cookies: &str) {
        for cookie in cookies.split("; ") {
            self.jar.add_cookie_str(cookie, &self.base);
        }
    }

    /// Any request at all.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = self.base.join(path).expect("a path");
        let request = self.client.request(method, url);
        match &self.forwarded_for {
            Some(addresses) => request.header("x-forwarded-for", addresses),
            None => request,
        }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).header(ACCEPT, "text/html");
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Posts as the program does.
    pub async fn post(&self, endpoint: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, &format!("/api/{endpoint}"))
            .header(ACCEPT, "application/json")
            .form(fields);
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Posts as a form without the program does, from the page at `from`.
    pub async fn post_form(&self, from: &str, endpoint: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.base.join(from).expect("a path");
        let request = self
            .request(Method::POST, &format!("/api/{endpoint}"))
            .header(ACCEPT, "text/html,application/xhtml+xml")
            .header(REFERER, page.as_str())
            .form(fields);
        Answer::of(request.send().await.expect("an answer")).await
    }

    pub async fn sign_up(&self, user_name: &str) -> Answer {
        let name = [
            ("user_name", user_name),
            ("display_name", user_name),
            ("password", PASSWORD),
        ];
        self.post("sign_up", &name).await
    }

    pub async fn sign_in(&self, user_name: &str, password: &str) -> Answer {
        self.post(
            "sign_in",
            &[("user_name", user_name), ("password", password)],
        )
        .await
    }

    /// Asks for something that only accounts may, and that changes nothing.
    pub async fn is_signed_in(&self) -> bool {
        let fields = [("current_password", ""), ("new_password", "")];
        let error = self.post("change_password", &fields).await.error();
        error != Some(ApiError::Unauthenticated)
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self {
            status,
            headers,
            body: response.text().await.expect("text"),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("text"))
    }

    /// Where the browser goes next.
    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// The Set-Cookie line of that name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let lines = self.headers.get_all("set-cookie").into_iter();
        let prefix = format!("{name}=");
        lines
            .filter_map(|line| line.to_str().ok())
            .find(|line| line.starts_with(&prefix))
    }

    /// The failure that a server function answered with, if it did.
    pub fn error(&self) -> Option<ApiError> {
        if self.status < 400 {
            return None;
        }
        let kind = self.header(CONTENT_TYPE.as_str());
        let error = serde_json::from_str(&self.body);
        Some(error.unwrap_or_else(|_| panic!("{} {kind}: {}", self.status, self.body)))
    }

    /// The value that a server function answered with.
    pub fn value<T: DeserializeOwned>(&self) -> T {
        self.expect_done();
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{}: {error}", self.body))
    }

    pub fn expect_done(&self) {
        assert!(self.status < 400, "{} {}", self.status, self.body);
    }
}
