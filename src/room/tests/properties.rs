//! Random use of a room, compared with the naive one after every step.

mod steps;

use std::time::Duration;

use proptest::prelude::*;

use crate::model::{ParticipantId, PeerId, Role, Timestamp};
use crate::protocol::{ClientMessage, MediaState, ServerMessage, VERSION};
use crate::room::{Fact, Input, Output, SocketId, queue::Waiter};

use super::reference::{Expected, Reference};
use super::stage::{START, Stage, facts, page};
use steps::{Step, any_step, person};

/// The room under test beside the naive one.
struct Pair {
    stage: Stage,
    reference: Reference,
}

impl Pair {
    fn new(seats: u32) -> Self {
        Self {
            stage: Stage::new(seats),
            reference: Reference::new(facts(seats)),
        }
    }

    /// Half of the time one that is open, if any is.
    fn socket(&self, chosen: usize) -> SocketId {
        let all = self.stage.clients.iter();
        let open: Vec<_> = all.filter(|(_, client)| client.is_open()).collect();
        if chosen.is_multiple_of(2) && !open.is_empty() {
            return *open[chosen / 2 % open.len()].0;
        }
        SocketId((chosen % self.stage.clients.len().max(1)) as u64)
    }

    fn take(&mut self, step: Step) {
        let needs_socket = matches!(
            step,
            Step::JoinAgain { .. } | Step::Say { .. } | Step::Lose { .. } | Step::Dismiss { .. }
        );
        if needs_socket && self.stage.clients.is_empty() {
            return;
        }
        match step {
            Step::Join {
                occupant,
                page: number,
                media,
                version,
            } => {
                let (socket, page) = (self.stage.open_socket(), page(number));
                self.handle(Input::Join {
                    socket,
                    occupant,
                    version,
                    page,
                    media,
                });
            }
            Step::JoinAgain { socket, who } => self.join_again(socket, who),
            Step::Say { socket, message } => {
                let socket = self.socket(socket);
                self.handle(Input::Message { socket, message });
            }
            Step::Command { message } => self.command(message),
            Step::Lose { socket } => {
                let socket = self.socket(socket);
                self.stage.clients.get_mut(&socket).unwrap().lost = true;
                self.handle(Input::SocketClosed { socket });
            }
            Step::Dismiss { socket, code } => {
                let socket = self.socket(socket);
                self.handle(Input::SocketDismissed { socket, code });
            }
            Step::Remove { who } => self.handle(Input::Removed {
                participant: ParticipantId(who),
            }),
            Step::Reschedule { seats, ends_in } => {
                let ends_at = Timestamp(self.stage.now.0 + ends_in);
                self.handle(Input::Rescheduled {
                    title: String::new(),
                    seats,
                    ends_at,
                });
            }
            Step::Cancel => self.handle(Input::Cancelled),
            Step::Deadline => self.handle(Input::Deadline),
            Step::Wait { milliseconds } => self.wait(milliseconds),
            Step::Oversleep { milliseconds } => {
                self.stage.now = self.stage.now + Duration::from_millis(milliseconds);
            }
        }
    }

    /// A socket joins once; a second time only while it is known, as the hub sees to it.
    fn join_again(&mut self, socket: usize, who: i64) {
        let socket = self.socket(socket);
        let client = &self.stage.clients[&socket];
        if client.is_seated() || client.is_waiting() {
            let occupant = person(who, Role::MainInterviewer);
            let (page, media) = (page(9), MediaState::default());
            let before = self.reference.roster();
            self.handle(Input::Join {
                socket,
                occupant,
                version: VERSION,
                page,
                media,
            });
            assert!(self.reference.roster().len() <= before.len());
        }
    }

    fn command(&mut self, message: ClientMessage) {
        let Some(peer) = self.reference.in_charge(self.stage.now) else {
            return;
        };
        let mut clients = self.stage.clients.iter();
        let found = clients.find(|(_, client)| {
            let you = client.you.as_ref();
            client.is_seated() && you.is_some_and(|you| you.peer == peer)
        });
        if let Some(socket) = found.map(|(socket, _)| *socket) {
            self.handle(Input::Message { socket, message });
        }
    }

