//! The site folder inside the program: client, styles, icons. Serves its files and names their
//! addresses; knows nothing of pages.

use std::{
    env,
    hash::{DefaultHasher, Hasher as _},
    net::SocketAddr,
    sync::LazyLock,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Path,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
            VARY,
        },
    },
    response::{IntoResponse as _, Response},
    routing::get,
};
use leptos::config::LeptosOptions;
use rust_embed::{EmbeddedFile, RustEmbed};

mod negotiation;

/// The folder of what running code needs.
const PACKS: &str = "run/";
/// Stands inside a page and is served nowhere else.
const SANDBOX_SCRIPT: &str = "run/sandbox.js";

/// The name of the client program's files and of the style sheet.
pub const OUTPUT_NAME: &str = "colloquy";

// A checkout that was not built yet has no such folder and still compiles.
#[derive(RustEmbed)]
#[folder = "target/site"]
#[allow_missing = true]
struct Site;

/// How long a browser may use a file without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caching {
    /// The address changes with the content.
    Forever,
    /// For files whose names are known elsewhere.
    AnHour,
    /// Asks each time.
    Never,
}

impl Caching {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::AnHour => "public, max-age=3600",
            Self::Never => "no-cache",
        })
    }
}

/// Changes whenever a file of the site does.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    for path in Site::iter() {
        hasher.write(path.as_bytes());
        // A pack's own version stands in its path, and to read all of it would delay a server that is not optimised.
        if !is_of_pack(&path)
            && let Some(file) = Site::get(&path)
        {
            hasher.write(&file.metadata.sha256_hash());
        }
    }
    format!("{:016x}", hasher.finish())
});

/// The folder of the built files as a page names it. cargo-leptos changes them under a running server
/// and looks for them at the plain address, which it hands over.
static PACKAGE_FOLDER: LazyLock<String> = LazyLock::new(|| {
    env::var("LEPTOS_SITE_PKG_DIR").unwrap_or_else(|_| format!("pkg/{}", *VERSION))
});

/// The routes of all files: what is built under `/pkg`, what is static at the root.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let mut routes = Router::new().route("/pkg/{*path}", get(built_file));
    let is_static = |path: &str| !path.starts_with("pkg/") && !path.starts_with(PACKS);
    for path in Site::iter().filter(|path| is_static(path) && !is_compressed(path)) {
        let address = format!("/{path}");
        let answer = move |headers: HeaderMap| {
            let answer = respond(&path, &headers, Caching::AnHour);
            async move { answer }
        };
        routes = routes.route(&address, get(answer));
    }
    routes
}

/// What the pages must know to load the client program, for a server at `address`.
pub fn leptos_options(address: SocketAddr) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name(OUTPUT_NAME)
        .site_pkg_dir(PACKAGE_FOLDER.as_str())
        .site_addr(address)
        .reload_port(reload_port())
        .build()
}

/// Where a page hears from cargo-leptos that it must load again; None unless cargo-leptos watches.
pub fn reload_source() -> Option<String> {
    env::var_os("LEPTOS_WATCH")?;
    Some(format!(
        "ws://127.0.0.1:{0} ws://localhost:{0}",
        reload_port()
    ))
}

fn reload_port() -> u32 {
    let port = env::var("LEPTOS_RELOAD_PORT").ok();
    port.and_then(|port| port.parse().ok()).unwrap_or(3001)
}

/// The address of the style sheet.
pub fn style_url() -> String {
    format!("/{}/{OUTPUT_NAME}.css", *PACKAGE_FOLDER)
}

/// `/pkg/{version}/{file}`, and `/pkg/{file}` for cargo-leptos. An address with another version is
/// not found: its page is older than this server, and these files would not fit it.
async fn built_file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    match without_version(&path) {
        (file, true) => respond(&format!("pkg/{file}"), &headers, Caching::Forever),
        (file, false) => respond(&format!("pkg/{file}"), &headers, Caching::Never),
    }
}

/// The path without the version that it begins with, and whether it did.
pub fn without_version(path: &str) -> (&str, bool) {
    let file = path
        .strip_prefix(VERSION.as_str())
        .and_then(|rest| rest.strip_prefix('/'));
    file.map_or((path, false), |file| (file, true))
}

/// A file that running code needs. Files of a pack are in a folder that names the pack's version.
pub fn pack_file(file: &str, is_versioned: bool, headers: &HeaderMap) -> Response {
    let path = format!("{PACKS}{file}");
    // A server for development reads a folder, in which `..` leads back out of this one.
    let leaves = file
        .split('/')
        .any(|part| part.is_empty() || part.starts_with('.'));
    if leaves || path == SANDBOX_SCRIPT || is_compressed(&path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let caching = if is_versioned || is_of_pack(&path) {
        Caching::Forever
    } else {
        Caching::Never
    };
    respond(&path, headers, caching)
}

/// The sandbox's own script, to be put into its page; None when the site was not built.
pub fn sandbox_script() -> Option<String> {
    let file = Site::get(SANDBOX_SCRIPT)?;
    String::from_utf8(file.data.into_owned()).ok()
}

/// As for every file, by whether its address changes with its content.
pub fn cache_control(is_versioned: bool) -> HeaderValue {
    let caching = if is_versioned {
        Caching::Forever
    } else {
        Caching::Never
    };
    caching.header()
}

fn is_of_pack(path: &str) -> bool {
    path.strip_prefix(PACKS)
        .is_some_and(|file| file.contains('/'))
}

fn respond(path: &str, headers: &HeaderMap, caching: Caching) -> Response {
    let Some(plain) = Site::get(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (file, encoding) = compressed(path, &plain, headers)
        .map_or((plain, None), |(file, encoding)| (file, Some(encoding)));
    let tag = entity_tag(&file);
    let is_known = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|known| negotiation::names(known, &tag));

    let mut response = Response::new(Body::empty());
    let answer = response.headers_mut();
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    answer.insert(CACHE_CONTROL, caching.header());
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.insert(ETAG, tag);
    }
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    if let Ok(content_type) = HeaderValue::from_str(&content_type(path)) {
        answer.insert(CONTENT_TYPE, content_type);
    }
    if let Some(encoding) = encoding {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    *response.body_mut() = Body::from(bytes(file));
    response
}

/// The compressed form of a file that the browser likes best, with the name of its encoding.
fn compressed(
    path: &str,
    plain: &EmbeddedFile,
    headers: &HeaderMap,
) -> Option<(EmbeddedFile, &'static str)> {
    let accepted: Vec<&str> = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    negotiation::encodings(&accepted.join(",")).find_map(|encoding| {
        let file = Site::get(&format!("{path}{}", encoding.suffix))?;
        // A form older than its file is left over from another build.
        (file.metadata.last_modified() >= plain.metadata.last_modified())
            .then_some((file, encoding.name))
    })
}

fn is_compressed(path: &str) -> bool {
    negotiation::ENCODINGS
        .iter()
        .any(|encoding| path.ends_with(encoding.suffix))
}

/// Differs between the encodings of one file too, as strong tags must.
fn entity_tag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let digits: String = hash
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{digits}\"")
}

fn content_type(path: &str) -> String {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    if guess.type_() == mime_guess::mime::TEXT {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    }
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        std::borrow::Cow::Borrowed(data) => Bytes::from_static(data),
        std::borrow::Cow::Owned(data) => Bytes::from(data),
    }
}

#[cfg(test)]
mod tests;
