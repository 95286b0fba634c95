//! Refuses state changes and sockets that another site's page asks for.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, Method, StatusCode,
        header::{HOST, ORIGIN, UPGRADE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

use super::Server;

/// Answers 403 to what another site's page sent. Reading (GET and HEAD without an upgrade) is free:
/// it changes nothing, and other sites cannot see the answer.
pub async fn layer(State(server): State<Server>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let upgrade = headers.contains_key(UPGRADE) || request.method() == Method::CONNECT;
    let reading = matches!(*request.method(), Method::GET | Method::HEAD) && !upgrade;
    if reading || is_own(headers, &server.config().public_url, upgrade) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "This request came from another site.",
    )
        .into_response()
}

/// Browsers say where a request comes from by Sec-Fetch-Site or Origin, and by Origin always when
/// they open a socket. Other programs say neither, and have no cookies of somebody else to misuse.
fn is_own(headers: &HeaderMap, public: &Url, upgrade: bool) -> bool {
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    if site.is_some_and(|site| site != b"same-origin" && site != b"none") {
        return false;
    }
    match headers.get(ORIGIN) {
        Some(origin) => origin
            .to_str()
            .is_ok_and(|origin| is_own_origin(origin, headers, public)),
        None => !(upgrade && site.is_some()),
    }
}

/// True for the public address and for the very host the request was sent to.
fn is_own_origin(origin: &str, headers: &HeaderMap, public: &Url) -> bool {
    let Ok(origin) = Url::parse(origin) else {
        return false;
    };
    let origin = origin.origin();
    if !origin.is_tuple() {
        return false;
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let asked = host.and_then(|host| Url::parse(&format!("{}://{host}", public.scheme())).ok());
    origin == public.origin() || asked.is_some_and(|asked| origin == asked.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_origin_may_change_anything() {
        let check = |public: &str, sent: &[(&'static str, &str)], plain: bool, upgrade: bool| {
            let public = Url::parse(public).unwrap();
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.insert(*name, value.parse().unwrap());
            }
            assert_eq!(is_own(&headers, &public, false), plain, "{public} {sent:?}");
            assert_eq!(
                is_own(&headers, &public, true),
                upgrade,
                "upgrade {public} {sent:?}"
            );
        };
        let public = "https://interviews.example";
        let host = ("host", "interviews.example");
        check(public, &[host], true, true);
        check(
            public,
            &[host, ("origin", "https://interviews.example")],
            true,
            true,
        );
        check(
            public,
            &[host, ("origin", "https://interviews.example:443")],
            true,
            true,
        );
        check(
            public,
            &[host, ("origin", "http://interviews.example")],
            false,
            false,
        );
        check(
            public,
            &[host, ("origin", "https://interviews.example:444")],
            false,
            false,
        );
        check(
            public,
            &[host, ("origin", "https://interviews.example.evil.example")],
            false,
            false,
        );
        check(
            public,
            &[host, ("origin", "https://evil.example")],
            false,
            false,
        );
        check(public, &[host, ("origin", "null")], false, false);
        check(public, &[host, ("origin", "file://")], false, false);
        check(
            public,
            &[host, ("sec-fetch-site", "same-origin")],
            true,
            false,
        );
        check(public, &[host, ("sec-fetch-site", "none")], true, false);
        check(
            public,
            &[host, ("sec-fetch-site", "same-site")],
            false,
            false,
        );
        check(
            public,
            &[host, ("sec-fetch-site", "cross-site")],
            false,
            false,
        );
        let both = [
            host,
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://interviews.example"),
        ];
        check(public, &both, false, false);
        let local = "http://localhost:3000";
        let by_number = ("host", "127.0.0.1:3000");
        check(
            local,
            &[by_number, ("origin", "http://127.0.0.1:3000")],
            true,
            true,
        );
        check(
            local,
            &[by_number, ("origin", "http://localhost:3000")],
            true,
            true,
        );
        check(
            local,
            &[by_number, ("origin", "http://127.0.0.1:3001")],
            false,
            false,
        );
    }
}
