//! Random use of a room, compared with the naive one after every step.

use std::time::Duration;

use proptest::prelude::*;

use crate::model::{Language, ParticipantId, PeerId, Role, Timestamp};
use crate::protocol::{ClientMessage, CloseCode, MediaState, ServerMessage, VERSION};
use crate::room::{Fact, Input, Occupant, Output, SocketId};

use super::reference::{Expected, Reference};
use super::signals::signals;
use super::stage::{START, Stage, facts, page};

/// How many people want into the room: more than it ever holds.
const PEOPLE: i64 = 24;

/// One thing that happens. Sockets are chosen among all there ever were, open or not.
#[derive(Clone, Debug)]
enum Step {
    Join {
        who: i64,
        role: Role,
        page: u128,
        media: MediaState,
        version: u16,
    },
    JoinAgain {
        socket: usize,
        who: i64,
    },
    Say {
        socket: usize,
        said: Said,
    },
    Lose {
        socket: usize,
    },
    Dismiss {
        socket: usize,
        code: CloseCode,
    },
    Remove {
        who: i64,
    },
    Reschedule {
        seats: u32,
        ends_in: i64,
    },
    Cancel,
    Deadline,
    Wait {
        milliseconds: u64,
    },
    /// Time passes and the room hears of it late.
    Oversleep {
        milliseconds: u64,
    },
}

#[derive(Clone, Debug)]
enum Said {
    Join,
    Signal { kind: usize, to: i64 },
    Media(MediaState),
    Chat(String),
    End,
    Leave,
}

fn any_media() -> impl Strategy<Value = MediaState> {
    any::<(bool, bool)>().prop_map(|(microphone, camera)| MediaState {
        microphone,
        camera,
        screen: false,
    })
}

fn any_said() -> impl Strategy<Value = Said> {
    let text = prop_oneof![
        6 => "[a-z ]{0,4}",
        1 => (1999_usize..2003).prop_map(|length| "字".repeat(length)),
    ];
    prop_oneof![
        1 => Just(Said::Join),
        8 => (0..3_usize, 0..PEOPLE).prop_map(|(kind, to)| Said::Signal { kind, to }),
        4 => any_media().prop_map(Said::Media),
        8 => text.prop_map(Said::Chat),
        1 => Just(Said::End),
        2 => Just(Said::Leave),
    ]
}

fn any_join() -> impl Strategy<Value = Step> {
    let role = prop_oneof![
        1 => Just(Role::MainInterviewer),
        3 => Just(Role::CoInterviewer),
        6 => Just(Role::Interviewee),
    ];
    let version = prop_oneof![20 => Just(VERSION), 1 => Just(VERSION + 1)];
    (0..PEOPLE, role, 0..3_u128, any_media(), version).prop_map(
        |(who, role, page, media, version)| Step::Join {
            who,
            role,
            page,
            media,
            version,
        },
    )
}

fn any_step() -> impl Strategy<Value = Step> {
    let socket = || any::<usize>();
    let code = prop::sample::select(CloseCode::ALL);
    prop_oneof![
        30 => any_join(),
        1 => (socket(), 0..PEOPLE).prop_map(|(socket, who)| Step::JoinAgain { socket, who }),
        30 => (socket(), any_said()).prop_map(|(socket, said)| Step::Say { socket, said }),
        8 => socket().prop_map(|socket| Step::Lose { socket }),
        2 => (socket(), code).prop_map(|(socket, code)| Step::Dismiss { socket, code }),
        2 => (0..PEOPLE).prop_map(|who| Step::Remove { who }),
        2 => (1..25_u32, -10_000..4_000_000_i64)
            .prop_map(|(seats, ends_in)| Step::Reschedule { seats, ends_in }),
        1 => prop::bool::weighted(0.1).prop_map(|so| if so { Step::Cancel } else { Step::Deadline }),
        2 => Just(Step::Deadline),
        10 => (0..40_000_u64).prop_map(|milliseconds| Step::Wait { milliseconds }),
        3 => (0..70_000_u64).prop_map(|milliseconds| Step::Oversleep { milliseconds }),
    ]
}

