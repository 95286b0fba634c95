//! The only door to the live rooms: opens a room for the first who comes, posts to its mailbox, and
//! forgets it when nobody is left. Knows no transport and decides nothing about rights.

mod outlet;
mod task;

use std::{
    collections::HashMap,
    convert::Infallible,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    runtime::Handle,
    sync::{
        mpsc::{self, error::TrySendError},
        oneshot,
    },
};

pub use outlet::{Frame, Frames, QUEUED_BYTES};

use super::{answers::journal::Journal, clock::Clock, db::Database};
use crate::{
    model::{InterviewId, PageId, ParticipantId, Role, Timestamp, UserId},
    protocol::{ClientMessage, CloseCode, MediaState, document::ClientFrame},
    room::{Facts, Input, Occupant, SocketId},
};
use outlet::outlet;
use task::{Mail, Order, RoomTask};

/// How many messages of members may wait for a room before their sockets stop being read.
const MAILBOX: usize = 1024;
/// How long a shutdown waits for rooms to write and sockets to close; within what the server allows.
const DRAIN_DEADLINE: Duration = Duration::from_secs(8);

/// A handle to all rooms; clones are the same hub.
#[derive(Clone)]
pub struct Hub(Arc<Shared>);

struct Shared {
    /// Lock order: `rooms` before `sockets`. Neither is held across an await.
    rooms: Mutex<HashMap<InterviewId, Door>>,
    sockets: Mutex<HashMap<SocketId, Owner>>,
    next_socket: AtomicU64,
    /// Taken at the start of a drain. Every room and every socket holds a clone of the sender, so the
    /// receiver ends when all of them have.
    alive: Mutex<Option<(mpsc::Sender<Infallible>, mpsc::Receiver<Infallible>)>>,
    database: Database,
    clock: Clock,
    /// Where rooms and conversations run.
    runtime: Handle,
    journal: Journal,
}

/// How to reach one room. `orders` never waits and is read first; `mail` is bounded.
#[derive(Clone)]
struct Door {
    mail: mpsc::Sender<Mail>,
    orders: mpsc::UnboundedSender<Order>,
    /// The room was told that its questions changed and has not looked yet.
    unread: Arc<AtomicBool>,
}

/// Whose socket it is, so that signing out can close it.
#[derive(Clone, Debug)]
pub struct Owner {
    pub interview: InterviewId,
    pub participant: ParticipantId,
    pub session: String,
    pub user: Option<UserId>,
}

/// What somebody admitted brings to the door.
#[derive(Debug)]
pub struct Entry {
    pub owner: Owner,
    pub facts: Facts,
    pub occupant: Occupant,
    pub version: u16,
    pub page: PageId,
    pub media: MediaState,
}

/// A socket's place in a room. Dropping it tells the room that the socket is gone.
pub struct Place {
    hub: Hub,
    socket: SocketId,
    door: Door,
    /// What the room has to say, in order.
    pub frames: Frames,
    /// Keeps a drain waiting until the socket is closed.
    _alive: mpsc::Sender<Infallible>,
}

impl Hub {
    /// Rooms and their conversations will run on `runtime`.
    pub fn new(database: Database, clock: Clock, runtime: Handle) -> Self {
        Self(Arc::new(Shared {
            rooms: Mutex::default(),
            sockets: Mutex::default(),
            next_socket: AtomicU64::new(1),
            alive: Mutex::new(Some(mpsc::channel(1))),
            journal: Journal::start(database.clone(), &runtime),
            database,
            clock,
            runtime,
        }))
    }

