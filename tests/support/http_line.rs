//! A protocol client that sends plain HTTP requests and nothing else, written from docs/protocol.md.

use std::collections::VecDeque;

use colloquy::protocol::ServerMessage;
use reqwest::Client;
use serde_json::{Value, json};

/// One line, or what a browser believes to be one.
pub struct HttpLine {
    client: Client,
    /// As `http://127.0.0.1:PORT/signal/NUMBER`.
    base: String,
    cookie: String,
    pub line: String,
    /// How many messages the server has taken.
    pub said: u64,
    /// The number of the last frame that came.
    pub after: u64,
    frames: VecDeque<Value>,
}

/// What a wait told last.
#[derive(Debug, PartialEq, Eq)]
pub enum LineEnd {
    Closed(u16),
    Gone,
}

impl HttpLine {
    /// Signs in with a cookie.
    ///
    /// # Errors
    /// The status that refused.
    pub async fn open(address: &str, number: &str, cookie: &str) -> Result<Self, u16> {
        let mut line = Self {
            client: Client::new(),
            base: format!("http://{address}/signal/{number}"),
            cookie: cookie.to_owned(),
            line: String::new(),
            said: 0,
            after: 0,
            frames: VecDeque::new(),
        };
        let (status, answer) = line.post("sign_in", &json!({})).await;
        if status != 200 {
            return Err(status);
        }
        line.line = answer["line"].as_str().expect("a name").to_owned();
        Ok(line)
    }

    /// The same line in the hands of another browser.
    pub fn stolen_by(&self, cookie: &str) -> Self {
        Self {
            client: Client::new(),
            base: self.base.clone(),
            cookie: cookie.to_owned(),
            line: self.line.clone(),
            said: self.said,
            after: self.after,
            frames: VecDeque::new(),
        }
    }

    /// Any request: the status and the JSON that came back.
    pub async fn post(&self, verb: &str, body: &Value) -> (u16, Value) {
        let request = self.request(verb).body(body.to_string());
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let text = response.text().await.expect("text");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Any request, not sent yet.
    pub fn request(&self, verb: &str) -> reqwest::RequestBuilder {
        let request = self.client.post(format!("{}/{verb}", self.base));
        let request = request.header("content-type", "application/json");
        match self.cookie.as_str() {
            "" => request,
            cookie => request.header("cookie", cookie),
        }
    }

    /// Sends messages with their numbers; they count as said only when the answer has come.
    pub async fn say(&mut self, messages: &[Value]) -> u16 {
        let (status, _) = self.message(self.said + 1, messages).await;
        if status == 200 {
            self.said += messages.len() as u64;
        }
        status
    }

    /// Sends messages from a number on.
    pub async fn message(&self, from: u64, messages: &[Value]) -> (u16, Value) {
        let body = json!({ "line": self.line, "from": from, "messages": messages });
        self.post("message", &body).await
    }

    /// Waits for what comes after a number.
    pub async fn wait_after(&self, after: u64) -> (u16, Value) {
        let body = json!({ "line": self.line, "after": after });
        self.post("wait", &body).await
    }

    pub async fn sign_out(&self) -> u16 {
        self.post("sign_out", &json!({ "line": self.line })).await.0
    }

    /// The next message, binary frames passed over, or how the line ended.
    pub async fn next(&mut self) -> Result<ServerMessage, LineEnd> {
        loop {
            let frame = self.next_frame().await?;
            if !frame.is_string() {
                let text = frame.to_string();
                let message = serde_json::from_value(frame);
                return Ok(message.unwrap_or_else(|e| panic!("not a message: {text}: {e}")));
            }
        }
    }

    /// The next frame of either kind, or how the line ended.
    pub async fn next_frame(&mut self) -> Result<Value, LineEnd> {
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return Ok(frame);
            }
            let (status, answer) = self.wait_after(self.after).await;
            if status == 404 {
                return Err(LineEnd::Gone);
            }
            assert_eq!(status, 200, "{answer}");
            let first = answer["first"].as_u64().expect("a number");
            let frames = answer["frames"].as_array().expect("frames");
            assert!(first <= self.after + 1, "a gap: {answer}");
            let known = (self.after + 1 - first) as usize;
            self.frames.extend(frames.iter().skip(known).cloned());
            self.after = self.after.max(first + frames.len() as u64 - 1);
            if let (true, Some(code)) = (self.frames.is_empty(), answer["closed"].as_u64()) {
                return Err(LineEnd::Closed(code as u16));
            }
        }
    }
}
