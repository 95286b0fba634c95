//! What may happen to a room, at random.

use proptest::prelude::*;

use crate::model::{ParticipantId, PeerId, Role};
use crate::protocol::{
    ClientMessage, CloseCode, LinkReport, LinkState, MediaState, Reaction, Route, Transport,
    VERSION,
};
use crate::room::Occupant;
use crate::room::tests::signals::signals;
use crate::room::tests::stage::{occupant, page};

/// How many people want into the room: more than it ever holds.
const PEOPLE: i64 = 24;

/// One thing that happens. Sockets are chosen among all there ever were, open or not.
#[derive(Clone, Debug)]
pub enum Step {
    Join {
        occupant: Occupant,
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
        message: ClientMessage,
    },
    /// Said by whoever is in charge, if anybody is.
    Command {
        message: ClientMessage,
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

pub fn person(who: i64, role: Role) -> Occupant {
    let name = format!("{role:?} {who}");
    Occupant {
        name,
        role,
        ..occupant(ParticipantId(who))
    }
}

/// Few people meet often, many fill the room.
fn any_who() -> impl Strategy<Value = i64> {
    prop_oneof![2 => 0..5_i64, 1 => 0..PEOPLE]
}

fn any_peer() -> impl Strategy<Value = PeerId> {
    any_who().prop_map(PeerId)
}

fn any_role() -> impl Strategy<Value = Role> {
    prop_oneof![
        1 => Just(Role::MainInterviewer),
        3 => Just(Role::CoInterviewer),
        6 => Just(Role::Interviewee),
    ]
}

fn any_media() -> impl Strategy<Value = MediaState> {
    any::<(bool, bool, bool)>().prop_map(|(microphone, camera, screen)| MediaState {
        microphone,
        camera,
        screen,
    })
}

fn any_text() -> impl Strategy<Value = String> {
    let lengths = prop_oneof![199_usize..203, 1999_usize..2003];
    prop_oneof![
        6 => "[a-z ]{0,4}",
        1 => lengths.prop_map(|length| "字".repeat(length)),
    ]
}

fn any_link() -> impl Strategy<Value = LinkReport> {
    (any_peer(), any::<(bool, bool)>()).prop_map(|(peer, (picture, sound))| LinkReport {
        peer,
        link: LinkState::Connected,
        route: Some(Route::Direct),
        picture,
        sound,
        round_trip: None,
        loss: Some(1),
        height: None,
    })
}

fn any_word() -> impl Strategy<Value = ClientMessage> {
    let links = prop_oneof![
        5 => prop::collection::vec(any_link(), 0..5),
        1 => prop::collection::vec(any_link(), 20..22),
    ];
    let reaction = prop::sample::select(Reaction::ALL.to_vec());
    prop_oneof![
        1 => Just(ClientMessage::Join {
            version: VERSION,
            page: page(0),
            media: MediaState::default(),
        }),
        8 => (0..3_usize, any_peer()).prop_map(|(kind, to)| signals(PeerId(0), to)[kind].0.clone()),
        6 => any_media().prop_map(|media| ClientMessage::SetMedia { media }),
        8 => any_text().prop_map(|text| ClientMessage::SendChat { text }),
        3 => any::<bool>().prop_map(|speaking| ClientMessage::SetSpeaking { speaking }),
        6 => links.prop_map(|links| ClientMessage::ReportLinks { links }),
        5 => Just(ClientMessage::RaiseHand {}),
        3 => reaction.prop_map(|reaction| ClientMessage::React { reaction }),
        3 => Just(ClientMessage::Leave {}),
    ]
}

fn any_command() -> impl Strategy<Value = ClientMessage> {
    let minutes = prop::sample::select(vec![0, 5, 15, 16, 30, u32::MAX]);
    prop_oneof![
        6 => (any_peer(), any_role()).prop_map(|(peer, role)| ClientMessage::ChangeRole { peer, role }),
        6 => any_peer().prop_map(|peer| ClientMessage::Admit { peer }),
        4 => Just(ClientMessage::AdmitAll {}),
        4 => (any_peer(), any_text())
            .prop_map(|(peer, reason)| ClientMessage::Refuse { peer, reason }),
        4 => (any_peer(), any_text())
            .prop_map(|(peer, text)| ClientMessage::SendToWaiting { peer, text }),
        5 => any_peer().prop_map(|peer| ClientMessage::Mute { peer }),
        5 => any_peer().prop_map(|peer| ClientMessage::StopShare { peer }),
        4 => any_peer().prop_map(|peer| ClientMessage::LowerHand { peer }),
        4 => any_peer().prop_map(|peer| ClientMessage::Remove { peer }),
        4 => any::<bool>().prop_map(|locked| ClientMessage::SetLock { locked }),
        3 => minutes.prop_map(|minutes| ClientMessage::Extend { minutes }),
        1 => prop::bool::weighted(0.3).prop_map(|so| {
            if so { ClientMessage::End {} } else { ClientMessage::AdmitAll {} }
        }),
    ]
}

fn any_join() -> impl Strategy<Value = Step> {
    let version = prop_oneof![20 => Just(VERSION), 1 => Just(VERSION + 1)];
    let flags = any::<(bool, bool, bool)>();
    let occupant =
        (any_who(), any_role(), flags).prop_map(|(who, role, (waits, arrived, over_http))| {
            Occupant {
                waits,
                arrived,
                transport: if over_http {
                    Transport::Http
                } else {
                    Transport::WebSocket
                },
                ..person(who, role)
            }
        });
    let page = prop_oneof![1 => 0..3_u128, 2 => 3..60_u128];
    (occupant, page, any_media(), version).prop_map(|(occupant, page, media, version)| Step::Join {
        occupant,
        page,
        media,
        version,
    })
}

pub fn any_step() -> impl Strategy<Value = Step> {
    let socket = || any::<usize>();
    let code = prop::sample::select(CloseCode::ALL);
    prop_oneof![
        30 => any_join(),
        3 => (socket(), 0..PEOPLE).prop_map(|(socket, who)| Step::JoinAgain { socket, who }),
        22 => (socket(), any_word()).prop_map(|(socket, message)| Step::Say { socket, message }),
        8 => (socket(), any_command()).prop_map(|(socket, message)| Step::Say { socket, message }),
        25 => any_command().prop_map(|message| Step::Command { message }),
        8 => socket().prop_map(|socket| Step::Lose { socket }),
        2 => (socket(), code).prop_map(|(socket, code)| Step::Dismiss { socket, code }),
        2 => any_who().prop_map(|who| Step::Remove { who }),
        2 => (1..25_u32, -10_000..4_000_000_i64)
            .prop_map(|(seats, ends_in)| Step::Reschedule { seats, ends_in }),
        1 => prop::bool::weighted(0.1).prop_map(|so| if so { Step::Cancel } else { Step::Deadline }),
        2 => Just(Step::Deadline),
        10 => (0..40_000_u64).prop_map(|milliseconds| Step::Wait { milliseconds }),
        3 => (0..70_000_u64).prop_map(|milliseconds| Step::Oversleep { milliseconds }),
    ]
}
