//! The check before an interview: something to try this server with, and what somebody invited may
//! know for it. Keeps nothing and starts no session.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    extract::{
        ConnectInfo, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tokio::time::timeout;

use super::{
    Server, attempts,
    auth::interview::{Denied, Door, knock, turn_away},
    error::Error,
    joining::{as_error, invitation},
    request::Request,
    viewer,
};
use crate::{
    api::check::CheckPage,
    model::{Interview, InterviewNumber, LinkKey, Refusal, admission::within_window},
    protocol::IceServer,
    route_check::{HTTP_PATH, Means, SOCKET_PATH, WORD},
};

/// How many sockets of the check may be open at once.
pub const MOST_SOCKETS: usize = 200;
/// How many of them may be of one address: a lecture room behind one router, for a moment each.
pub const MOST_SOCKETS_OF_ADDRESS: usize = 10;
/// How long one may stay open, if the other side does not close it sooner.
const DEADLINE: Duration = Duration::from_secs(2);
/// Nothing that the other side says is of interest.
const LARGEST_FRAME: usize = 512;

/// The routes that a page tries.
pub fn routes() -> Router<Server> {
    Router::new()
        .route(SOCKET_PATH, get(open))
        .route(HTTP_PATH, post(|| async { WORD }))
}

async fn open(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let address = viewer::address(peer.ip(), &headers, &server.config().trusted_proxies);
    let Some(slot) = server.check_sockets().take(attempts::counted(address)) else {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    };
    upgrade
        .read_buffer_size(LARGEST_FRAME)
        .write_buffer_size(LARGEST_FRAME)
        .max_message_size(LARGEST_FRAME)
        .max_frame_size(LARGEST_FRAME)
        .on_upgrade(move |socket| say_ok(socket, slot))
}

/// Says the word, closes, and waits for the other side to close as well, which keeps the word from
/// being lost in a reset.
async fn say_ok(mut socket: WebSocket, _slot: Slot) {
    let talk = async {
        socket.send(Message::text(WORD)).await.ok()?;
        socket.send(Message::Close(None)).await.ok()?;
        while let Some(Ok(_)) = socket.recv().await {}
        Some(())
    };
    // Who is gone before has what it came for, or never will.
    let _ = timeout(DEADLINE, talk).await;
}

/// How many sockets of the check are open, by address. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct CheckSockets(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One of them, free again once it is dropped.
#[derive(Debug)]
struct Slot {
    sockets: CheckSockets,
    address: IpAddr,
}

impl CheckSockets {
    /// None when there are too many, in all or of this address.
    fn take(&self, address: IpAddr) -> Option<Slot> {
        let mut open = self.locked();
        let of_address = open.get(&address).copied().unwrap_or(0);
        let in_all: usize = open.values().sum();
        if of_address >= MOST_SOCKETS_OF_ADDRESS || in_all >= MOST_SOCKETS {
            return None;
        }
        open.insert(address, of_address + 1);
        Some(Slot {
            sockets: self.clone(),
            address,
        })
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.locked().values().sum()
    }

    /// A panic while the lock was held leaves counts that are still right.
    fn locked(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut open = self.sockets.locked();
        match open.get_mut(&self.address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                open.remove(&self.address);
            }
        }
    }
}

/// Decides what the page of the check shows: itself to everybody who is invited, however early.
///
/// # Errors
/// `Internal`.
pub async fn load(request: &Request, number: &str, key: &str) -> Result<CheckPage, Error> {
    let page = match decide(request, number, key).await {
        Ok(page) => page,
        Err(Denied::Refused(refusal)) => CheckPage::Refused {
            refusal,
            interview: None,
            now: request.now(),
        },
        Err(Denied::Failed(error)) => return Err(error),
    };
    if let CheckPage::Refused { refusal, .. } = &page {
        request.set_status(refusal.status());
    }
    Ok(page)
}

