//! How a browser talks with a room, by whichever way its messages travel: who may come in, what a
//! message may be, how fast and how long. Hands messages to the hub; knows nothing of what they mean.

mod http;
mod line;
mod pace;
mod websocket;

use std::{
    future::Future,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::ws::Utf8Bytes,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tokio::time::{MissedTickBehavior, interval, timeout};

pub use self::line::Lines;
use self::pace::Pace;
use super::{
    Server,
    auth::interview::{Admission, Denied},
    hub::{Entry, Frame, Owner, Place},
    request::Request,
};
use crate::{
    model::PageId,
    protocol::{
        ClientMessage, CloseCode, LARGEST_MESSAGE, MediaState, Transport,
        document::{ClientFrame, FrameError},
    },
    room::{Facts, Occupant},
};

/// How often a way is asked whether the other side still lives.
const PULSE_EVERY: Duration = Duration::from_secs(10);
/// How long a client may take to say `Join`.
const JOIN_DEADLINE: Duration = Duration::from_secs(10);

/// The routes of the live room.
pub fn routes() -> Router<Server> {
    websocket::routes().merge(http::routes())
}

/// One way by which a browser's messages come and the room's go.
trait Wire: Send {
    const TRANSPORT: Transport;

    /// The next thing heard. Nothing is lost when the future is dropped.
    fn hear(&mut self) -> impl Future<Output = Heard> + Send;

    /// Hands one frame over; None when the other side does not read or is gone.
    fn write(&mut self, said: Said) -> impl Future<Output = Option<()>> + Send;

    /// Called every [`PULSE_EVERY`]; None when the other side is gone.
    fn pulse(&mut self) -> impl Future<Output = Option<()>> + Send;
}

/// What goes by a way.
#[derive(Clone, Debug)]
enum Said {
    Text(Utf8Bytes),
    Binary(Bytes),
}

/// What came by a way.
#[derive(Debug)]
enum Heard {
    /// A message, and how many bytes it had.
    Message(ClientMessage, usize),
    /// A binary frame, and how many bytes it had.
    Frame(ClientFrame, usize),
    /// Something that says nothing, and how many bytes it cost.
    SignOfLife(usize),
    /// Nothing more: the code to close with, None when there is nobody left to tell.
    End(Option<CloseCode>),
}

/// Decodes what claims to be a message.
fn decode(text: &str) -> Heard {
    if text.len() > LARGEST_MESSAGE {
        return Heard::End(Some(CloseCode::TooLarge));
    }
    match serde_json::from_str(text) {
        Ok(message) => Heard::Message(message, text.len()),
        Err(_) => Heard::End(Some(CloseCode::Malformed)),
    }
}

/// Decodes what claims to be a binary frame.
fn decode_frame(bytes: &[u8]) -> Heard {
    match ClientFrame::decode(bytes) {
        Ok(frame) => Heard::Frame(frame, bytes.len()),
        Err(FrameError::Malformed) => Heard::End(Some(CloseCode::Malformed)),
        Err(FrameError::TooLarge) => Heard::End(Some(CloseCode::TooLarge)),
    }
}

/// Asks whether the caller may come in; a refusal is an answer with its status.
async fn admit(caller: &Request, number: &str) -> Result<Admission, Response> {
    match Admission::check(caller, number).await {
        Ok(admission) => Ok(admission),
        Err(Denied::Refused(refusal)) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::FORBIDDEN);
            Err(status.into_response())
        }
        Err(Denied::Failed(error)) => Err(error.into_response()),
    }
}

/// The whole conversation, from `Join` on. Answers the code to close with, None when there is nobody
/// left to tell.
async fn converse(
    caller: &Request,
    admission: &Admission,
    wire: &mut impl Wire,
) -> Option<CloseCode> {
    match join(caller, admission, wire).await {
        Ok((place, pace)) => stay(caller, admission, place, pace, wire).await,
        Err(code) => code,
    }
}

