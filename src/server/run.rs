//! What a browser needs to run code in its sandbox: the sandbox's page, whose policy lets the code reach nothing,
//! and the packs of the languages. The server runs no code of anybody.

use axum::{
    Router,
    extract::Path,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
    routing::get,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};

use super::assets;

/// The sandbox's page.
const PAGE: &str = "sandbox.html";

/// The routes under `/run`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/run/{*path}", get(file))
}

/// `/run/{version}/{file}`, `/run/{pack}-{its version}/{file}`, and `/run/{file}` for development.
async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let (file, is_versioned) = assets::without_version(&path);
    if file == PAGE {
        return page(is_versioned);
    }
    assets::pack_file(file, is_versioned, &headers)
}

/// A page of no origin that may start workers from what it is given, and nothing else. Its workers inherit the
/// policy: the code in them finds no network, not even this server, and without an origin no cookies and no storage.
fn page(is_versioned: bool) -> Response {
    let Some(script) = assets::sandbox_script() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let policy = policy(&script);
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sandbox</title></head>\
         <body><script>{script}</script></body></html>"
    );
    let mut response = Response::new(page.into());
    let headers = response.headers_mut();
    let Ok(policy) = HeaderValue::from_str(&policy) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, assets::cache_control(is_versioned));
    response
}

/// The script is named by its content, so that no other can be fetched. `'wasm-unsafe-eval'` compiles Python and
/// SQLite; code comes from `blob:` only, and `eval` is refused.
fn policy(script: &str) -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(script));
    format!(
        "sandbox allow-scripts; default-src 'none'; script-src 'sha256-{digest}' blob: \
         'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_script_by_its_content() {
        assert_eq!(
            policy("go();"),
            format!(
                "sandbox allow-scripts; default-src 'none'; script-src 'sha256-{}' blob: \
                 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'; \
                 frame-ancestors 'self'",
                BASE64_STANDARD.encode(Sha256::digest("go();"))
            )
        );
        assert_ne!(policy("go();"), policy("go()"));
    }

    #[tokio::test]
    async fn what_is_no_pack_is_not_found() {
        for path in [
            "",
            "nothing.js",
            "sandbox.js",
            "0000/sandbox.html",
            "pkg/colloquy.js",
            "../icon.svg",
            "../pkg/colloquy.js",
        ] {
            let response = file(Path(path.to_owned()), HeaderMap::new()).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
}
