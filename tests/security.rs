//! What other sites, curious programs and thieves must not be able to do, over a real port.

mod support;

use std::collections::BTreeSet;

use colloquy::api::ApiError;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::{Method, StatusCode};
use support::{PASSWORD, TestServer};

/// Pages that everybody may open.
const PAGES: [&str; 4] = ["/", "/sign-in", "/sign-up", "/join"];

/// The verbs of a room over plain HTTP.
const LINES: [&str; 4] = [
    "/signal/000000/sign_in",
    "/signal/000000/message",
    "/signal/000000/wait",
    "/signal/000000/sign_out",
];

fn endpoints() -> BTreeSet<&'static str> {
    let endpoints: BTreeSet<&'static str> = server_fn_paths().map(|(path, _)| path).collect();
    assert!(
        endpoints.len() >= 20 && endpoints.contains("/api/sign_in"),
        "{endpoints:?}"
    );
    endpoints
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn server_functions_take_post_and_nothing_else() {
    for (path, method) in server_fn_paths() {
        assert_eq!(method, Method::POST, "{path}");
        assert!(path.starts_with("/api/"), "{path}");
    }
    let server = TestServer::start().await;
    let somebody = server.stranger();
    for path in endpoints().into_iter().chain(LINES) {
        for method in [
            Method::GET,
            Method::HEAD,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ] {
            let request = somebody.request(method.clone(), path);
            let status = request.send().await.expect("an answer").status();
            assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn other_sites_change_nothing() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    let foreign = [
        ("origin", "https://evil.example".to_owned()),
        ("origin", "null".to_owned()),
        ("origin", format!("https://{}", server.address)),
        ("origin", "http://127.0.0.1:1".to_owned()),
        ("sec-fetch-site", "cross-site".to_owned()),
        ("sec-fetch-site", "same-site".to_owned()),
    ];
    for path in endpoints().into_iter().chain(LINES) {
        for (name, value) in &foreign {
            let request = anna.request(Method::POST, path).header(*name, value);
            let status = request.send().await.expect("an answer").status();
            assert_eq!(status, StatusCode::FORBIDDEN, "{path} {name}: {value}");
        }
    }
    assert!(anna.is_signed_in().await, "nobody signed her out");
    let own = [
        ("origin", format!("http://{}", server.address)),
        ("sec-fetch-site", "same-origin".to_owned()),
    ];
    for (name, value) in own {
        let request = anna
            .request(Method::POST, "/api/sign_out")
            .header(name, value);
        assert_eq!(
            request.send().await.expect("an answer").status(),
            StatusCode::OK,
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn other_sites_open_no_socket() {
    let server = TestServer::start().await;
    let own = format!("http://{}", server.address);
    let cases: [(&[(&str, &str)], bool); 5] = [
        (&[], false),
        (&[("origin", &own)], false),
        (&[("origin", "https://evil.example")], true),
        (&[("origin", "null")], true),
        (&[("sec-fetch-site", "same-origin")], true),
    ];
    for (headers, refused) in cases {
        let mut request = server
            .stranger()
            .request(Method::GET, "/ws/000000")
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.expect("an answer");
        let text = answer.text().await.expect("text");
        assert_eq!(
            text.contains("another site"),
            refused,
            "{headers:?}: {text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_carries_the_security_headers() {
    let server = TestServer::start().await;
    let somebody = server.stranger();
    let others = [
        "/healthz",
        "/readyz",
        "/no-such-page",
        "/api/no_such_function",
        "/interviews",
    ];
    for path in PAGES.iter().chain(&others) {
        let answer = somebody.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        let permissions = answer.header("permissions-policy");
        for device in ["camera", "microphone", "display-capture"] {
            assert!(
                permissions.contains(&format!("{device}=(self)")),
                "{path}: {permissions}"
            );
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
        assert_eq!(
            answer
                .headers
                .get_all("content-security-policy")
                .iter()
                .count(),
            1,
            "{path}"
        );
    }
    let posted = somebody.post("sign_in", &[]).await;
    assert!(
        posted
            .header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert_eq!(posted.header("cache-control"), "no-store");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_run_only_their_own_scripts() {
    let server = TestServer::start().await;
    let mut nonces = BTreeSet::new();
    for path in PAGES {
        let page = server.stranger().get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        let policy = page.header("content-security-policy");
        let (_, rest) = policy
            .split_once("'nonce-")
            .unwrap_or_else(|| panic!("{path}: {policy}"));
        let nonce = rest.split('\'').next().expect("a nonce");
        assert!(
            nonce.len() >= 16 && nonces.insert(nonce.to_owned()),
            "{path}: {nonce}"
        );
        for script in page.body.split("<script").skip(1) {
            let tag = script.split('>').next().expect("a tag");
            assert!(
                tag.contains(&format!("nonce=\"{nonce}\"")),
                "{path}: <script{tag}>"
            );
        }
        assert!(
            !page.body.contains(" style=\""),
            "{path} has an inline style"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn unknown_paths_are_pages_with_404() {
    let server = TestServer::start().await;
    let page = server.stranger().get("/no-such-page").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("<html"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn session_cookies_are_guarded() {
    let server = TestServer::start().await;
    let anna = server.stranger();
    let answer = anna.sign_up("anna").await;
    let cookie = answer.cookie("colloquy").expect("a cookie").to_owned();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert!(
        server
            .stranger()
            .get("/sign-in")
            .await
            .cookie("colloquy")
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn https_makes_cookies_secure_and_says_so() {
    let server = TestServer::start_with(|config| {
        config.public_url = "https://interviews.example".parse().expect("an address");
    })
    .await;
    let anna = server.stranger();
    let answer = anna.sign_up("anna").await;
    assert!(
        answer
            .cookie("colloquy")
            .expect("a cookie")
            .contains("; Secure")
    );
    assert!(
        answer
            .header("strict-transport-security")
            .starts_with("max-age=")
    );
    let chosen = anna.post("choose_language", &[("language", "zh")]).await;
    assert!(
        chosen
            .cookie("language")
            .expect("a cookie")
            .contains("; Secure")
    );
    let request = anna.request(Method::POST, "/api/sign_out");
    let foreign = request
        .header("origin", format!("http://{}", server.address))
        .send()
        .await;
    assert_eq!(foreign.expect("an answer").status(), StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_known_from_before_signing_in_is_worth_nothing() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    let first = anna.cookies();
    anna.sign_in("anna", PASSWORD).await.expect_done();
    assert_ne!(first, anna.cookies());
    let thief = server.stranger();
    thief.take_cookies(&first);
    assert!(!thief.is_signed_in().await);
    let second = anna.cookies();
    thief.take_cookies(&second);
    assert!(thief.is_signed_in().await, "the cookie is what counts");
    anna.post("sign_out", &[]).await.expect_done();
    assert!(!thief.is_signed_in().await, "until it is signed out");
    let made_up = server.stranger();
    made_up.take_cookies("colloquy=AAAAAAAAAAAAAAAAAAAAAA");
    assert!(!made_up.is_signed_in().await);
    made_up.sign_in("anna", PASSWORD).await.expect_done();
    assert!(
        !made_up.cookies().contains("AAAAAAAAAAAAAAAAAAAAAA"),
        "nobody chooses his own id"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn next_leads_nowhere_else() {
    let server = TestServer::start().await;
    let anna = server.sign_up("anna").await;
    let check = |next: &'static str, expected: &'static str| {
        let fields = [("language", "en"), ("next", next)];
        let anna = &anna;
        async move {
            assert_eq!(
                anna.post("choose_language", &fields).await.location(),
                expected,
                "{next}"
            )
        }
    };
    check("/settings", "/settings").await;
    check("//evil.example", "/interviews").await;
    check("https://evil.example", "/interviews").await;
    check("/\\evil.example", "/interviews").await;
    check("/a\r\nset-cookie: colloquy=x", "/interviews").await;
    check("", "/interviews").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn refused_forms_come_back_filled_in_but_without_secrets() {
    let server = TestServer::start().await;
    let fields = [
        ("user_name", "anna k"),
        ("display_name", "Anna"),
        ("password", PASSWORD),
    ];
    let answer = server
        .stranger()
        .post_form("/sign-up?next=%2Fjoin", "sign_up", &fields)
        .await;
    assert_eq!(answer.status, 302);
    let location = answer.location();
    let expected = format!("http://{}/sign-up?next=%2Fjoin&__path=", server.address);
    assert!(location.starts_with(&expected), "{location}");
    assert!(
        location.contains("__err=") && location.contains("user_name=anna+k"),
        "{location}"
    );
    assert!(!location.contains("horse"), "{location}");
    let done = [
        ("user_name", "anna"),
        ("display_name", "Anna"),
        ("password", PASSWORD),
    ];
    let answer = server
        .stranger()
        .post_form("/sign-up", "sign_up", &done)
        .await;
    assert_eq!((answer.status, answer.location()), (302, "/interviews"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn too_large_a_body_is_refused() {
    let server = TestServer::start().await;
    let large = "x".repeat(64 * 1024);
    let answer = server.stranger().sign_in("anna", &large).await;
    assert_eq!(answer.status, 413);
    let answer = server.stranger().sign_in("anna", &large[..32 * 1024]).await;
    assert_eq!(answer.error(), Some(ApiError::WrongCredentials));
}
