//! Finds out who sent a request before any page or function runs; decides nothing.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request as HttpRequest, State},
    http::{
        HeaderMap,
        header::{ACCEPT_LANGUAGE, COOKIE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use ipnet::IpNet;
use tower_sessions::Session;

use super::{Server, auth::SignedIn, error::Error, request::Request, sessions, time_zones};
use crate::{api::account::Viewer, model::Language};

/// The cookie that remembers a language chosen in the footer.
pub const LANGUAGE_COOKIE: &str = "language";
/// The cookie by which the browser's program tells its time zone.
const ZONE_COOKIE: &str = "zone";

/// Puts a [`Request`] among the extensions of every request that passes.
pub async fn layer(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    session: Session,
    mut http: HttpRequest,
    next: Next,
) -> Response {
    match identify(server, peer, session, http.headers()).await {
        Ok(request) => {
            http.extensions_mut().insert(request);
            next.run(http).await
        }
        Err(error) => error.into_response(),
    }
}

async fn identify(
    server: Server,
    peer: SocketAddr,
    session: Session,
    headers: &HeaderMap,
) -> Result<Request, Error> {
    let user = SignedIn::check(&session, server.db()).await?;
    let seats = sessions::seats(&session).await?;
    sessions::note_use(&session, server.now()).await?;
    let language = user
        .as_ref()
        .map_or_else(|| language(headers), |user| user.language);
    let chosen = user.as_ref().map(|user| user.time_zone.clone());
    let told = cookie(headers, ZONE_COOKIE).map(unescape);
    let time_zone = [chosen, told]
        .into_iter()
        .flatten()
        .find(|zone| time_zones::is_known(zone))
        .unwrap_or_else(|| "UTC".to_owned());
    let viewer = Viewer {
        account: user.as_ref().map(SignedIn::account),
        language,
        now: time_zones::moment(server.now(), &time_zone),
        time_zone,
        sign_up_open: server.config().sign_up_open,
    };
    let address = address(peer.ip(), headers, &server.config().trusted_proxies);
    Ok(Request {
        server,
        viewer,
        user,
        seats,
        session,
        address,
    })
}

/// The language of the cookie, else of the browser's settings.
fn language(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(Language::from_tag);
    chosen.unwrap_or_else(|| {
        let accepted = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        Language::from_accept_language(accepted.unwrap_or_default())
    })
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(named, _)| named.trim() == name)
        .map(|(_, value)| value.trim())
}

/// Undoes what `encodeURIComponent` does to the name of a zone.
fn unescape(zone: &str) -> String {
    zone.replace("%2F", "/").replace("%2B", "+")
}

/// The socket's address. If that is a trusted proxy's, the last address in X-Forwarded-For that is
/// not: everything before it can be made up.
pub(super) fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut address = peer.to_canonical();
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .into_iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
    for hop in hops {
        if !is_trusted(&address) {
            break;
        }
        let Ok(before) = hop.trim().parse::<IpAddr>() else {
            break;
        };
        address = before.to_canonical();
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted: Vec<IpNet> = ["10.0.0.0/8", "::1/128"]
            .iter()
            .map(|n| n.parse().unwrap())
            .collect();
        let check = |peer: &str, forwarded: &[&str], expected: &str| {
            let mut headers = HeaderMap::new();
            for line in forwarded {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            let seen = address(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(seen.to_string(), expected, "{peer} {forwarded:?}");
        };
        check("203.0.113.9", &["198.51.100.1"], "203.0.113.9");
        check("::ffff:203.0.113.9", &[], "203.0.113.9");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("::1", &["1.1.1.1, 198.51.100.1, 10.2.2.2"], "198.51.100.1");
        check("::1", &["1.1.1.1", "198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &["1.1.1.1, nonsense"], "10.0.0.1");
    }

    #[test]
    fn cookies_choose_the_language_before_the_browser_does() {
        let check = |cookie: &str, accepted: &str, expected: Language| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, cookie.parse().unwrap());
            headers.insert(ACCEPT_LANGUAGE, accepted.parse().unwrap());
            assert_eq!(language(&headers), expected, "{cookie} {accepted}");
        };
        check("a=b; language=zh", "en", Language::Chinese);
        check("language=en", "zh-CN", Language::English);
        check("language=xx", "zh-CN", Language::Chinese);
        check("xlanguage=en", "zh-CN", Language::Chinese);
    }
}
