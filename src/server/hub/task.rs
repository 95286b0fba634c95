//! The task that owns one room: feeds it mail, orders and time, and carries out what it answers.

mod records;
mod work;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{body::Bytes, extract::ws::Utf8Bytes};
use tokio::sync::{mpsc, oneshot};

use super::{
    Hub,
    outlet::{Frame, Outlet},
};
use crate::{
    model::{InterviewId, ParticipantId, Role, Timestamp},
    protocol::{CloseCode, ServerMessage, document::ServerFrame},
    room::{Facts, Input, Output, Room, SocketId},
    server::{
        answers::{desk::Desk, journal::Receipt},
        db,
    },
};
use records::changes_rights;

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

/// What reaches a room past its mailbox.
pub(super) enum Order {
    Input(Input),
    /// The questions of the interview were changed.
    ReadQuestions,
}

pub(super) struct RoomTask {
    hub: Hub,
    interview: InterviewId,
    room: Room,
    desk: Desk,
    /// What the log says is durable.
    receipts: mpsc::UnboundedReceiver<Receipt>,
    outlets: HashMap<SocketId, Outlet>,
    mailbox: mpsc::Receiver<Mail>,
    /// Orders go before mail; within each, first come, first served.
    orders: mpsc::UnboundedReceiver<Order>,
    /// Whether [`Order::ReadQuestions`] is on its way.
    unread: Arc<AtomicBool>,
}

impl RoomTask {
    pub(super) fn new(
        hub: Hub,
        interview: InterviewId,
        facts: Facts,
        mailbox: mpsc::Receiver<Mail>,
        orders: mpsc::UnboundedReceiver<Order>,
        unread: Arc<AtomicBool>,
    ) -> Self {
        let room = Room::new(facts);
        let (desk, receipts) = Desk::new(hub.0.database.clone(), &hub.0.journal);
        Self {
            desk,
            receipts,
            hub,
            interview,
            room,
            outlets: HashMap::new(),
            mailbox,
            orders,
            unread,
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
            let carried = tokio::select! {
                biased;
                Some(order) = self.orders.recv() => self.obey(order).await,
                Some(receipt) = self.receipts.recv() => self.tell_saved(receipt).await,
                Some(mail) = self.mailbox.recv() => match self.open(mail) {
                    Opened::Input(input) => self.handle(input).await,
                    Opened::Nothing => continue,
                    Opened::Drained => {
                        self.desk.put_away().await;
                        self.dissolve();
                        return;
                    }
                },
                () = tokio::time::sleep(due), if due < FOREVER => {
                    self.handle(Input::Deadline).await
                }
            };
            if carried == Carried::Broken {
                self.dissolve();
                return;
            }
            if self.room.is_idle() && self.closes().await {
                return;
            }
        }
    }

    async fn obey(&mut self, order: Order) -> Carried {
        match order {
            Order::Input(input) => self.handle(input).await,
            Order::ReadQuestions => {
                // Before they are read: what changes from now on is read once more.
                self.unread.swap(false, Ordering::AcqRel);
                match self.read_questions().await {
                    Some(input) => self.handle(input).await,
                    None => Carried::Out,
                }
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
                self.read_work().await
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
            Mail::Drain => Opened::Drained,
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
                self.forget(*socket);
            }
            for output in self.room.handle(self.hub.0.clock.now(), input) {
                let Some(follows) = self.carry_out(output).await else {
                    return Carried::Broken;
                };
                inputs.extend(follows);
            }
        }
        Carried::Out
    }

    /// Answers what the room must hear of it; None when the room cannot go on.
    async fn carry_out(&mut self, output: Output) -> Option<Vec<Input>> {
        match output {
            Output::Send { to, message } => Some(self.send(&to, &message)),
            Output::SendFrame { to, frame } => Some(self.send_frame(&to, &frame)),
            Output::Close { socket, code } => {
                self.close(socket, code);
                Some(Vec::new())
            }
            Output::Refuse { socket, answer } => {
                self.desk.refuse(socket, answer);
                Some(Vec::new())
            }
            Output::Record(fact) => {
                let written = self.record(fact).await;
                (written || !changes_rights(fact)).then(Vec::new)
            }
            Output::Compare { .. } | Output::Apply { .. } | Output::KeepRun { .. } => {
                self.work(output).await
            }
        }
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
        self.push(to, &Frame::Text(text))
    }

    fn send_frame(&mut self, to: &[SocketId], frame: &ServerFrame) -> Vec<Input> {
        self.push(to, &Frame::Binary(Bytes::from(frame.encode())))
    }

    fn push(&mut self, to: &[SocketId], frame: &Frame) -> Vec<Input> {
        let mut closings = Vec::new();
        for socket in to {
            let outlet = self.outlets.get(socket);
            if outlet.is_some_and(|outlet| !outlet.push(frame.clone())) {
                self.forget(*socket);
                closings.push(Input::SocketClosed { socket: *socket });
            }
        }
        closings
    }

    fn close(&mut self, socket: SocketId, code: CloseCode) {
        if let Some(outlet) = self.forget(socket) {
            outlet.push(Frame::Close(code));
        }
    }

    /// Nothing is said to that socket any more.
    fn forget(&mut self, socket: SocketId) -> Option<Outlet> {
        self.desk.forget(socket);
        self.outlets.remove(&socket)
    }

    /// Forgets the room, unless something came meanwhile. Documents are put away before: once the door
    /// is gone, another room may write in the same answers.
    async fn closes(&mut self) -> bool {
        if !self.mailbox.is_empty() || !self.orders.is_empty() {
            return false;
        }
        self.desk.put_away().await;
        let (mailbox, orders) = (&self.mailbox, &self.orders);
        self.hub
            .close_if_quiet(self.interview, || mailbox.is_empty() && orders.is_empty())
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
