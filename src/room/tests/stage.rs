//! A room with its clients and its clock, checked after every input.

use std::collections::BTreeMap;
use std::time::Duration;

use uuid::Uuid;

use crate::model::{InterviewNumber, Language, PageId, ParticipantId, PeerId, Role, Timestamp};
use crate::protocol::{
    ClientMessage, CloseCode, IceServer, MediaState, Member, RejectCode, ServerMessage, VERSION,
};
use crate::room::{
    Fact, Facts, Input, Occupant, Output, Room, SocketId, queue::Waiter, seats::Seat,
};

use super::client::Client;

pub const START: Timestamp = Timestamp(1_800_000_000_000);
pub const ANNA: ParticipantId = ParticipantId(1);
pub const BO: ParticipantId = ParticipantId(2);
pub const CHEN: ParticipantId = ParticipantId(3);
pub const DORA: ParticipantId = ParticipantId(4);
pub const ON: MediaState = MediaState {
    microphone: true,
    camera: true,
    screen: false,
};
pub const OFF: MediaState = MediaState {
    microphone: false,
    camera: false,
    screen: false,
};

pub fn page(number: u128) -> PageId {
    PageId(Uuid::from_u128(number))
}

pub fn peer(participant: ParticipantId) -> PeerId {
    participant.into()
}

pub fn facts(seats: u32) -> Facts {
    Facts {
        number: InterviewNumber::from_draw(482_913),
        title: "Rust".into(),
        seats,
        ends_at: START + Duration::from_secs(3600),
        locked: false,
        ice_servers: vec![IceServer {
            urls: vec!["stun:stun.example.org".into()],
            username: None,
            credential: None,
        }],
    }
}

/// Participant 1 is the main interviewer, 2 a co-interviewer, everyone else is interviewed.
pub fn occupant(participant: ParticipantId) -> Occupant {
    let role = match participant {
        ANNA => Role::MainInterviewer,
        BO => Role::CoInterviewer,
        _ => Role::Interviewee,
    };
    let name = format!("P{participant}");
    Occupant {
        participant,
        name,
        role,
        language: Language::English,
        user_name: None,
        transport: crate::protocol::Transport::WebSocket,
        waits: false,
        arrived: false,
    }
}

#[derive(Debug)]
pub struct Stage {
    pub room: Room,
    pub now: Timestamp,
    pub clients: BTreeMap<SocketId, Client>,
    pub facts: Vec<Fact>,
}

impl Stage {
    pub fn new(seats: u32) -> Self {
        Self {
            room: Room::new(facts(seats)),
            now: START,
            clients: BTreeMap::new(),
            facts: Vec::new(),
        }
    }

    /// A new socket that nobody has spoken on.
    pub fn open_socket(&mut self) -> SocketId {
        let socket = SocketId(self.clients.len() as u64);
        self.clients.insert(socket, Client::default());
        socket
    }

    /// Hands one input over, delivers what comes of it, and checks what must always hold.
    pub fn handle(&mut self, input: Input) -> Vec<Output> {
        let outputs = self.room.handle(self.now, input);
        for output in &outputs {
            match output {
                Output::Send { to, message } => self.deliver(to, message),
                Output::Close { socket, code } => {
                    let client = self.clients.get_mut(socket).unwrap();
                    assert!(client.is_open(), "closed twice: {socket:?}");
                    client.closed = Some(*code);
                }
                Output::Record(fact) => self.facts.push(*fact),
                Output::SendFrame { to, frame } => {
                    assert!(!to.is_empty(), "said to nobody: {frame:?}");
                    for socket in to {
                        self.clients.get_mut(socket).unwrap().see(frame);
                    }
                }
                Output::Compare {
                    socket,
                    answer,
                    sees,
                    ..
                } => assert!(!sees || self.clients[socket].may_see(*answer)),
                Output::Apply { edit, to } => {
                    for socket in to {
                        assert_ne!(*socket, edit.socket);
                        assert!(self.clients[socket].may_see(edit.answer));
                    }
                }
                Output::Refuse { .. } | Output::KeepRun { .. } => {}
            }
        }
        self.check_views();
        self.check_deadline();
        outputs
    }

    fn deliver(&mut self, to: &[SocketId], message: &ServerMessage) {
        assert!(!to.is_empty(), "said to nobody: {message:?}");
        for socket in to {
            self.clients.get_mut(socket).unwrap().hear(message);
        }
    }

    /// The roster as the room has it.
    pub fn roster(&self) -> Vec<Member> {
        self.room.seats.iter().map(Seat::member).collect()
    }

