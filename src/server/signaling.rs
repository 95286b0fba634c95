//! The room's WebSocket: who may open it, what a frame may be, how fast and how long. Hands decoded
//! messages to the hub and writes what the room says; knows nothing of what they mean.

use std::time::{Duration, Instant};

use axum::{
    Router,
    extract::{
        Path, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::{
    Server,
    auth::interview::{Admission, Denied},
    hub::{Entry, Frame, Owner, Place},
    request::Request,
};
use crate::{
    protocol::{ClientMessage, CloseCode, LARGEST_MESSAGE, Transport},
    room::{Facts, Occupant},
};

/// How often a socket is pinged. One that was silent since the last ping is closed at the next, so a
/// half-open socket is found within twice this.
const PING_EVERY: Duration = Duration::from_secs(10);
/// How long a client may take to say `Join`.
const JOIN_DEADLINE: Duration = Duration::from_secs(10);
/// How long one frame may take to be written.
const WRITE_DEADLINE: Duration = Duration::from_secs(10);
/// How long a closed socket is still read.
const LINGER: Duration = Duration::from_secs(2);
/// Small buffers keep an idle member cheap; the backlog is bounded by the outlet instead.
const BUFFER: usize = 4 * 1024;
const LARGEST_BACKLOG: usize = 256 * 1024;

/// The routes of the live room.
pub fn routes() -> Router<Server> {
    Router::new().route("/ws/{number}", get(open))
}

/// Refuses before the upgrade, with the status of the refusal, or upgrades.
async fn open(
    State(server): State<Server>,
    Path(number): Path<String>,
    caller: Request,
    upgrade: WebSocketUpgrade,
) -> Response {
    let admission = match Admission::check(&caller, &number).await {
        Ok(admission) => admission,
        Err(Denied::Refused(refusal)) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::FORBIDDEN);
            return status.into_response();
        }
        Err(Denied::Failed(error)) => return error.into_response(),
    };
    upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(LARGEST_BACKLOG)
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| converse(server, caller, admission, socket))
}

/// The whole life of one socket.
async fn converse(server: Server, caller: Request, admission: Admission, mut socket: WebSocket) {
    let code = match join(&server, &caller, &admission, &mut socket).await {
        Ok(place) => stay(&caller, &admission, place, &mut socket).await,
        Err(code) => code,
    };
    if let Some(code) = code {
        let frame = CloseFrame {
            code: code.number(),
            reason: "".into(),
        };
        // A peer that is gone needs no goodbye.
        let _ = timeout(WRITE_DEADLINE, socket.send(Message::Close(Some(frame)))).await;
        // What still comes in is read and dropped: a socket closed over unread bytes is reset, and
        // the other side would never see the code.
        let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
        let _ = timeout(LINGER, rest).await;
    }
}

/// Waits for `Join` and takes the place. An error is the code to close with, if there is anybody
/// left to tell.
async fn join(
    server: &Server,
    caller: &Request,
    admission: &Admission,
    socket: &mut WebSocket,
) -> Result<Place, Option<CloseCode>> {
    let first = timeout(JOIN_DEADLINE, socket.recv())
        .await
        .map_err(|_| Some(CloseCode::JoinExpected))?;
    let Heard::Message(ClientMessage::Join {
        version,
        page,
        media,
    }) = hear(first)?
    else {
        return Err(Some(CloseCode::JoinExpected));
    };
    let entry = Entry {
        owner: Owner {
            interview: admission.interview(),
            participant: admission.participant(),
            session: caller.session_key(),
            user: caller.user_id(),
        },
        facts: Facts {
            number: admission.number(),
            title: admission.title().to_owned(),
            seats: admission.seats(),
            ends_at: admission.ends_at(),
            ice_servers: server.config().ice_servers.clone(),
            locked: false,
        },
        occupant: Occupant {
            participant: admission.participant(),
            name: admission.name().to_owned(),
            role: admission.role(),
            language: caller.language(),
            user_name: None,
            transport: Transport::WebSocket,
            waits: false,
        },
        version,
        page,
        media,
    };
    server.hub().enter(entry).await.map_err(Some)
}

/// Asks once more who may be here, now that the seat is taken: whoever is removed or signs out from
/// now on is found in the room, and whoever was before is found by this question. Then stays.
async fn stay(
    caller: &Request,
    admission: &Admission,
    mut place: Place,
    socket: &mut WebSocket,
) -> Option<CloseCode> {
    let first = match place.frames.next().await {
        Frame::Text(text) => text,
        Frame::Close(code) => return Some(code),
    };
    if !is_still_admitted(caller, admission).await {
        place.say(ClientMessage::Leave {}).await;
        return Some(CloseCode::NotAdmitted);
    }
    write(socket, Message::Text(first)).await?;
    exchange(place, socket).await
}

