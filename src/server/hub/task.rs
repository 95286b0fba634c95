//! The task that owns one room: feeds it mail, orders and time, and carries out what it answers.

use std::{collections::HashMap, time::Duration};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::{mpsc, oneshot};

use super::{
    Hub,
    outlet::{Frame, Outlet},
};
use crate::{
    model::{InterviewId, ParticipantId, Role, Timestamp},
    protocol::{CloseCode, ServerMessage},
    room::{Fact, Facts, Input, Output, Room, SocketId},
    server::db,
};

/// What reaches a room through its bounded mailbox.
pub(super) enum Mail {
    Join {
        outlet: Outlet,
        input: Input,
    },
    Input(Input),
    CountSeats {
        without: ParticipantId,
        role: Role,
        reply: oneshot::Sender<usize>,
    },
    /// Close every socket and end.
    Drain,
}

pub(super) struct RoomTask {
    hub: Hub,
    interview: InterviewId,
    room: Room,
    outlets: HashMap<SocketId, Outlet>,
    mailbox: mpsc::Receiver<Mail>,
    /// Orders go before mail; within each, first come, first served.
    orders: mpsc::UnboundedReceiver<Input>,
}

impl RoomTask {
    pub(super) fn new(
        hub: Hub,
        interview: InterviewId,
        facts: Facts,
        mailbox: mpsc::Receiver<Mail>,
        orders: mpsc::UnboundedReceiver<Input>,
    ) -> Self {
        let room = Room::new(facts);
        Self {
            hub,
            interview,
            room,
            outlets: HashMap::new(),
            mailbox,
            orders,
        }
    }

    /// The whole life of the room, of which whoever opened it believed `facts`.
    pub(super) async fn run(mut self, facts: Facts) {
        if !self.look_up(facts).await {
            self.dissolve();
            return;
        }
        loop {
            let due = self.until_deadline();
            let input = tokio::select! {
                biased;
                Some(order) = self.orders.recv() => order,
                Some(mail) = self.mailbox.recv() => match self.open(mail) {
                    Opened::Input(input) => input,
                    Opened::Nothing => continue,
                    Opened::Drained => return,
                },
                () = tokio::time::sleep(due), if due < FOREVER => Input::Deadline,
            };
            if self.handle(input).await == Carried::Broken {
                self.dissolve();
                return;
            }
            if self.room.is_idle() && self.closes() {
                return;
            }
        }
    }

    /// Begins with what the database knows now: who opens a room was admitted a while ago, and the
    /// room before this one may have locked or prolonged itself since. Whatever is changed from now on
    /// reaches this room by itself. False when that cannot be known.
    async fn look_up(&mut self, facts: Facts) -> bool {
        let reader = self.hub.0.database.reader();
        match db::interviews::find(reader, facts.number).await {
            Ok(Some(interview)) => {
                self.room = Room::new(Facts {
                    title: interview.title,
                    seats: interview.seats,
                    ends_at: interview.schedule.ends_at,
                    locked: interview.locked,
                    ..facts
                });
                true
            }
            Ok(None) => false,
            Err(error) => {
                tracing::error!(%error, interview = %self.interview, "a room cannot open");
                false
            }
        }
    }

    fn until_deadline(&self) -> Duration {
        let now = self.hub.0.clock.now();
        self.room
            .next_deadline()
            .map_or(FOREVER, |at: Timestamp| at.since(now))
    }

    fn open(&mut self, mail: Mail) -> Opened {
        match mail {
            Mail::Join { outlet, input } => {
                if let Input::Join { socket, .. } = &input {
                    self.outlets.insert(*socket, outlet);
                }
                Opened::Input(input)
            }
            Mail::Input(input) => Opened::Input(input),
            Mail::CountSeats {
                without,
                role,
                reply,
            } => {
                let taken = self.room.taken_seats_without(without);
                // Who asked may have gone.
                let _ = reply.send(taken + self.room.seats_kept_from(role));
                Opened::Nothing
            }
            Mail::Drain => {
                self.dissolve();
                Opened::Drained
            }
        }
    }

