//! A protocol client over a real WebSocket or over plain HTTP: says messages, waits for messages, never
//! sleeps.

mod wire;

use std::time::{Duration, Instant};

use base64::{Engine, engine::general_purpose::STANDARD};
use colloquy::{
    model::{PageId, PeerId},
    protocol::{
        self, ClientMessage, CloseCode, MediaState, Member, ServerMessage,
        document::{ClientFrame, ServerFrame},
    },
};
use futures::SinkExt;
use serde_json::Value;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message},
};
use uuid::Uuid;

use super::http_line::{HttpLine, LineEnd};
use wire::{frame, next_frame, request};

/// Generous: tests wait for conditions, the machine may be slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// By which way a client talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    WebSocket,
    Http,
}

impl By {
    pub const BOTH: [Self; 2] = [Self::WebSocket, Self::Http];
}

/// One open socket, or a line of HTTP requests.
pub struct Socket {
    way: Way,
    /// Everything heard so far, in order.
    pub heard: Vec<ServerMessage>,
    /// Every binary frame so far, in order.
    pub seen: Vec<ServerFrame>,
    /// Everything that came, as it came, base64 apart.
    pub bytes: Vec<u8>,
}

/// What came by a socket.
#[derive(Clone, Debug)]
pub enum Came {
    Message(ServerMessage),
    Frame(ServerFrame),
}