async fn decide(request: &Request, number: &str, key: &str) -> Result<CheckPage, Denied> {
    let number = number
        .parse()
        .map_err(|_| turn_away(request, Refusal::Unknown))?;
    let refused = |refusal, interview: &Interview| CheckPage::Refused {
        refusal,
        interview: Some(invitation(request, interview)),
        now: request.now(),
    };
    let (interview, name) = match knock(request, number, LinkKey::parse(key).as_ref()).await? {
        Door::Participant(access) => (access.interview().clone(), access.me().name.clone()),
        Door::GuestLink(interview) => (interview, own_name(request)),
        Door::SignInNeeded(interview) => return Ok(refused(Refusal::SignInNeeded, &interview)),
    };
    Ok(match still_to_come(request, &interview) {
        Ok(()) => CheckPage::Ready {
            interview: invitation(request, &interview),
            name,
        },
        Err(refusal) => refused(refusal, &interview),
    })
}

/// The STUN and TURN servers with their credentials, for participants, who will hear them in the room.
/// The general guest link is in many hands long before it lets anybody in: whoever holds it and is
/// nobody yet learns the STUN servers only, which know no credentials.
///
/// # Errors
/// `Forbidden` for everybody who is not invited and once the interview is over, `TooMany`,
/// `Internal`.
pub async fn ice_servers(
    request: &Request,
    number: InterviewNumber,
    key: &str,
) -> Result<Vec<IceServer>, Error> {
    let servers = &request.server.config().ice_servers;
    let (interview, told) = match knock(request, number, LinkKey::parse(key).as_ref()).await {
        Ok(Door::Participant(access)) => (access.interview().clone(), servers.clone()),
        Ok(Door::GuestLink(interview)) => (interview, without_relays(servers)),
        Ok(Door::SignInNeeded(_)) => return Err(Error::Forbidden),
        Err(Denied::Refused(refusal)) => return Err(as_error(refusal)),
        Err(Denied::Failed(error)) => return Err(error),
    };
    still_to_come(request, &interview).map_err(|_| Error::Forbidden)?;
    Ok(told)
}

/// The addresses at which nobody needs to say who they are.
fn without_relays(servers: &[IceServer]) -> Vec<IceServer> {
    let open = servers.iter().map(|server| IceServer {
        urls: server
            .urls
            .iter()
            .filter(|url| Means::of(url) == Some(Means::Stun))
            .cloned()
            .collect(),
        username: None,
        credential: None,
    });
    open.filter(|server| !server.urls.is_empty()).collect()
}

/// The doors may still be closed, but they must open some day.
fn still_to_come(request: &Request, interview: &Interview) -> Result<(), Refusal> {
    match within_window(&interview.schedule, request.now()) {
        Err(Refusal::TooEarly { .. }) | Ok(()) => Ok(()),
        refused => refused,
    }
}

/// Empty for visitors, who are asked for a name only when they join.
fn own_name(request: &Request) -> String {
    let account = request.viewer.account.as_ref();
    account.map_or_else(String::new, |account| account.display_name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_are_bounded_by_address_and_in_all() {
        let sockets = CheckSockets::default();
        let from = |place: usize| IpAddr::from([10, 0, (place / 256) as u8, (place % 256) as u8]);
        let mut slots: Vec<Slot> = (0..MOST_SOCKETS_OF_ADDRESS)
            .map(|_| sockets.take(from(0)).unwrap())
            .collect();
        assert!(sockets.take(from(0)).is_none());
        slots.extend((slots.len()..MOST_SOCKETS).map(|place| sockets.take(from(place)).unwrap()));
        assert_eq!(sockets.open(), MOST_SOCKETS);
        assert!(sockets.take(from(MOST_SOCKETS)).is_none());
        drop(slots.remove(0));
        assert!(sockets.take(from(0)).is_some(), "one went");
        drop(slots);
        assert_eq!(sockets.open(), 0);
        assert!(sockets.locked().is_empty(), "nothing is kept");
    }
}
