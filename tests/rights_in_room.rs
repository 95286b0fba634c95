//! Everything that only whoever is in charge may say, said by everybody else, by both ways: refused, and
//! the room is as it was. Prints the table.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::{collections::BTreeSet, fmt::Write};

use colloquy::{
    model::{ConnectionId, PageId, PeerId, Role, Timestamp},
    protocol::{
        Caller, ClientMessage, IceCandidate, MediaState, Member, Reaction, RejectCode,
        ServerMessage, VERSION,
    },
};
use serde_json::json;
use support::{
    answers::about_answers,
    attendee::Attendee,
    socket::{By, Socket, fresh_page},
    stage::{Stage, rejected},
};
use tokio::task::JoinHandle;

/// On whom the messages are tried.
#[derive(Clone, Copy)]
struct Targets {
    /// An interviewee who shares a screen, speaks and has a hand up.
    seated: PeerId,
    /// Somebody who waits.
    caller: PeerId,
    /// Somebody else who waits.
    other: PeerId,
}

/// One message of every kind that needs charge, in an order in which whoever is in charge can say all of
/// them.
fn in_charge(targets: Targets) -> Vec<ClientMessage> {
    let examples: Vec<_> = commands(targets)
        .into_iter()
        .chain(others(targets))
        .collect();
    let shown: BTreeSet<String> = examples.iter().map(kind).collect();
    assert_eq!(shown, kinds(), "an example of every kind");
    examples.into_iter().filter(needs_charge).collect()
}

/// Every kind of message there is, as the refusal of an unknown one lists them.
fn kinds() -> BTreeSet<String> {
    let unknown = serde_json::from_value::<ClientMessage>(json!({ "type": "unknown" }));
    let refusal = unknown.unwrap_err().to_string();
    let quoted = refusal.split('`').skip(3).step_by(2);
    quoted.map(ToOwned::to_owned).collect()
}

/// What everybody with a seat may say.
fn others(Targets { seated: to, .. }: Targets) -> Vec<ClientMessage> {
    let connection = ConnectionId(fresh_page().0);
    let (media, sdp) = (MediaState::default(), String::new());
    vec![
        ClientMessage::Join {
            version: VERSION,
            page: fresh_page(),
            media,
        },
        ClientMessage::Offer {
            to,
            connection,
            number: 1,
            sdp: sdp.clone(),
        },
        ClientMessage::Answer {
            to,
            connection,
            number: 1,
            sdp,
        },
        ClientMessage::Candidate {
            to,
            connection,
            candidate: IceCandidate {
                candidate: String::new(),
                sdp_mid: None,
                sdp_m_line_index: None,
                username_fragment: None,
            },
        },
        ClientMessage::SetMedia { media },
        ClientMessage::SetSpeaking { speaking: true },
        ClientMessage::ReportLinks { links: Vec::new() },
        ClientMessage::SendChat {
            text: "hello".into(),
        },
        ClientMessage::RaiseHand {},
        ClientMessage::React {
            reaction: Reaction::Heart,
        },
        ClientMessage::Leave {},
    ]
    .into_iter()
    // What follows from the role alone; `tests/answers_refused.rs` replays it.
    .chain(about_answers(to))
    .collect()
}

fn commands(targets: Targets) -> Vec<ClientMessage> {
    let Targets {
        seated: peer,
        caller,
        other,
    } = targets;
    let text = || "one moment".to_owned();
    vec![
        ClientMessage::LowerHand { peer },
        ClientMessage::Mute { peer },
        ClientMessage::StopShare { peer },
        ClientMessage::ChangeRole {
            peer,
            role: Role::CoInterviewer,
        },
        ClientMessage::SendToWaiting {
            peer: caller,
            text: text(),
        },
        ClientMessage::Refuse {
            peer: other,
            reason: text(),
        },
        ClientMessage::Admit { peer: caller },
        ClientMessage::AdmitAll {},
        ClientMessage::SetLock { locked: true },
        ClientMessage::Extend { minutes: 5 },
        ClientMessage::Remove { peer },
        ClientMessage::End {},
    ]
}

