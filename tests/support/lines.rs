//! Lines of plain HTTP into a room: what tests say over them and wait for.

use colloquy::protocol::{ServerMessage, VERSION};
use serde_json::{Value, json};

use super::{
    attendee::Attendee,
    http_line::{HttpLine, LineEnd},
    socket::fresh_page,
    stage::Stage,
};

/// A line on which nothing was said yet.
pub async fn line(stage: &Stage, who: &Attendee) -> HttpLine {
    HttpLine::open(&stage.server.address, &stage.number, &who.cookies())
        .await
        .unwrap()
}

/// `join` as a fresh page.
pub fn join() -> Value {
    let media = json!({ "microphone": false, "camera": false, "screen": false });
    json!({ "type": "join", "version": VERSION, "page": fresh_page(), "media": media })
}

/// A chat message.
pub fn chat_of(text: &str) -> Value {
    json!({ "type": "send_chat", "text": text })
}

/// The first message that is wanted.
pub async fn until(line: &mut HttpLine, wanted: impl Fn(&ServerMessage) -> bool) -> ServerMessage {
    loop {
        let message = line.next().await.unwrap();
        if wanted(&message) {
            return message;
        }
    }
}

pub fn is_welcome(message: &ServerMessage) -> bool {
    matches!(message, ServerMessage::Welcome { .. })
}

pub fn is_chat(message: &ServerMessage) -> bool {
    matches!(message, ServerMessage::ChatSent { .. })
}

/// How a line ends.
pub async fn closed(line: &mut HttpLine) -> LineEnd {
    loop {
        if let Err(end) = line.next().await {
            return end;
        }
    }
}

/// A line whose `join` was welcomed.
pub async fn seated(stage: &Stage, who: &Attendee) -> HttpLine {
    let mut line = line(stage, who).await;
    assert_eq!(line.say(&[join()]).await, 200);
    until(&mut line, is_welcome).await;
    line
}