    /// Ends the room with everybody in it. They come back to what the database knows of it.
    fn dissolve(&mut self) {
        for outlet in self.outlets.values() {
            outlet.push(Frame::Close(CloseCode::Restarting));
        }
        self.hub.close_if_quiet(self.interview, || true);
    }

    /// Feeds one input, and what follows from sockets that turned out too slow.
    async fn handle(&mut self, input: Input) -> Carried {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            if let Input::SocketClosed { socket } = &input {
                self.outlets.remove(socket);
            }
            for output in self.room.handle(self.hub.0.clock.now(), input) {
                match output {
                    Output::Send { to, message } => inputs.extend(self.send(&to, &message)),
                    Output::Close { socket, code } => {
                        if let Some(outlet) = self.outlets.remove(&socket) {
                            outlet.push(Frame::Close(code));
                        }
                    }
                    Output::Record(fact) => {
                        let written = self.record(fact).await;
                        if !written && changes_rights(fact) {
                            return Carried::Broken;
                        }
                    }
                }
            }
        }
        Carried::Out
    }

    /// Encodes once, queues for everyone; returns the closings of those who are too far behind.
    fn send(&mut self, to: &[SocketId], message: &ServerMessage) -> Vec<Input> {
        let text = match serde_json::to_string(message) {
            Ok(text) => Utf8Bytes::from(text),
            Err(error) => {
                tracing::error!(%error, "a server message cannot be encoded");
                return Vec::new();
            }
        };
        let mut closings = Vec::new();
        for socket in to {
            let kept = self
                .outlets
                .get(socket)
                .is_none_or(|outlet| outlet.push(Frame::Text(text.clone())));
            if !kept {
                self.outlets.remove(socket);
                closings.push(Input::SocketClosed { socket: *socket });
            }
        }
        closings
    }

    /// Writes a fact before anything later is told to anybody; false when that failed.
    async fn record(&self, fact: Fact) -> bool {
        let (database, now) = (&self.hub.0.database, self.hub.0.clock.now());
        let written = match fact {
            Fact::Arrived { participant } => {
                db::participants::record_arrival(database, participant, now).await
            }
            Fact::Ended { .. } => db::interviews::record_end(database, self.interview, now).await,
            Fact::RoleChanged { participant, role } => {
                db::participants::record_role(database, participant, role).await
            }
            Fact::Removed { participant } => {
                db::participants::remove_for_good(database, self.interview, participant, now).await
            }
            Fact::LockSet { locked } => {
                db::interviews::record_lock(database, self.interview, locked).await
            }
            Fact::Extended { ends_at } => {
                db::interviews::record_extension(database, self.interview, ends_at).await
            }
            Fact::Expired => db::interviews::record_expiry(database, self.interview, now).await,
        };
        if let Err(error) = &written {
            tracing::error!(%error, interview = %self.interview, ?fact, "a fact of a room was not written");
        }
        written.is_ok()
    }

    fn closes(&mut self) -> bool {
        let (mailbox, orders) = (&self.mailbox, &self.orders);
        self.hub
            .close_if_quiet(self.interview, || mailbox.is_empty() && orders.is_empty())
    }
}

/// Whether a room must not go on when a fact could not be written: it would tell people what is not
/// so after the next restart, and let those back in who were taken out.
fn changes_rights(fact: Fact) -> bool {
    match fact {
        Fact::RoleChanged { .. }
        | Fact::Removed { .. }
        | Fact::LockSet { .. }
        | Fact::Extended { .. }
        | Fact::Ended { .. } => true,
        // Somebody waits a second time; the sweeper finds out by itself.
        Fact::Arrived { .. } | Fact::Expired => false,
    }
}

/// What became of an input.
#[derive(PartialEq, Eq)]
enum Carried {
    Out,
    /// The room holds for true what could not be written.
    Broken,
}

enum Opened {
    Input(Input),
    Nothing,
    Drained,
}

/// No deadline. Longer than any interview is booked ahead.
const FOREVER: Duration = Duration::from_secs(u32::MAX as u64);