/// Whether a message needs charge: a new one does not compile until that is decided.
fn needs_charge(message: &ClientMessage) -> bool {
    match message {
        // Of somebody else's hand.
        ClientMessage::LowerHand { .. }
        | ClientMessage::ChangeRole { .. }
        | ClientMessage::Admit { .. }
        | ClientMessage::AdmitAll {}
        | ClientMessage::Refuse { .. }
        | ClientMessage::SendToWaiting { .. }
        | ClientMessage::Mute { .. }
        | ClientMessage::StopShare { .. }
        | ClientMessage::Remove { .. }
        | ClientMessage::SetLock { .. }
        | ClientMessage::Extend { .. }
        | ClientMessage::End {} => true,
        ClientMessage::Join { .. }
        | ClientMessage::Offer { .. }
        | ClientMessage::Answer { .. }
        | ClientMessage::Candidate { .. }
        | ClientMessage::SetMedia { .. }
        | ClientMessage::SetSpeaking { .. }
        | ClientMessage::ReportLinks { .. }
        | ClientMessage::SendChat { .. }
        | ClientMessage::RaiseHand {}
        | ClientMessage::React { .. }
        | ClientMessage::ShowQuestion { .. }
        | ClientMessage::HideQuestion { .. }
        | ClientMessage::Look { .. }
        | ClientMessage::ReportRun { .. }
        | ClientMessage::Leave {} => false,
    }
}

fn kind(message: &ClientMessage) -> String {
    let json = serde_json::to_value(message).unwrap();
    json["type"].as_str().unwrap().to_owned()
}

/// The room as its main interviewer finds it on coming back.
#[derive(Debug, PartialEq)]
struct Snapshot {
    members: Vec<Member>,
    in_charge: Option<PeerId>,
    locked: bool,
    ends_at: Timestamp,
    waiting: Vec<Caller>,
}

struct Play {
    stage: Stage,
    page: PageId,
    host: Socket,
    targets: Targets,
    /// Kept reading, so that nobody is closed for being silent.
    _readers: Vec<JoinHandle<()>>,
}

/// Reads a socket to its end.
fn keep(mut socket: Socket) -> JoinHandle<()> {
    tokio::spawn(async move { while socket.next().await.is_ok() {} })
}

impl Play {
    async fn begin() -> Self {
        let stage = Stage::with(|form| form.with("waiting", "2").with("seats", "12")).await;
        for (name, role) in [("co", "1"), ("lin", "2"), ("tom", "2")] {
            Attendee::signed_up(&stage.server, name, "UTC").await;
            stage.host.invite(&stage.number, name, role).await.unwrap();
        }
        let page = fresh_page();
        let mut host = stage.open(&stage.host).await;
        host.join_as(page).await;
        let mut tom = stage.open(&person(&stage, "tom").await).await;
        let seated = tom.join().await.peer;
        let media = MediaState {
            microphone: true,
            camera: true,
            screen: true,
        };
        tom.say(&ClientMessage::SetMedia { media }).await;
        tom.say(&ClientMessage::RaiseHand {}).await;
        host.wait(|message| match message {
            ServerMessage::HandChanged { peer, .. } => (*peer == seated).then_some(()),
            _ => None,
        })
        .await;
        let mut waiting = Vec::new();
        for name in ["Caller", "Other"] {
            let mut socket = stage.guest_socket(name).await;
            waiting.push((socket.knock().await.peer, socket));
        }
        let targets = Targets {
            seated,
            caller: waiting[0].0,
            other: waiting[1].0,
        };
        let sockets = waiting.into_iter().map(|(_, socket)| socket).chain([tom]);
        Self {
            stage,
            page,
            host,
            targets,
            _readers: sockets.map(keep).collect(),
        }
    }

    /// Comes back as the same page and looks around.
    async fn look(&mut self) -> Snapshot {
        let host = self.stage.open(&self.stage.host).await;
        self.host = host;
        self.host.join_as(self.page).await;
        let waiting = self
            .host
            .wait(|message| match message {
                ServerMessage::Overview { overview } => Some(overview.waiting.clone()),
                _ => None,
            })
            .await;
        let welcome = self.host.heard.iter().find_map(|message| match message {
            ServerMessage::Welcome {
                members,
                in_charge,
                locked,
                ends_at,
                ..
            } => Some((members.clone(), *in_charge, *locked, *ends_at)),
            _ => None,
        });
        let (members, in_charge, locked, ends_at) = welcome.unwrap();
        Snapshot {
            members,
            in_charge,
            locked,
            ends_at,
            waiting,
        }
    }
}