fn person(who: i64, role: Role) -> Occupant {
    let participant = ParticipantId(who);
    let name = format!("{role:?} {who}");
    Occupant {
        participant,
        name,
        role,
        language: Language::English,
        user_name: None,
        transport: crate::protocol::Transport::WebSocket,
        waits: false,
    }
}

/// The room under test beside the naive one.
struct Pair {
    stage: Stage,
    reference: Reference,
}

impl Pair {
    fn socket(&self, chosen: usize) -> SocketId {
        SocketId((chosen % self.stage.clients.len().max(1)) as u64)
    }

    fn message(said: Said) -> ClientMessage {
        match said {
            Said::Join => {
                let media = MediaState::default();
                ClientMessage::Join {
                    version: VERSION,
                    page: page(0),
                    media,
                }
            }
            Said::Signal { kind, to } => signals(PeerId(0), PeerId(to))[kind].0.clone(),
            Said::Media(media) => ClientMessage::SetMedia { media },
            Said::Chat(text) => ClientMessage::SendChat { text },
            Said::End => ClientMessage::End {},
            Said::Leave => ClientMessage::Leave {},
        }
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
                who,
                role,
                page: number,
                media,
                version,
            } => {
                let (socket, occupant) = (self.stage.open_socket(), person(who, role));
                let page = page(number);
                self.handle(Input::Join {
                    socket,
                    occupant,
                    version,
                    page,
                    media,
                });
            }
            Step::JoinAgain { socket, who } => self.join_again(socket, who),
            Step::Say { socket, said } => {
                let socket = self.socket(socket);
                let message = Self::message(said);
                self.handle(Input::Message { socket, message });
            }
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

    /// A socket joins once; a second time only while it is seated, as the hub sees to it.
    fn join_again(&mut self, socket: usize, who: i64) {
        let socket = self.socket(socket);
        if self.reference.role_at(socket).is_some() && self.stage.clients[&socket].is_seated() {
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

    fn wait(&mut self, milliseconds: u64) {
        let until = self.stage.now + Duration::from_millis(milliseconds);
        while let Some(due) = self.stage.room.next_deadline().filter(|due| *due <= until) {
            self.stage.now = self.stage.now.max(due);
            self.handle(Input::Deadline);
        }
        self.stage.now = until;
    }

    fn handle(&mut self, input: Input) {
        let now = self.stage.now;
        let expected = self.reference.handle(now, &input);
        let role = match &input {
            Input::Message { socket, .. } => self.stage.clients[socket].you.clone(),
            _ => None,
        };
        let outputs = self.stage.handle(input);
        let happened = summary(&outputs);
        assert_eq!(happened, expected);
        assert_eq!(self.stage.roster(), self.reference.roster());
        if happened
            .facts
            .iter()
            .any(|fact| matches!(fact, Fact::Ended { .. }))
        {
            assert_eq!(role.map(|you| you.role), Some(Role::MainInterviewer));
        }
        if happened
            .facts
            .iter()
            .any(|fact| matches!(fact, Fact::Arrived { .. }))
        {
            assert!(self.stage.roster().len() <= self.stage.room.facts.seats as usize);
        }
    }
}

fn summary(outputs: &[Output]) -> Expected {
    let mut summary = Expected::default();
    for output in outputs {
        match output {
            Output::Close { socket, code } => drop(summary.closed.insert(*socket, *code)),
            Output::Record(fact) => summary.facts.push(*fact),
            Output::Send { to, message } => match message {
                ServerMessage::Rejected { code, .. } => {
                    summary
                        .rejected
                        .extend(to.iter().map(|socket| (*socket, *code)));
                }
                ServerMessage::Offer { .. }
                | ServerMessage::Answer { .. }
                | ServerMessage::Candidate { .. }
                | ServerMessage::ChatSent { .. }
                | ServerMessage::Ended { .. } => {
                    summary
                        .said
                        .extend(to.iter().map(|socket| (*socket, message.clone())));
                }
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
        let reference = Reference::new(facts(seats));
        let mut pair = Pair { stage: Stage::new(seats), reference };
        prop_assert_eq!(pair.stage.now, START);
        for step in steps {
            pair.take(step);
        }
    }
}
