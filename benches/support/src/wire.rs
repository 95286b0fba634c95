//! A WebSocket as a client (RFC 6455), as cheap as it can be: what is measured is the server. Knows frames, not what
//! they say.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;
const LAST: u8 = 0x80;
const MASKED: u8 = 0x80;
/// A mask of zeros is a mask, and changes nothing.
const MASK: [u8; 4] = [0; 4];

/// One open socket.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    inbox: Vec<u8>,
    /// How much of the inbox was taken.
    taken: usize,
}

/// A whole frame of the inbox.
#[derive(Debug)]
pub enum Frame<'a> {
    Text(&'a [u8]),
    Binary(&'a [u8]),
    Ping(Vec<u8>),
    Close(u16),
    Other,
}

impl Wire {
    /// Connects and upgrades.
    pub async fn open(to: SocketAddr, path: &str, cookie: &str) -> Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        let mut wire = Self {
            stream,
            inbox: Vec::new(),
            taken: 0,
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {to}\r\ncookie: {cookie}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        wire.stream.write_all(request.as_bytes()).await?;
        loop {
            let end = wire
                .inbox
                .windows(4)
                .position(|window| window == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8_lossy(&wire.inbox[..end]);
                if !head.starts_with("HTTP/1.1 101") {
                    bail!("no upgrade: {}", head.lines().next().unwrap_or_default());
                }
                wire.taken = end + 4;
                return Ok(wire);
            }
            if wire.fill().await? == 0 {
                bail!("closed before the upgrade");
            }
        }
    }

    /// Waits for more bytes; none at the end. May be dropped at any time without loss.
    pub async fn fill(&mut self) -> Result<usize> {
        if self.taken > 0 {
            self.inbox.drain(..self.taken);
            self.taken = 0;
        }
        Ok(self.stream.read_buf(&mut self.inbox).await?)
    }

    /// The next whole frame of what has come.
    pub fn take(&mut self) -> Result<Option<Frame<'_>>> {
        let rest = &self.inbox[self.taken..];
        let [kind, length, ..] = *rest else {
            return Ok(None);
        };
        let (head, length) = match length {
            126 if rest.len() >= 4 => (4, usize::from(u16::from_be_bytes([rest[2], rest[3]]))),
            127 if rest.len() >= 10 => {
                let bytes: [u8; 8] = rest[2..10].try_into()?;
                (10, usize::try_from(u64::from_be_bytes(bytes))?)
            }
            126 | 127 => return Ok(None),
            length if length & MASKED == 0 => (2, usize::from(length)),
            _ => bail!("a masked frame of a server"),
        };
        let Some(body) = rest.get(head..head + length) else {
            return Ok(None);
        };
        self.taken += head + length;
        Ok(Some(match kind & 0x0f {
            TEXT if kind & LAST != 0 => Frame::Text(body),
            BINARY if kind & LAST != 0 => Frame::Binary(body),
            PING => Frame::Ping(body.to_vec()),
            CLOSE => Frame::Close(match body {
                [high, low, ..] => u16::from_be_bytes([*high, *low]),
                _ => 1005,
            }),
            _ => Frame::Other,
        }))
    }

    /// Sends one text frame.
    pub async fn send(&mut self, text: &str) -> Result<()> {
        self.write(TEXT, text.as_bytes()).await
    }

    /// Sends one binary frame.
    pub async fn send_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.write(BINARY, bytes).await
    }

    /// Answers a ping.
    pub async fn pong(&mut self, body: &[u8]) -> Result<()> {
        self.write(PONG, body).await
    }

    async fn write(&mut self, kind: u8, body: &[u8]) -> Result<()> {
        let mut frame = Vec::with_capacity(body.len() + 8);
        frame.push(LAST | kind);
        match u8::try_from(body.len()) {
            Ok(length) if length < 126 => frame.push(MASKED | length),
            _ => {
                let length = u16::try_from(body.len()).context("too long a frame")?;
                frame.push(MASKED | 126);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend(MASK);
        frame.extend(body);
        self.stream.write_all(&frame).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pair() -> (Wire, TcpStream) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        let stream = TcpStream::connect(address).await.expect("a connection");
        let (other, _) = listener.accept().await.expect("a connection");
        (
            Wire {
                stream,
                inbox: Vec::new(),
                taken: 0,
            },
            other,
        )
    }

    #[tokio::test]
    async fn frames_are_found_wherever_they_were_cut() {
        let (mut wire, mut server) = pair().await;
        let long = "x".repeat(300);
        let mut bytes = vec![0x81, 2, b'h', b'i', 0x89, 1, b'p', 0x81, 126, 1, 44];
        bytes.extend(long.as_bytes());
        bytes.extend([0x82, 3, 1, 2, 3, 0x88, 2, 0x0f, 0xa7]);
        let mut seen = Vec::new();
        for byte in bytes {
            server.write_all(&[byte]).await.expect("an open socket");
            wire.fill().await.expect("an open socket");
            while let Some(frame) = wire.take().expect("frames") {
                seen.push(match frame {
                    Frame::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    Frame::Binary(bytes) => format!("{bytes:?}"),
                    Frame::Ping(body) => format!("ping {}", body.len()),
                    Frame::Close(code) => format!("close {code}"),
                    Frame::Other => "other".to_owned(),
                });
            }
        }
        assert_eq!(
            seen,
            ["hi", "ping 1", long.as_str(), "[1, 2, 3]", "close 4007"]
        );
    }

    #[tokio::test]
    async fn what_is_sent_is_masked() {
        let (mut wire, mut server) = pair().await;
        wire.send("hi").await.expect("an open socket");
        let mut bytes = [0; 8];
        server.read_exact(&mut bytes).await.expect("an open socket");
        assert_eq!(bytes, [0x81, 0x82, 0, 0, 0, 0, b'h', b'i']);
    }
}
