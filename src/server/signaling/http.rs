//! The way by plain HTTP requests, for networks that let no WebSocket through: four verbs, each a POST
//! with JSON; decides nothing about what is said.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{json, value::RawValue};

use super::{
    admit, converse,
    line::{Answer, LARGEST_BATCH, Line, Messages, Whose},
};
use crate::server::{
    Server,
    forms::{LONGEST_ARRIVAL, read},
    request::Request,
};

/// The most bytes that a request takes which carries no messages.
const LARGEST_REQUEST: usize = 1024;

pub(super) fn routes() -> Router<Server> {
    Router::new()
        .route("/signal/{number}/sign_in", post(sign_in))
        .route("/signal/{number}/message", post(message))
        .route("/signal/{number}/wait", post(wait))
        .route("/signal/{number}/sign_out", post(sign_out))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch<'a> {
    line: String,
    from: u64,
    /// Taken apart only once it is known whose they are.
    #[serde(borrow)]
    messages: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wait {
    line: String,
    after: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignOut {
    line: String,
}

/// Refuses with the status of the refusal, or opens a line and lets its conversation begin.
async fn sign_in(
    State(server): State<Server>,
    Path(number): Path<String>,
    caller: Request,
    body: Body,
) -> Result<Response, Response> {
    let SignIn {} = parse(body, LARGEST_REQUEST).await?;
    let admission = admit(&caller, &number).await?;
    let whose = Whose::of(&caller, admission.number());
    let opened = server.lines().open(whose);
    let (open, mut wire) = opened.map_err(IntoResponse::into_response)?;
    let answer = Json(json!({ "line": open.id() })).into_response();
    let hub = server.hub().clone();
    hub.spawn(async move {
        let code = converse(caller, admission, &mut wire).await;
        // The conversation's end of the line goes before the line does: what is still said to it is
        // dropped at once, and nobody hangs on it.
        drop(wire);
        open.end(code).await;
    });
    Ok(answer)
}

/// Takes a batch of messages, each of them once.
async fn message(
    State(server): State<Server>,
    Path(number): Path<String>,
    caller: Request,
    body: Body,
) -> Result<Response, Response> {
    let body = receive(body, LARGEST_BATCH).await?;
    let batch: Batch = serde_json::from_slice(&body).map_err(malformed)?;
    let line = find(&server, &caller, &number, &batch.line).ok_or_else(gone)?;
    let messages: Messages = serde_json::from_str(batch.messages.get()).map_err(malformed)?;
    let from = batch.from;
    // Not kept while the room is busy.
    drop(body);
    let taken = line.take(from, messages).await;
    taken.map_err(|_| nothing(StatusCode::TOO_MANY_REQUESTS))?;
    Ok(nothing(StatusCode::OK))
}

/// Answers as soon as there is something to say, or after a while without.
async fn wait(
    State(server): State<Server>,
    Path(number): Path<String>,
    caller: Request,
    body: Body,
) -> Result<Response, Response> {
    let wait: Wait = parse(body, LARGEST_REQUEST).await?;
    let line = find(&server, &caller, &number, &wait.line).ok_or_else(gone)?;
    let answer = line.wait(wait.after).await;
    answer.map(written).ok_or_else(gone)
}

/// Hangs up, as closing a socket does.
async fn sign_out(
    State(server): State<Server>,
    Path(number): Path<String>,
    caller: Request,
    body: Body,
) -> Result<Response, Response> {
    let SignOut { line } = parse(body, LARGEST_REQUEST).await?;
    let line = find(&server, &caller, &number, &line).ok_or_else(gone)?;
    line.hang_up().await;
    Ok(nothing(StatusCode::OK))
}

/// The line of that name, if it is this browser's and leads to this interview. Everybody else is told
/// the same as of one that never was.
fn find(server: &Server, caller: &Request, number: &str, line: &str) -> Option<Arc<Line>> {
    let number = number.parse().ok()?;
    let whose = Whose::of(caller, number);
    server.lines().find(line, &whose)
}

async fn parse<T: DeserializeOwned>(body: Body, largest: usize) -> Result<T, Response> {
    let body = receive(body, largest).await?;
    serde_json::from_slice(&body).map_err(malformed)
}

async fn receive(body: Body, largest: usize) -> Result<Bytes, Response> {
    let body = read(body, largest, LONGEST_ARRIVAL).await;
    body.map_err(nothing)
}

fn malformed(_: serde_json::Error) -> Response {
    nothing(StatusCode::BAD_REQUEST)
}

fn gone() -> Response {
    nothing(StatusCode::NOT_FOUND)
}

fn nothing(status: StatusCode) -> Response {
    (status, Json(json!({}))).into_response()
}

/// The frames are JSON already.
fn written(answer: Answer) -> Response {
    let Answer {
        first,
        frames,
        closed,
    } = answer;
    let frames: Vec<&str> = frames.iter().map(|frame| frame.as_str()).collect();
    let closed = closed.map_or_else(|| "null".to_owned(), |code| code.number().to_string());
    let text = format!(
        r#"{{"first":{first},"frames":[{}],"closed":{closed}}}"#,
        frames.join(",")
    );
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}
