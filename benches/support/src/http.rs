//! Posts forms as a program does. HTTP/1.0, so that an answer ends where its connection ends.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// `name=value` of the session's cookie, if one was set.
    pub cookie: Option<String>,
    pub body: Value,
}

/// Calls a server function. `from` is the address that a trusted proxy would name.
pub async fn post(
    to: SocketAddr,
    endpoint: &str,
    cookie: &str,
    from: &str,
    fields: &[(&str, &str)],
) -> Result<Answer> {
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    let body = body.join("&");
    let request = format!(
        "POST /api/{endpoint} HTTP/1.0\r\nhost: {to}\r\naccept: application/json\r\ncookie: {cookie}\r\n\
         x-forwarded-for: {from}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(to).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8(answer)?;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .context("not an HTTP answer")?;
    let status: u16 = head.split(' ').nth(1).unwrap_or_default().parse()?;
    if status >= 400 {
        bail!("{endpoint} answered {status}: {body}");
    }
    let cookie = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .filter_map(|(_, value)| value.split(';').next())
        .find(|pair| pair.starts_with("colloquy="));
    let body = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(body)?
    };
    Ok(Answer {
        cookie: cookie.map(str::to_owned),
        body,
    })
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