    /// Joins the room of the entry's interview, opening it if need be.
    ///
    /// # Errors
    /// `Restarting` while the server goes down.
    pub async fn enter(&self, entry: Entry) -> Result<Place, CloseCode> {
        let alive = self.alive().ok_or(CloseCode::Restarting)?;
        let socket = SocketId(self.0.next_socket.fetch_add(1, Ordering::Relaxed));
        let interview = entry.owner.interview;
        let (outlet, frames) = outlet();
        let mut mail = Mail::Join {
            outlet,
            input: Input::Join {
                socket,
                occupant: entry.occupant,
                version: entry.version,
                page: entry.page,
                media: entry.media,
            },
        };
        locked(&self.0.sockets).insert(socket, entry.owner);
        // A room that just closed gives the letter back; the next door is a new room's.
        loop {
            let door = self
                .door(interview, &entry.facts)
                .ok_or(CloseCode::Restarting)?;
            match door.mail.send(mail).await {
                Ok(()) => {
                    let hub = self.clone();
                    return Ok(Place {
                        hub,
                        socket,
                        door,
                        frames,
                        _alive: alive,
                    });
                }
                Err(returned) => mail = returned.0,
            }
        }
    }

    /// Tells a running room of a changed booking.
    pub fn rescheduled(&self, interview: InterviewId, title: &str, seats: u32, ends_at: Timestamp) {
        self.order(
            interview,
            Input::Rescheduled {
                title: title.to_owned(),
                seats,
                ends_at,
            },
        );
    }

    /// Tells a running room that its interview was called off.
    pub fn cancelled(&self, interview: InterviewId) {
        self.order(interview, Input::Cancelled);
    }

    /// Takes a participant out of a running room.
    pub fn removed(&self, interview: InterviewId, participant: ParticipantId) {
        self.order(interview, Input::Removed { participant });
    }

    /// Lets a running room read its questions anew.
    pub fn questions_changed(&self, interview: InterviewId) {
        if let Some(door) = locked(&self.0.rooms).get(&interview)
            && !door.unread.swap(true, Ordering::AcqRel)
        {
            // A room that closed has nobody left to tell.
            let _ = door.orders.send(Order::ReadQuestions);
        }
    }

    /// Closes the sockets of one session, as at signing out.
    pub fn close_session(&self, session: &str) {
        self.dismiss(CloseCode::SignedOut, |owner| owner.session == session);
    }

    /// Closes the sockets of one user.
    pub fn close_user(&self, user: UserId) {
        self.dismiss(CloseCode::SignedOut, |owner| owner.user == Some(user));
    }

    /// Closes the sockets of those who came as `participant` by a link and not by the account.
    pub fn close_bearers(&self, participant: ParticipantId, account: UserId) {
        self.dismiss(CloseCode::NotAdmitted, |owner| {
            owner.participant == participant && owner.user != Some(account)
        });
    }

    /// True when `participant` has a seat in the room or one of `seats` is free for that role.
    pub async fn has_seat_for(
        &self,
        interview: InterviewId,
        participant: ParticipantId,
        role: Role,
        seats: u32,
    ) -> bool {
        let door = locked(&self.0.rooms).get(&interview).cloned();
        let Some(door) = door else { return true };
        let (reply, answer) = oneshot::channel();
        let asked = door
            .mail
            .send(Mail::CountSeats {
                without: participant,
                role,
                reply,
            })
            .await;
        // A room that closed meanwhile has every seat free.
        match (asked, answer.await) {
            (Ok(()), Ok(taken)) => taken < seats as usize,
            _ => true,
        }
    }

    /// Closes every socket with [`CloseCode::Restarting`] and waits, within bounds, until rooms have
    /// written what they had to, answers included, and sockets have said goodbye. Nobody enters afterwards.
    pub async fn drain(&self) {
        let Some((alive, mut ended)) = locked(&self.0.alive).take() else {
            return;
        };
        drop(alive);
        let doors: Vec<Door> = locked(&self.0.rooms).values().cloned().collect();
        for door in doors {
            // A room that closed meanwhile has nobody to say goodbye to.
            let _ = door.mail.send(Mail::Drain).await;
        }
        if tokio::time::timeout(DRAIN_DEADLINE, ended.recv())
            .await
            .is_err()
        {
            tracing::warn!("some sockets did not close in time");
        }
        self.0.journal.flush().await;
    }