/// Waits for `Join` and takes the place. An error is what [`converse`] answers.
async fn join<W: Wire>(
    caller: &Request,
    admission: &Admission,
    wire: &mut W,
) -> Result<(Place, Pace), Option<CloseCode>> {
    let mut pace = Pace::new(Instant::now());
    let first = async {
        loop {
            match wire.hear().await {
                // A way may show that it lives before anything is said by it.
                Heard::SignOfLife(bytes) if pace.allows(Instant::now(), bytes) => {}
                Heard::SignOfLife(_) => return Err(Some(CloseCode::Flood)),
                Heard::Message(message, _) => return Ok(message),
                Heard::Frame(..) => return Err(Some(CloseCode::JoinExpected)),
                Heard::End(code) => return Err(code),
            }
        }
    };
    let first = timeout(JOIN_DEADLINE, first)
        .await
        .map_err(|_| Some(CloseCode::JoinExpected))??;
    let ClientMessage::Join {
        version,
        page,
        media,
    } = first
    else {
        return Err(Some(CloseCode::JoinExpected));
    };
    let entry = entry(caller, admission, W::TRANSPORT, (version, page, media));
    let place = caller.server.hub().enter(entry).await.map_err(Some)?;
    Ok((place, pace))
}

fn entry(
    caller: &Request,
    admission: &Admission,
    transport: Transport,
    (version, page, media): (u16, PageId, MediaState),
) -> Entry {
    Entry {
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
            ice_servers: caller.server.config().ice_servers.clone(),
            locked: admission.locked(),
        },
        occupant: Occupant {
            participant: admission.participant(),
            name: admission.name().to_owned(),
            role: admission.role(),
            language: caller.language(),
            user_name: admission.user_name().map(str::to_owned),
            transport,
            waits: admission.waits(),
            arrived: admission.arrived(),
        },
        version,
        page,
        media,
    }
}

/// Asks once more who may be here, now that the room knows of them: whoever is removed, gets another
/// role or signs out from now on is found in the room, and whoever was before is found by this
/// question. Then stays.
async fn stay(
    caller: &Request,
    admission: &Admission,
    mut place: Place,
    pace: Pace,
    wire: &mut impl Wire,
) -> Option<CloseCode> {
    let first = match place.frames.next().await {
        Frame::Text(text) => Said::Text(text),
        Frame::Binary(bytes) => Said::Binary(bytes),
        Frame::Close(code) => return Some(code),
    };
    match admitted_now(caller, admission).await {
        None => {
            place.say(ClientMessage::Leave {}).await;
            return Some(CloseCode::NotAdmitted);
        }
        // Whoever waits long enough with `Join` must not come in with a role they have no more.
        Some(now) if now.role() != admission.role() => return Some(CloseCode::JoinExpected),
        Some(_) => {}
    }
    if let Err(code) = deliver(&mut place, first, wire).await {
        return code;
    }
    exchange(place, pace, wire).await
}

async fn admitted_now(caller: &Request, admission: &Admission) -> Option<Admission> {
    let caller = caller.again().await.ok()?;
    let now = Admission::check(&caller, &admission.number().to_string())
        .await
        .ok()?;
    (now.participant() == admission.participant()).then_some(now)
}

/// Writes one frame, unless the room closes this way and it stands still. An error is what
/// [`converse`] answers.
async fn deliver(
    place: &mut Place,
    said: Said,
    wire: &mut impl Wire,
) -> Result<(), Option<CloseCode>> {
    tokio::select! {
        biased;
        written = wire.write(said) => written.ok_or(None),
        code = place.frames.overdue() => Err(Some(code)),
    }
}

/// Carries frames both ways until either side is done.
async fn exchange(mut place: Place, mut pace: Pace, wire: &mut impl Wire) -> Option<CloseCode> {
    let mut pulse = interval(PULSE_EVERY);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pulse.reset();
    loop {
        tokio::select! {
            frame = place.frames.next() => {
                let said = match frame {
                    Frame::Text(text) => Said::Text(text),
                    Frame::Binary(bytes) => Said::Binary(bytes),
                    Frame::Close(code) => return Some(code),
                };
                if let Err(code) = deliver(&mut place, said, wire).await {
                    return code;
                }
            }
            heard = wire.hear() => {
                let bytes = match &heard {
                    Heard::Message(_, bytes)
                    | Heard::Frame(_, bytes)
                    | Heard::SignOfLife(bytes) => *bytes,
                    Heard::End(code) => return *code,
                };
                if !pace.allows(Instant::now(), bytes) {
                    return Some(CloseCode::Flood);
                }
                match heard {
                    Heard::Message(message, _) => place.say(message).await,
                    Heard::Frame(frame, _) => place.hand_in(frame).await,
                    Heard::SignOfLife(_) | Heard::End(_) => {}
                }
            }
            _ = pulse.tick() => wire.pulse().await?,
        }
    }
}