/// The account of that name at another browser.
async fn person(stage: &Stage, name: &str) -> Attendee {
    let person = Attendee::stranger(&stage.server);
    let fields = [("user_name", name), ("password", support::PASSWORD)];
    person.post("sign_in", &fields).await.expect_done();
    person
}

/// Says something, then something that is always refused in its own way: what is refused before it is
/// the answer.
async fn answer_to(socket: &mut Socket, message: &ClientMessage) -> Option<RejectCode> {
    socket.say(message).await;
    socket
        .say(&ClientMessage::Join {
            version: VERSION,
            page: fresh_page(),
            media: MediaState::default(),
        })
        .await;
    let first = socket.wait(rejected).await;
    if first == RejectCode::AlreadyJoined {
        return None;
    }
    assert_eq!(socket.wait(rejected).await, RejectCode::AlreadyJoined);
    Some(first)
}

#[tokio::test]
async fn only_whoever_is_in_charge_may_say_what_needs_charge() {
    let mut table = String::new();
    for by in By::BOTH {
        let mut play = Play::begin().await;
        let messages = in_charge(play.targets);
        let mut columns = Vec::new();

        let seated = RejectCode::Forbidden;
        let senders = [
            (person(&play.stage, "co").await, seated),
            (person(&play.stage, "lin").await, seated),
            (play.stage.guest("Somebody").await, RejectCode::NotSeated),
        ];
        for (sender, expected) in senders {
            let mut socket = play.stage.open_by(by, &sender).await;
            let seat = socket.ask().await;
            assert_eq!(seat.is_err(), expected == RejectCode::NotSeated);
            let before = play.look().await;
            let mut column = Vec::new();
            for message in &messages {
                let answer = refusal_of(&mut socket, message, expected).await;
                assert_eq!(answer, expected, "{by:?} {message:?}");
                assert_eq!(play.look().await, before, "{by:?} {message:?}");
                column.push(format!("{answer:?}"));
            }
            columns.push(column);
            play._readers.push(keep(socket));
        }

        // The main interviewer, by the same way, may say every one of them.
        let mut host = play.stage.open_by(by, &play.stage.host).await;
        host.join_as(play.page).await;
        let mut column = Vec::new();
        for message in &messages {
            if *message == (ClientMessage::End {}) {
                host.say(message).await;
                host.closed().await;
                let over = matches!(host.heard.last(), Some(ServerMessage::Ended { .. }));
                assert!(over, "{:?}", host.heard.last());
            } else {
                assert_eq!(answer_to(&mut host, message).await, None, "{message:?}");
            }
            column.push("taken".to_owned());
        }
        columns.push(column);
        write_table(&mut table, by, &messages, &columns);
    }
    println!("{table}");
}

/// The refusal of one message. Nobody who waits can be answered `already_joined`, so theirs is alone.
async fn refusal_of(
    socket: &mut Socket,
    message: &ClientMessage,
    expected: RejectCode,
) -> RejectCode {
    if expected == RejectCode::NotSeated {
        socket.say(message).await;
        return socket.wait(rejected).await;
    }
    let answer = answer_to(socket, message).await;
    answer.unwrap_or_else(|| panic!("taken: {message:?}"))
}

fn write_table(table: &mut String, by: By, messages: &[ClientMessage], columns: &[Vec<String>]) {
    let line = |table: &mut String, cells: [&str; 5]| {
        let [first, rest @ ..] = cells;
        write!(table, "{first:<18}").unwrap();
        for cell in rest {
            write!(table, "{cell:<18}").unwrap();
        }
        table.push('\n');
    };
    writeln!(table, "\nby {by:?}").unwrap();
    let head = [
        "",
        "co_interviewer",
        "interviewee",
        "waiting",
        "main_interviewer",
    ];
    line(table, head);
    for (row, message) in messages.iter().enumerate() {
        let cell = |column: usize| columns[column][row].as_str();
        line(table, [&kind(message), cell(0), cell(1), cell(2), cell(3)]);
    }
}