    /// Runs what belongs to a live room beside the rooms.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        drop(self.0.runtime.spawn(task));
    }

    /// How many rooms are live and how many sockets are in them.
    pub fn load(&self) -> (usize, usize) {
        (locked(&self.0.rooms).len(), locked(&self.0.sockets).len())
    }

    fn alive(&self) -> Option<mpsc::Sender<Infallible>> {
        locked(&self.0.alive)
            .as_ref()
            .map(|(alive, _)| alive.clone())
    }

    /// The door of a live room, or of a new one.
    fn door(&self, interview: InterviewId, facts: &Facts) -> Option<Door> {
        let alive = self.alive()?;
        let mut rooms = locked(&self.0.rooms);
        if let Some(door) = rooms.get(&interview).filter(|door| !door.mail.is_closed()) {
            return Some(door.clone());
        }
        let (mail, mailbox) = mpsc::channel(MAILBOX);
        let (orders, inbox) = mpsc::unbounded_channel();
        let unread = Arc::default();
        let door = Door {
            mail,
            orders,
            unread: Arc::clone(&unread),
        };
        rooms.insert(interview, door.clone());
        drop(rooms);
        let facts = facts.clone();
        let task = RoomTask::new(
            self.clone(),
            interview,
            facts.clone(),
            mailbox,
            inbox,
            unread,
        );
        self.spawn(async move {
            task.run(facts).await;
            drop(alive);
        });
        Some(door)
    }

    fn order(&self, interview: InterviewId, input: Input) {
        if let Some(door) = locked(&self.0.rooms).get(&interview) {
            // A room that closed has nobody left to tell.
            let _ = door.orders.send(Order::Input(input));
        }
    }

    fn dismiss(&self, code: CloseCode, chosen: impl Fn(&Owner) -> bool) {
        let dismissed: Vec<(SocketId, InterviewId)> = locked(&self.0.sockets)
            .iter()
            .filter(|(_, owner)| chosen(owner))
            .map(|(socket, owner)| (*socket, owner.interview))
            .collect();
        for (socket, interview) in dismissed {
            self.order(interview, Input::SocketDismissed { socket, code });
        }
    }

    /// Forgets an idle room, unless a letter came in the meantime.
    fn close_if_quiet(&self, interview: InterviewId, quiet: impl FnOnce() -> bool) -> bool {
        let mut rooms = locked(&self.0.rooms);
        let closes = quiet();
        if closes {
            rooms.remove(&interview);
        }
        closes
    }
}

impl Place {
    /// Hands a decoded message to the room; waits while the room is busy.
    pub async fn say(&self, message: ClientMessage) {
        let input = Input::Message {
            socket: self.socket,
            message,
        };
        // A room that closed has closed this socket's outlet too.
        let _ = self.door.mail.send(Mail::Input(input)).await;
    }

    /// Hands a decoded binary frame to the room; waits while the room is busy.
    pub async fn hand_in(&self, frame: ClientFrame) {
        let socket = self.socket;
        let input = Input::Frame { socket, frame };
        let _ = self.door.mail.send(Mail::Input(input)).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        locked(&self.hub.0.sockets).remove(&self.socket);
        let socket = self.socket;
        // By mail, behind what the socket said last; only a full mailbox lets it jump the queue.
        let posted = self
            .door
            .mail
            .try_send(Mail::Input(Input::SocketClosed { socket }));
        if matches!(posted, Err(TrySendError::Full(_))) {
            let closed = Order::Input(Input::SocketClosed { socket });
            let _ = self.door.orders.send(closed);
        }
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rooms, sockets) = self.load();
        f.debug_struct("Hub")
            .field("rooms", &rooms)
            .field("sockets", &sockets)
            .finish()
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place")
            .field("socket", &self.socket)
            .finish_non_exhaustive()
    }
}

/// A panic while a lock was held leaves plain maps that are still right.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