    fn wait(&mut self, milliseconds: u64) {
        let until = self.stage.now + Duration::from_millis(milliseconds);
        while let Some(due) = self.stage.room.next_deadline().filter(|due| *due <= until) {
            self.stage.now = self.stage.now.max(due);
            self.handle(Input::Deadline);
            let next = self.stage.room.next_deadline();
            assert!(next.is_none_or(|next| next > self.stage.now));
        }
        self.stage.now = until;
        self.stage.check_views();
    }

    fn handle(&mut self, input: Input) {
        let now = self.stage.now;
        let expected = self.reference.handle(now, &input);
        let you = match &input {
            Input::Message { socket, .. } => self.stage.clients[socket].you.clone(),
            _ => None,
        };
        let outputs = self.stage.handle(input);
        let happened = summary(&outputs);
        assert_eq!(happened, expected);
        self.check_state();
        let by_right = |fact: &Fact| !matches!(fact, Fact::Arrived { .. } | Fact::Expired);
        if happened.facts.iter().any(by_right) {
            let role = you.map(|you| you.role);
            assert!(matches!(
                role,
                Some(Role::MainInterviewer | Role::CoInterviewer)
            ));
        }
    }

    /// The room is as the naive one, and everybody sees it so.
    fn check_state(&self) {
        let (stage, reference) = (&self.stage, &self.reference);
        let room = &stage.room;
        assert_eq!(stage.roster(), reference.roster());
        let since = |waiter: &Waiter| (waiter.peer(), waiter.since);
        let waiting: Vec<_> = room.queue.iter().map(since).collect();
        assert_eq!(waiting, reference.waiting());
        let links: Vec<_> = room.seats.iter().map(|seat| seat.links.clone()).collect();
        assert_eq!(links, reference.links());
        let in_charge: Option<PeerId> = reference.in_charge(stage.now);
        assert_eq!(room.in_charge(stage.now), in_charge);
        assert_eq!(room.facts.locked, reference.is_locked());
        assert_eq!(room.facts.ends_at, reference.ends_at());
        for client in stage.clients.values().filter(|client| client.is_seated()) {
            let you = client.you.as_ref().unwrap().peer;
            assert_eq!(client.chat, reference.chat_of(you));
        }
    }
}

fn summary(outputs: &[Output]) -> Expected {
    let mut summary = Expected::default();
    for output in outputs {
        match output {
            Output::Close { socket, code } => drop(summary.closed.insert(*socket, *code)),
            Output::Record(fact) => summary.facts.push(*fact),
            Output::SendFrame { .. }
            | Output::Compare { .. }
            | Output::Apply { .. }
            | Output::Refuse { .. }
            | Output::KeepRun { .. } => panic!("nobody asked for it: {output:?}"),
            Output::Send { to, message } => match message {
                ServerMessage::Rejected { code, .. } => {
                    let rejected = to.iter().map(|socket| (*socket, *code));
                    summary.rejected.extend(rejected);
                }
                ServerMessage::Offer { .. }
                | ServerMessage::Answer { .. }
                | ServerMessage::Candidate { .. }
                | ServerMessage::ChatSent { .. }
                | ServerMessage::Reacted { .. }
                | ServerMessage::SpeakingChanged { .. }
                | ServerMessage::SentToWaiting { .. }
                | ServerMessage::Refused { .. }
                | ServerMessage::Muted { .. }
                | ServerMessage::ShareStopped { .. }
                | ServerMessage::Ended { .. } => {
                    let said = to.iter().map(|socket| (*socket, message.clone()));
                    summary.said.extend(said);
                }
                // What these say is compared by what clients see.
                _ => {}
            },
        }
    }
    summary
}

proptest! {
    #[test]
    fn the_room_is_the_naive_one(
        seats in 1..25_u32,
        steps in prop::collection::vec(any_step(), 1..150),
    ) {
        let mut pair = Pair::new(seats);
        prop_assert_eq!(pair.stage.now, START);
        for step in steps {
            pair.take(step);
        }
    }
}
