//! What goes over a WebSocket, one frame at a time.

use colloquy::protocol::document::ServerFrame;
use futures::StreamExt;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{
        Message, client::IntoClientRequest, handshake::client::Request, http::HeaderValue,
    },
};

use super::{Came, Closed, PATIENCE, ended};

pub fn request(address: &str, number: &str, cookie: &str) -> Request {
    let request = format!("ws://{address}/ws/{number}").into_client_request();
    let mut request = request.expect("a request");
    if !cookie.is_empty() {
        let value = HeaderValue::from_str(cookie).expect("a cookie");
        request.headers_mut().insert("cookie", value);
    }
    request
}

pub async fn next_frame(
    stream: &mut WebSocketStream<MaybeTlsStream<TcpStream>>,
    bytes: &mut Vec<u8>,
) -> Result<Came, Closed> {
    loop {
        let next = timeout(PATIENCE, stream.next())
            .await
            .expect("something in time");
        match next {
            Some(Ok(Message::Text(text))) => {
                bytes.extend_from_slice(text.as_bytes());
                let message = serde_json::from_str(&text);
                let message = message.unwrap_or_else(|e| panic!("not a message: {text}: {e}"));
                return Ok(Came::Message(message));
            }
            Some(Ok(Message::Binary(came))) => return Ok(frame(&came, bytes)),
            Some(Ok(Message::Close(frame))) => {
                return Err(ended(frame.map(|frame| u16::from(frame.code))));
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(Closed::Otherwise(None)),
        }
    }
}

pub fn frame(came: &[u8], bytes: &mut Vec<u8>) -> Came {
    bytes.extend_from_slice(came);
    Came::Frame(ServerFrame::decode(came).expect("a frame"))
}