async fn is_still_admitted(caller: &Request, admission: &Admission) -> bool {
    let Ok(caller) = caller.again().await else {
        return false;
    };
    let now = Admission::check(&caller, &admission.number().to_string()).await;
    now.is_ok_and(|now| now.participant() == admission.participant())
}

/// Carries frames both ways until either side is done. Answers the code to close with, if there is
/// anybody left to tell.
async fn exchange(mut place: Place, socket: &mut WebSocket) -> Option<CloseCode> {
    let mut ping = interval(PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.reset();
    let mut heard_since_ping = true;
    let mut pace = Pace::new(Instant::now());
    loop {
        tokio::select! {
            frame = place.frames.next() => match frame {
                Frame::Text(text) => write(socket, Message::Text(text)).await?,
                Frame::Close(code) => return Some(code),
            },
            received = socket.recv() => {
                heard_since_ping = true;
                if !pace.allows(Instant::now(), length(&received)) {
                    return Some(CloseCode::Flood);
                }
                match hear(received) {
                    Ok(Heard::Message(message)) => place.say(message).await,
                    Ok(Heard::SignOfLife) => {}
                    Err(code) => return code,
                }
            }
            _ = ping.tick() => {
                if !heard_since_ping {
                    return None;
                }
                heard_since_ping = false;
                write(socket, Message::Ping("".into())).await?;
            }
        }
    }
}

/// Writes one message; None when the other side does not read or is gone.
async fn write(socket: &mut WebSocket, message: Message) -> Option<()> {
    timeout(WRITE_DEADLINE, socket.send(message))
        .await
        .ok()?
        .ok()
}

fn length(received: &Option<Result<Message, axum::Error>>) -> usize {
    match received {
        Some(Ok(Message::Text(text))) => text.len(),
        Some(Ok(Message::Binary(bytes))) => bytes.len(),
        _ => 0,
    }
}

/// What a received frame was.
enum Heard {
    Message(ClientMessage),
    SignOfLife,
}

/// Decodes one frame. An error is the code to close with, None when the socket is gone.
fn hear(received: Option<Result<Message, axum::Error>>) -> Result<Heard, Option<CloseCode>> {
    match received {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text)
            .map(Heard::Message)
            .map_err(|_| Some(CloseCode::Malformed)),
        Some(Ok(Message::Binary(_))) => Err(Some(CloseCode::Malformed)),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Heard::SignOfLife),
        Some(Ok(Message::Close(_))) | None => Err(None),
        Some(Err(error)) if is_too_large(&error) => Err(Some(CloseCode::TooLarge)),
        Some(Err(_)) => Err(None),
    }
}

/// axum hides the kind of a socket's error; its text begins with the kind.
fn is_too_large(error: &axum::Error) -> bool {
    error.to_string().contains("too long")
}

/// How fast one socket may send: bursts of [`Pace::BURST`] frames, [`Pace::PER_SECOND`] in the long
/// run; every [`Pace::FRAME`] bytes count as one frame more. A newcomer to a full room sends about twenty answers and a few hundred candidates at once.
struct Pace {
    left: f64,
    at: Instant,
}

impl Pace {
    const BURST: f64 = 1000.0;
    const PER_SECOND: f64 = 50.0;
    const FRAME: f64 = 4096.0;

    fn new(now: Instant) -> Self {
        Self {
            left: Self::BURST,
            at: now,
        }
    }

    fn allows(&mut self, now: Instant, bytes: usize) -> bool {
        let cost = 1.0 + bytes as f64 / Self::FRAME;
        let gained = now.duration_since(self.at).as_secs_f64() * Self::PER_SECOND;
        self.left = (self.left + gained).min(Self::BURST) - cost;
        self.at = now;
        self.left >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_allows_a_burst_and_then_a_steady_rate() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let burst = (0..2000).filter(|_| pace.allows(start, 0)).count();
        assert_eq!(burst, 1000);
        let mut pace = Pace::new(start);
        let large = (0..2000).filter(|_| pace.allows(start, 36_864)).count();
        assert_eq!(large, 100);
        let mut pace = Pace::new(start);
        let steady = (1..=2000u64)
            .filter(|frame| pace.allows(start + Duration::from_millis(frame * 25), 0))
            .count();
        assert_eq!(steady, 2000);
    }
}