    /// What everybody knows is how it is at this moment.
    pub fn check_views(&self) {
        let roster = self.roster();
        assert!(roster.len() <= 20);
        let here = roster.iter().filter(|member| member.present).count();
        let seated: Vec<_> = self
            .clients
            .values()
            .filter(|client| client.is_seated())
            .collect();
        assert_eq!(
            seated.len(),
            here,
            "one open socket for everyone present, and no other"
        );
        let in_charge = self.room.in_charge(self.now);
        for client in seated {
            let you = client.you.as_ref().unwrap();
            let (own, others): (Vec<_>, Vec<_>) =
                roster.iter().cloned().partition(|m| m.peer == you.peer);
            assert_eq!(client.others, others, "what {} sees", you.peer);
            // What one switched oneself is not told again.
            let media = own[0].media;
            let you = Member {
                media,
                ..you.clone()
            };
            assert_eq!(vec![you], own, "what they see of themselves");
            assert_eq!(client.ends_at, Some(self.room.facts.ends_at));
            assert_eq!(client.in_charge, in_charge);
            assert_eq!(client.locked, self.room.facts.locked);
            self.check_overview(client, &own[0]);
        }
        self.check_queue();
    }

    /// Interviewers see the room as it is; everybody else sees nothing of it.
    fn check_overview(&self, client: &Client, you: &Member) {
        let Some(seen) = &client.overview else {
            assert_eq!(you.role, Role::Interviewee);
            return;
        };
        assert!(you.role < Role::Interviewee, "an interviewee looks on");
        let waiting: Vec<_> = self.room.queue.iter().map(Waiter::caller).collect();
        assert_eq!(seen.waiting, waiting);
        let peers: Vec<_> = seen.details.iter().map(|details| details.peer).collect();
        let seats = || self.room.seats.iter();
        assert_eq!(peers, seats().map(Seat::peer).collect::<Vec<_>>());
        let looking = seats().filter_map(|seat| Some((seat.peer(), seat.looking?)));
        let seen_looking = seen
            .looking
            .iter()
            .map(|looking| (looking.peer, looking.at));
        assert_eq!(
            seen_looking.collect::<BTreeMap<_, _>>(),
            looking.map(|(peer, at)| (peer, Some(at))).collect()
        );
        for seat in seats() {
            let links = seen.links.iter().find(|of| of.peer == seat.peer());
            let links = links.map(|of| of.links.clone()).unwrap_or_default();
            assert_eq!(links, seat.links);
        }
    }

    fn check_queue(&self) {
        let queue = &self.room.queue;
        assert!(queue.len() <= 20);
        assert!(queue.iter().map(|waiter| waiter.since).is_sorted());
        for waiter in queue.iter() {
            assert!(self.room.seats.of(waiter.participant()).is_none());
        }
        let waiting = self.clients.values().filter(|client| client.is_waiting());
        let attended: Vec<_> = waiting.map(|client| client.waiting).collect();
        let is_attended = self.room.is_attended(self.now);
        assert_eq!(
            attended,
            vec![Some(is_attended); queue.sockets().count()],
            "one open socket for everyone who waits, and no other"
        );
    }

    fn check_deadline(&self) {
        let someone = !self.roster().is_empty() || !self.room.queue.is_empty();
        assert_eq!(self.room.is_idle(), !someone);
        assert_eq!(self.room.next_deadline().is_some(), someone);
    }

    /// Lets time pass, with every deadline in between.
    pub fn wait(&mut self, milliseconds: u64) {
        let until = self.now + Duration::from_millis(milliseconds);
        while let Some(due) = self.room.next_deadline().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.handle(Input::Deadline);
            let next = self.room.next_deadline();
            assert!(
                next.is_none_or(|next| next > self.now),
                "a deadline that does nothing"
            );
        }
        self.now = until;
    }

    pub fn join_as(&mut self, occupant: Occupant, page_number: u128) -> SocketId {
        let socket = self.open_socket();
        let page = page(page_number);
        self.handle(Input::Join {
            socket,
            occupant,
            version: VERSION,
            page,
            media: ON,
        });
        socket
    }

    pub fn join(&mut self, participant: ParticipantId, page_number: u128) -> SocketId {
        self.join_as(occupant(participant), page_number)
    }

    /// Joins somebody whom the setting lets wait.
    pub fn knock(&mut self, participant: ParticipantId, page_number: u128) -> SocketId {
        let waits = true;
        self.join_as(
            Occupant {
                waits,
                ..occupant(participant)
            },
            page_number,
        )
    }

    /// Says something and returns why it was refused, if it was.
    pub fn ask(&mut self, socket: SocketId, message: ClientMessage) -> Option<RejectCode> {
        self.clients.get_mut(&socket).unwrap().heard.clear();
        self.say(socket, message);
        self.clients[&socket].last_rejection()
    }

    pub fn say(&mut self, socket: SocketId, message: ClientMessage) -> Vec<Output> {
        self.handle(Input::Message { socket, message })
    }

    pub fn drop_socket(&mut self, socket: SocketId) -> Vec<Output> {
        self.clients.get_mut(&socket).unwrap().lost = true;
        self.handle(Input::SocketClosed { socket })
    }

    pub fn closed(&self, socket: SocketId) -> Option<CloseCode> {
        self.clients[&socket].closed
    }

    /// What a socket heard since the last time it was asked.
    pub fn heard(&mut self, socket: SocketId) -> Vec<ServerMessage> {
        std::mem::take(&mut self.clients.get_mut(&socket).unwrap().heard)
    }

    /// Forgets what everyone heard so far.
    pub fn forget(&mut self) {
        self.clients
            .values_mut()
            .for_each(|client| client.heard.clear());
    }
}
