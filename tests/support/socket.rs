//! A protocol client over a real WebSocket: says messages, waits for messages, never sleeps.

use std::time::Duration;

use colloquy::{
    model::{PageId, PeerId},
    protocol::{self, ClientMessage, CloseCode, MediaState, Member, ServerMessage},
};
use futures::{SinkExt, StreamExt};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};
use uuid::Uuid;

/// Generous: tests wait for conditions, the machine may be slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// One open socket.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Everything heard so far, in order.
    pub heard: Vec<ServerMessage>,
}

/// How a socket ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Closed {
    With(CloseCode),
    Otherwise(Option<u16>),
}

impl Socket {
    /// Opens `ws://{address}/ws/{number}` with a cookie.
    ///
    /// # Errors
    /// The HTTP status that came instead of an upgrade.
    pub async fn open(address: &str, number: &str, cookie: &str) -> Result<Self, u16> {
        let mut request = format!("ws://{address}/ws/{number}")
            .into_client_request()
            .expect("a request");
        if !cookie.is_empty() {
            let value = HeaderValue::from_str(cookie).expect("a cookie");
            request.headers_mut().insert("cookie", value);
        }
        match timeout(PATIENCE, connect_async(request))
            .await
            .expect("an answer")
        {
            Ok((stream, _)) => Ok(Self {
                stream,
                heard: Vec::new(),
            }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no connection: {error}"),
        }
    }

    /// Says `join` as a fresh page and waits for the welcome.
    pub async fn join(&mut self) -> Joined {
        self.join_as(PageId(Uuid::from_u128(rand::random()))).await
    }

    /// Says `join` as `page` and waits for the welcome.
    pub async fn join_as(&mut self, page: PageId) -> Joined {
        let outcome = self.knock_as(page).await;
        outcome.unwrap_or_else(|closed| panic!("closed ({closed:?})"))
    }

    /// Says `join` as a fresh page and waits for the welcome or the end.
    pub async fn join_or_closed(&mut self) -> Result<Joined, Closed> {
        self.knock_as(PageId(Uuid::from_u128(rand::random()))).await
    }

    async fn knock_as(&mut self, page: PageId) -> Result<Joined, Closed> {
        let (version, media) = (protocol::VERSION, MediaState::default());
        let join = ClientMessage::Join {
            version,
            page,
            media,
        };
        // Who is closed before that hears it below.
        let _ = self
            .try_say_text(&serde_json::to_string(&join).expect("JSON"))
            .await;
        loop {
            let message = self.next().await?;
            self.heard.push(message.clone());
            if let ServerMessage::Welcome { you, members, .. } = message {
                return Ok(Joined {
                    page,
                    peer: you.peer,
                    you,
                    members,
                });
            }
        }
    }

    /// Sends a message.
    pub async fn say(&mut self, message: &ClientMessage) {
        let text = serde_json::to_string(message).expect("JSON");
        self.say_text(&text).await;
    }

    /// Sends any text.
    pub async fn say_text(&mut self, text: &str) {
        self.stream
            .send(Message::text(text))
            .await
            .expect("an open socket");
    }

    /// Sends any text, if the socket is still open.
    pub async fn try_say_text(&mut self, text: &str) -> bool {
        self.stream.send(Message::text(text)).await.is_ok()
    }

    /// Sends a binary frame.
    pub async fn say_bytes(&mut self, bytes: Vec<u8>) {
        self.stream
            .send(Message::binary(bytes))
            .await
            .expect("an open socket");
    }

    /// Waits for the first message that `wanted` picks, from now on.
    pub async fn wait<T>(&mut self, wanted: impl Fn(&ServerMessage) -> Option<T>) -> T {
        loop {
            match self.next().await {
                Ok(message) => {
                    let found = wanted(&message);
                    self.heard.push(message);
                    if let Some(found) = found {
                        return found;
                    }
                }
                Err(closed) => panic!("closed ({closed:?}) after {:?}", self.heard),
            }
        }
    }

    /// Waits until the server closes the socket.
    pub async fn closed(&mut self) -> Closed {
        loop {
            match self.next().await {
                Ok(message) => self.heard.push(message),
                Err(closed) => return closed,
            }
        }
    }

    /// Drops the connection without a goodbye.
    pub fn cut(self) {
        drop(self);
    }

    async fn next(&mut self) -> Result<ServerMessage, Closed> {
        loop {
            let frame = timeout(PATIENCE, self.stream.next())
                .await
                .expect("something in time");
            match frame {
                Some(Ok(Message::Text(text))) => {
                    let message = serde_json::from_str(&text);
                    return Ok(message.unwrap_or_else(|e| panic!("not a message: {text}: {e}")));
                }
                Some(Ok(Message::Close(frame))) => {
                    let number = frame.map(|frame| u16::from(frame.code));
                    let code = number.and_then(CloseCode::from_number);
                    return Err(code.map_or(Closed::Otherwise(number), Closed::With));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(Closed::Otherwise(None)),
            }
        }
    }
}

/// What the welcome told.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    pub page: PageId,
    pub peer: PeerId,
    pub you: Member,
    pub members: Vec<Member>,
}
