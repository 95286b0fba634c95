//! The files that are sent, and how.

use super::*;

#[test]
fn text_says_its_character_set() {
    let check = |path: &str, expected: &str| assert_eq!(content_type(path), expected);
    check("pkg/colloquy.css", "text/css; charset=utf-8");
    check("pkg/colloquy.js", "text/javascript; charset=utf-8");
    check("pkg/colloquy.wasm", "application/wasm");
    check("icon.svg", "image/svg+xml");
    check("robots.txt", "text/plain; charset=utf-8");
}

#[test]
fn pages_name_files_by_version() {
    let options = leptos_options(SocketAddr::from(([127, 0, 0, 1], 3000)));
    assert_eq!(&*options.site_pkg_dir, format!("pkg/{}", *VERSION));
    assert_eq!(style_url(), format!("/pkg/{}/colloquy.css", *VERSION));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    for path in ["colloquy.zip", "0000/colloquy.js", "../../Cargo.toml", ""] {
        let response = built_file(Path(path.to_owned()), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_known_file_is_not_sent_again() {
    // Only a built site has files; the browsers' tests never run without one.
    let has_small_form = |path: &str| Site::get(&format!("{path}.br")).is_some();
    let Some(path) = Site::iter().find(|path| path.starts_with("pkg/") && has_small_form(path))
    else {
        return;
    };
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("br, gzip"));
    let first = respond(&path, &headers, Caching::Forever);
    assert_eq!(first.status(), StatusCode::OK);
    assert_eq!(first.headers()[VARY], "accept-encoding");

    headers.insert(IF_NONE_MATCH, first.headers()[ETAG].clone());
    let second = respond(&path, &headers, Caching::Forever);
    assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(second.headers()[ETAG], first.headers()[ETAG]);

    headers.remove(ACCEPT_ENCODING);
    let plain = respond(&path, &headers, Caching::Never);
    assert_eq!(plain.status(), StatusCode::OK);
    assert!(!plain.headers().contains_key(CONTENT_ENCODING));
}
