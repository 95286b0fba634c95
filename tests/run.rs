//! What the server gives to browsers that run code: the sandbox with its policy, the packs, and nothing else.

mod support;

use reqwest::{Method, StatusCode};
use support::{Answer, TestServer};

const POLICY_START: &str = "sandbox allow-scripts; default-src 'none'; script-src 'sha256-";
const POLICY_END: &str = "' blob: 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'";
/// Of what is no page.
const NOTHING_ALLOWED: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Only a built site has the files; the browsers' tests never run without one.
async fn is_built(server: &TestServer) -> bool {
    server.stranger().get("/run/packs.json").await.status == 200
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_sandbox_may_reach_nothing() {
    let server = TestServer::start().await;
    if !is_built(&server).await {
        return;
    }
    let answer = server.stranger().get("/run/sandbox.html").await;
    assert_eq!(answer.status, 200);
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with(POLICY_START), "{policy}");
    assert!(policy.ends_with(POLICY_END), "{policy}");
    let digest = &policy[POLICY_START.len()..policy.len() - POLICY_END.len()];
    assert_eq!(digest.len(), 44, "{digest}");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    assert!(
        answer
            .header("permissions-policy")
            .contains("camera=(self)"),
        "a frame of no origin is not the site itself"
    );
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn packs_are_files_and_no_pages() {
    let server = TestServer::start().await;
    if !is_built(&server).await {
        return;
    }
    let somebody = server.stranger();
    for (path, content_type) in [
        ("packs.json", "application/json"),
        ("javascript.js", "text/javascript; charset=utf-8"),
        ("typescript.js", "text/javascript; charset=utf-8"),
        ("python.js", "text/javascript; charset=utf-8"),
        ("sql.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = somebody.get(&format!("/run/{path}")).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), content_type, "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        expect_default(&answer, path);
    }
    let list = somebody.get("/run/packs.json").await.body;
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    for language in ["javascript", "typescript", "python", "sql"] {
        assert!(list[language]["script"]["bytes"].is_u64(), "{language}");
        for file in list[language]["files"].as_array().expect("a list") {
            let path = file["path"].as_str().expect("a path");
            // The text of an answer would be read in vain: these are large.
            let request = somebody.request(Method::HEAD, &format!("/run/{path}"));
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            assert_eq!(
                answer.headers()["cache-control"],
                "public, max-age=31536000, immutable",
                "{path}"
            );
            assert_eq!(
                answer.headers()["content-security-policy"],
                NOTHING_ALLOWED,
                "{path}"
            );
        }
    }
}

fn expect_default(answer: &Answer, path: &str) {
    let policy = answer.header("content-security-policy");
    assert_eq!(policy, NOTHING_ALLOWED, "{path}");
    assert_eq!(answer.header("set-cookie"), "", "{path}");
    assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_else_is_under_run() {
    let server = TestServer::start().await;
    let somebody = server.stranger();
    for path in [
        "/run/",
        "/run/nothing",
        "/run/sandbox.js",
        "/run/python.js.br",
        "/run/python.js.gz",
        "/run/0000000000000000/sandbox.html",
        "/run/0000000000000000/packs.json",
        "/run/pyodide-0.0.0/pyodide.asm.wasm",
        "/run/colloquy.css",
        "/run/pkg/colloquy.css",
        "/run/..%2Ficon.svg",
        "/run/..%2Fpkg%2Fcolloquy.css",
        "/run/%2Fetc%2Fpasswd",
    ] {
        let answer = somebody.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let request = somebody.request(method.clone(), "/run/sandbox.html");
        let status = request.send().await.expect("an answer").status();
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_may_frame_the_sandbox_and_are_framed_by_nobody() {
    let server = TestServer::start().await;
    let answer = server.stranger().get("/sign-in").await;
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "frame-src 'self'",
        "frame-ancestors 'none'",
    ] {
        let is_there = policy.split(';').any(|directive| directive.trim() == part);
        assert!(is_there, "{part}: {policy}");
    }
    assert!(!policy.contains("worker-src"), "{policy}");
}