#[allow(clippy::large_enum_variant, reason = "a few in each test")]
enum Way {
    WebSocket(WebSocketStream<MaybeTlsStream<TcpStream>>),
    Http(HttpLine),
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
        let request = request(address, number, cookie);
        match timeout(PATIENCE, connect_async(request))
            .await
            .expect("an answer")
        {
            Ok((stream, _)) => Ok(Self::over(Way::WebSocket(stream))),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no connection: {error}"),
        }
    }

    /// Opens a WebSocket, if there is a server that lets one in.
    pub async fn open_or_refused(address: &str, number: &str, cookie: &str) -> Option<Self> {
        let opened = connect_async(request(address, number, cookie)).await;
        Some(Self::over(Way::WebSocket(opened.ok()?.0)))
    }

    /// Opens either way with a cookie.
    ///
    /// # Errors
    /// The HTTP status that refused.
    pub async fn open_by(by: By, address: &str, number: &str, cookie: &str) -> Result<Self, u16> {
        match by {
            By::WebSocket => Self::open(address, number, cookie).await,
            By::Http => Ok(Self::over(Way::Http(
                HttpLine::open(address, number, cookie).await?,
            ))),
        }
    }

    fn over(way: Way) -> Self {
        Self {
            way,
            heard: Vec::new(),
            seen: Vec::new(),
            bytes: Vec::new(),
        }
    }

    /// The line, for those who count themselves.
    pub fn line(&mut self) -> &mut HttpLine {
        match &mut self.way {
            Way::Http(line) => line,
            Way::WebSocket(_) => panic!("not a line"),
        }
    }

    /// Says `join` as a fresh page and waits for the welcome.
    pub async fn join(&mut self) -> Joined {
        self.join_as(fresh_page()).await
    }

    /// Says `join` as `page` and waits for the welcome.
    pub async fn join_as(&mut self, page: PageId) -> Joined {
        let outcome = self.try_join_as(page).await;
        outcome.unwrap_or_else(|closed| panic!("closed ({closed:?})"))
    }

    /// Says `join` as a fresh page and waits for the welcome or the end.
    pub async fn join_or_closed(&mut self) -> Result<Joined, Closed> {
        self.try_join_as(fresh_page()).await
    }

    /// Says `join` as `page` and waits for the welcome or the end.
    pub async fn try_join_as(&mut self, page: PageId) -> Result<Joined, Closed> {
        self.ask_as(page).await;
        self.welcomed(page).await
    }

    /// Says `join` as a fresh page and waits until told to wait.
    pub async fn knock(&mut self) -> Knock {
        match self.ask().await {
            Err(knock) => knock,
            Ok(joined) => panic!("seated at once: {joined:?}"),
        }
    }

    /// Says `join` as a fresh page and waits for the welcome, or until told to wait.
    pub async fn ask(&mut self) -> Result<Joined, Knock> {
        let page = fresh_page();
        self.ask_as(page).await;
        self.wait(|message| match message {
            ServerMessage::Waiting { peer, attended, .. } => Some(Err(Knock {
                page,
                peer: *peer,
                attended: *attended,
            })),
            ServerMessage::Welcome { you, members, .. } => Some(Ok(Joined {
                page,
                peer: you.peer,
                you: you.clone(),
                members: members.clone(),
            })),
            _ => None,
        })
        .await
    }

    /// Waits for the welcome of somebody who said `join` as `page`.
    pub async fn welcomed(&mut self, page: PageId) -> Result<Joined, Closed> {
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

    async fn ask_as(&mut self, page: PageId) {
        let (version, media) = (protocol::VERSION, MediaState::default());
        let join = ClientMessage::Join {
            version,
            page,
            media,
        };
        // Who is closed before that hears it later.
        let _ = self
            .try_say_text(&serde_json::to_string(&join).expect("JSON"))
            .await;
    }

    /// Sends a message.
    pub async fn say(&mut self, message: &ClientMessage) {
        let text = serde_json::to_string(message).expect("JSON");
        self.say_text(&text).await;
    }

    /// Sends any text, which by HTTP must be JSON.
    pub async fn say_text(&mut self, text: &str) {
        assert!(self.try_say_text(text).await, "not open");
    }

    /// Sends any text, if the socket is still open.
    pub async fn try_say_text(&mut self, text: &str) -> bool {
        match &mut self.way {
            Way::WebSocket(stream) => stream.send(Message::text(text)).await.is_ok(),
            Way::Http(line) => {
                let message: Value = serde_json::from_str(text).expect("JSON");
                line.say(&[message]).await == 200
            }
        }
    }

    /// Sends a binary frame.
    pub async fn hand_in(&mut self, frame: &ClientFrame) {
        self.say_bytes(frame.encode()).await;
    }

    /// Sends any bytes as a binary frame.
    pub async fn say_bytes(&mut self, bytes: Vec<u8>) {
        assert!(self.try_say_bytes(bytes).await, "not open");
    }

    /// Sends any bytes as a binary frame, if the socket is still open.
    pub async fn try_say_bytes(&mut self, bytes: Vec<u8>) -> bool {
        match &mut self.way {
            Way::WebSocket(stream) => stream.send(Message::binary(bytes)).await.is_ok(),
            Way::Http(line) => {
                let text = Value::String(STANDARD.encode(bytes));
                line.say(&[text]).await == 200
            }
        }
    }

    /// Waits for the first binary frame that `wanted` picks, from now on.
    pub async fn wait_frame<T>(&mut self, mut wanted: impl FnMut(&ServerFrame) -> Option<T>) -> T {
        let deadline = Instant::now() + 2 * PATIENCE;
        loop {
            assert!(Instant::now() < deadline, "not among {:?}", self.seen);
            match self.come().await {
                Ok(Came::Message(message)) => self.heard.push(message),
                Ok(Came::Frame(frame)) => {
                    let found = wanted(&frame);
                    self.seen.push(frame);
                    if let Some(found) = found {
                        return found;
                    }
                }
                Err(closed) => panic!("closed ({closed:?}) after {:?}", self.seen),
            }
        }
    }

    /// Waits for the first message that `wanted` picks, from now on.
    pub async fn wait<T>(&mut self, wanted: impl Fn(&ServerMessage) -> Option<T>) -> T {
        let deadline = Instant::now() + 2 * PATIENCE;
        loop {
            // The clock's messages alone are no reason to go on.
            assert!(Instant::now() < deadline, "not among {:?}", self.heard);
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

    /// Says goodbye and nothing else, as a page that is left does.
    pub async fn hang_up(mut self) {
        match &mut self.way {
            // Whoever is closed already need not close.
            Way::WebSocket(stream) => drop(stream.close(None).await),
            Way::Http(line) => drop(line.sign_out().await),
        }
    }

    /// The next message or the end; binary frames on the way are kept.
    pub async fn next(&mut self) -> Result<ServerMessage, Closed> {
        loop {
            match self.come().await? {
                Came::Message(message) => return Ok(message),
                Came::Frame(frame) => self.seen.push(frame),
            }
        }
    }

    /// The next message or binary frame, or the end.
    pub async fn come(&mut self) -> Result<Came, Closed> {
        let bytes = &mut self.bytes;
        match &mut self.way {
            Way::WebSocket(stream) => next_frame(stream, bytes).await,
            Way::Http(line) => {
                let next = timeout(PATIENCE, line.next_frame()).await;
                let next = next.expect("something in time");
                let next = next.map_err(|end| match end {
                    LineEnd::Closed(number) => ended(Some(number)),
                    LineEnd::Gone => Closed::Otherwise(None),
                })?;
                Ok(match next {
                    Value::String(text) => frame(&STANDARD.decode(text).expect("base64"), bytes),
                    message => {
                        bytes.extend_from_slice(message.to_string().as_bytes());
                        Came::Message(serde_json::from_value(message).expect("a message"))
                    }
                })
            }
        }
    }
}

fn ended(number: Option<u16>) -> Closed {
    let code = number.and_then(CloseCode::from_number);
    code.map_or(Closed::Otherwise(number), Closed::With)
}

/// A page that nobody was before.
pub fn fresh_page() -> PageId {
    PageId(Uuid::from_u128(rand::random()))
}

/// What the welcome told.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    pub page: PageId,
    pub peer: PeerId,
    pub you: Member,
    pub members: Vec<Member>,
}

/// What somebody is told who has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Knock {
    pub page: PageId,
    pub peer: PeerId,
    pub attended: bool,
}
