//! The security headers of every answer.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::Next,
    response::Response,
};

use super::{Server, assets};

/// For everything that is not a page: nothing may be loaded, run or framed.
const NOT_A_PAGE: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PERMISSIONS: &str = "camera=(self), microphone=(self), display-capture=(self), \
    accelerometer=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), \
    magnetometer=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), \
    xr-spatial-tracking=()";

/// The content security policy of a page whose own scripts carry `nonce`. Its only frame is the sandbox for running
/// code.
pub fn page_policy(nonce: &str) -> String {
    let reload = assets::reload_source().unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self'; connect-src 'self' {reload}; img-src 'self' data:; \
         media-src 'self' blob:; frame-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

/// Adds what the answer does not say itself.
pub async fn layer(State(server): State<Server>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    default(headers, CONTENT_SECURITY_POLICY, NOT_A_PAGE);
    default(
        headers,
        HeaderName::from_static("permissions-policy"),
        PERMISSIONS,
    );
    default(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Forms find their way back by Referer, so it must not be switched off altogether.
    default(headers, REFERRER_POLICY, "same-origin");
    if server.config().is_secure() {
        default(headers, STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Keeps pages and answers, which show what only one person may see, out of every cache.
pub async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    default(response.headers_mut(), CACHE_CONTROL, "no-store");
    response
}

fn default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}
