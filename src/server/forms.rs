//! What stands around the server functions: how much may be posted, what status a failure has, and that a refused form comes back filled in.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{ACCEPT, CONTENT_TYPE, LOCATION},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::time::timeout;
use url::{Url, form_urlencoded};

use super::request::Request as Caller;
use crate::{api::ApiError, model::question::file::LARGEST_FILE};

/// The most bytes a server function takes.
const LARGEST_BODY: usize = 64 * 1024;
/// The most bytes of a question: every character may be posted as nine.
const LARGEST_QUESTION: usize = 768 * 1024;
/// The most bytes of a file of questions, every one of which may be posted as three.
const LARGEST_IMPORT: usize = 3 * LARGEST_FILE + 1024;
/// How long the whole of it may take to arrive.
pub(super) const LONGEST_ARRIVAL: Duration = Duration::from_secs(15);
/// The longest address that a refused form comes back to. Browsers shorten a Referer beyond 4096
/// characters to its origin, and the next refusal would lead to the first page instead of the form.
const LONGEST_LOCATION: usize = 4000;

/// Wraps every server function; lets everything but POST pass.
pub async fn layer(request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = match read(body, largest(&parts), LONGEST_ARRIVAL).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let posted = is_form(&parts).then(|| body.clone());
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    match posted {
        Some(body) => with_fields(response, &body),
        None => with_status(response).await,
    }
}

/// How much this caller may post there. Only those whom the server knows may post much.
fn largest(parts: &Parts) -> usize {
    let caller = parts.extensions.get::<Caller>();
    let known =
        caller.is_some_and(|caller| caller.find_user().is_some() || !caller.guest_of().is_empty());
    match parts.uri.path() {
        "/api/save_question" | "/api/write_interview_question" | "/api/preview_markdown"
            if known =>
        {
            LARGEST_QUESTION
        }
        "/api/import_questions" if known => LARGEST_IMPORT,
        _ => LARGEST_BODY,
    }
}

/// The whole body, if it is not too large and arrives in time; else the status that says so.
pub(super) async fn read(
    body: Body,
    largest: usize,
    longest: Duration,
) -> Result<Bytes, StatusCode> {
    match timeout(longest, to_bytes(body, largest)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

/// True for a form that the browser posted without the help of the program.
fn is_form(parts: &Parts) -> bool {
    let names = |name, value: &str| {
        parts
            .headers
            .get(name)
            .and_then(|held| held.to_str().ok())
            .is_some_and(|held| held.contains(value))
    };
    names(ACCEPT, "text/html") && names(CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// Adds what was typed to the address that a refused form comes back to.
fn with_fields(mut response: Response, body: &[u8]) -> Response {
    let back = location(response.headers()).and_then(|location| filled(location, body));
    if let Some(back) = back.and_then(|back| HeaderValue::from_str(&back).ok()) {
        response.headers_mut().insert(LOCATION, back);
    }
    response
}

fn location(headers: &HeaderMap) -> Option<&str> {
    headers.get(LOCATION)?.to_str().ok()
}

/// The address with the posted fields; None when it does not tell of a refusal. Fields of an
/// earlier refusal of the same form are replaced, secrets never come back.
fn filled(location: &str, body: &[u8]) -> Option<String> {
    let mut url = Url::parse(location).ok()?;
    let held: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let last = |name: &str| held.iter().rev().find(|(named, _)| named == name).cloned();
    let (path, error) = (last("__path")?, last("__err")?);
    let fields: Vec<(String, String)> = form_urlencoded::parse(body)
        .into_owned()
        .filter(|(name, _)| !name.contains("password") && !name.contains("key"))
        .collect();
    let posted = |name: &str| fields.iter().any(|(field, _)| group(field) == group(name));
    let kept = held
        .iter()
        .filter(|(name, _)| !name.starts_with("__") && !posted(name));
    url.query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .extend_pairs([path, error]);
    for (name, value) in &fields {
        let mut longer = url.clone();
        longer.query_pairs_mut().append_pair(name, value);
        if longer.as_str().len() <= LONGEST_LOCATION {
            url = longer;
        }
    }
    Some(url.into())
}

/// Rows of a form share a name up to the first bracket; they are replaced together.
fn group(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

/// Leptos answers every failure with 500; the status is that of the error it carries.
async fn with_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let status = serde_json::from_slice::<ApiError>(&body).map(|error| error.status());
    if let Ok(status) = StatusCode::from_u16(status.unwrap_or(500)) {
        parts.status = status;
    }
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(location: &str, body: &str, expected: Option<&str>) {
        assert_eq!(
            filled(location, body.as_bytes()).as_deref(),
            expected,
            "{location} {body}"
        );
    }

    #[tokio::test]
    async fn a_body_is_not_waited_for_without_end() {
        let silence = futures::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        let check = async |body: Body, expected: Result<&[u8], StatusCode>| {
            let seen = read(body, LARGEST_BODY, Duration::from_millis(50)).await;
            assert_eq!(seen.as_deref().map_err(|status| *status), expected);
        };
        check(Body::from_stream(silence), Err(StatusCode::REQUEST_TIMEOUT)).await;
        let large = Body::from(vec![0_u8; LARGEST_BODY + 1]);
        check(large, Err(StatusCode::PAYLOAD_TOO_LARGE)).await;
        check(Body::from("name=Lin"), Ok(b"name=Lin".as_slice())).await;
    }

    #[test]
    fn typed_fields_come_back_but_secrets_do_not() {
        check(
            "http://a/sign-in?__path=p&__err=e",
            "user_name=anna+k&password=x",
            Some("http://a/sign-in?__path=p&__err=e&user_name=anna+k"),
        );
        check(
            "http://a/join/1?key=k&__path=p&__err=e",
            "key=other&name=Lin",
            Some("http://a/join/1?key=k&__path=p&__err=e&name=Lin"),
        );
    }

    #[test]
    fn a_second_refusal_replaces_the_first() {
        check(
            "http://a/new?next=%2Fx&__path=p&__err=1&form%5Ba%5D%5B0%5D=old&form%5Ba%5D%5B1%5D=old&__path=p&__err=2",
            "form[a][0]=new",
            Some("http://a/new?next=%2Fx&__path=p&__err=2&form%5Ba%5D%5B0%5D=new"),
        );
    }

    #[test]
    fn other_redirects_stay_as_they_are() {
        check("http://a/interviews", "title=x", None);
        check("/interviews?__path=p&__err=e", "title=x", None);
    }

    #[test]
    fn what_would_make_the_address_too_long_is_left_out() {
        let long = format!("mark={}&title=short", "x".repeat(LONGEST_LOCATION));
        check(
            "http://a/?__path=p&__err=e",
            &long,
            Some("http://a/?__path=p&__err=e&title=short"),
        );
    }
}
