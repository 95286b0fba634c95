//! The rules of the mesh, one by one.

use std::{collections::BTreeSet, time::Duration};

use uuid::Uuid;

use super::{Input, Mesh, Output, connection_id};
use crate::{
    model::{ConnectionId, InterviewNumber, PageId, PeerId, Role, Timestamp},
    negotiation::{self, Command, LinkState, TransportState},
    protocol::{ClientMessage, EndReason, MediaState, Member, ServerMessage, VERSION},
};

/// This page is peer 2, so that it is polite towards 1 and impolite towards 3.
const OWN: PeerId = PeerId(2);
const LOW: PeerId = PeerId(1);
const HIGH: PeerId = PeerId(3);

struct Tab {
    mesh: Mesh,
    now: Timestamp,
}

impl Tab {
    /// A page that was welcomed by these.
    fn among(members: &[Member]) -> (Self, Vec<Output>) {
        let mut tab = Self {
            mesh: Mesh::new(page(2)),
            now: Timestamp(0),
        };
        let out = tab.welcome(members);
        (tab, out)
    }

    fn hear(&mut self, message: ServerMessage) -> Vec<Output> {
        self.mesh.handle(self.now, Input::Server(message))
    }

    fn welcome(&mut self, members: &[Member]) -> Vec<Output> {
        self.hear(ServerMessage::Welcome {
            version: VERSION,
            number: InterviewNumber::from_draw(1),
            title: "Rust".into(),
            you: member(OWN, 2),
            members: members.to_vec(),
            in_charge: None,
            locked: false,
            chat: Vec::new(),
            questions: Vec::new(),
            now: self.now,
            ends_at: self.now,
            ice_servers: Vec::new(),
        })
    }

    fn joined(&mut self, peer: PeerId, load: u128) -> Vec<Output> {
        self.hear(ServerMessage::PeerJoined {
            member: member(peer, load),
        })
    }

    fn offered(&mut self, from: PeerId, connection: ConnectionId) -> Vec<Output> {
        self.hear(ServerMessage::Offer {
            from,
            connection,
            number: 1,
            sdp: "offer".into(),
        })
    }

    fn event(&mut self, connection: ConnectionId, input: negotiation::Input) -> Vec<Output> {
        self.mesh
            .handle(self.now, Input::Event { connection, input })
    }

    fn connect(&mut self, connection: ConnectionId) {
        let connected = negotiation::Input::Transport(TransportState::Connected);
        let peer = self.event(connection, connected);
        assert!(matches!(
            peer[..],
            [Output::LinkChanged {
                link: LinkState::Connected,
                ..
            }]
        ));
    }

    fn after(&mut self, seconds: u64) -> Vec<Output> {
        self.now = self.now + Duration::from_secs(seconds);
        self.mesh.handle(self.now, Input::Deadline)
    }
}

fn page(load: u128) -> PageId {
    PageId(Uuid::from_u128(load << 64))
}

fn member(peer: PeerId, load: u128) -> Member {
    Member {
        peer,
        name: format!("Peer {peer}"),
        role: Role::Interviewee,
        page: page(load),
        media: MediaState::default(),
        hand: None,
        present: true,
    }
}

fn own_call(count: u128) -> ConnectionId {
    connection_id(page(2), count)
}

fn their_call(count: u128) -> ConnectionId {
    connection_id(page(9), count)
}

fn called(peer: PeerId, connection: ConnectionId) -> [Output; 2] {
    let command = Command::MakeOffer { ice_restart: false };
    [
        Output::Open {
            peer,
            connection,
            caller: true,
        },
        Output::Command {
            connection,
            command,
        },
    ]
}

fn answered(peer: PeerId, connection: ConnectionId) -> [Output; 2] {
    let command = Command::TakeOffer {
        sdp: "offer".into(),
    };
    [
        Output::Open {
            peer,
            connection,
            caller: false,
        },
        Output::Command {
            connection,
            command,
        },
    ]
}

fn closed(connection: ConnectionId) -> Output {
    Output::Close { connection }
}

fn says(peer: PeerId, link: LinkState) -> Output {
    Output::LinkChanged { peer, link }
}

#[test]
fn ids_are_counted_from_the_page() {
    let ids: BTreeSet<_> = (1..100)
        .flat_map(|call| [own_call(call), their_call(call)])
        .collect();
    assert_eq!(ids.len(), 198);
}

#[test]
fn a_newcomer_is_called_at_once() {
    let (mut tab, out) = Tab::among(&[]);
    assert_eq!(out, []);
    let out = tab.joined(LOW, 1);
    assert_eq!(out[0], says(LOW, LinkState::Connecting));
    assert_eq!(out[1..], called(LOW, own_call(1)));
    assert_eq!(tab.mesh.link(LOW), Some(LinkState::Connecting));
}

#[test]
fn the_newcomer_waits_and_then_calls() {
    let (mut tab, out) = Tab::among(&[member(LOW, 1), member(HIGH, 3)]);
    assert_eq!(
        out,
        [
            says(LOW, LinkState::Connecting),
            says(HIGH, LinkState::Connecting)
        ]
    );
    assert_eq!(
        tab.offered(LOW, their_call(1)),
        answered(LOW, their_call(1))
    );
    assert_eq!(tab.mesh.next_deadline(), Some(Timestamp(10_000)));
    assert_eq!(tab.after(10), called(HIGH, own_call(1)));
}

#[test]
fn of_two_calls_at_once_the_impolite_ones_stands() {
    let (mut tab, _) = Tab::among(&[]);
    tab.joined(LOW, 1);
    tab.joined(HIGH, 3);
    assert_eq!(
        tab.offered(HIGH, their_call(1)),
        [],
        "towards 3 this side is impolite"
    );
    let mut expected = vec![closed(own_call(1))];
    expected.extend(answered(LOW, their_call(2)));
    assert_eq!(
        tab.offered(LOW, their_call(2)),
        expected,
        "towards 1 it is polite"
    );
    assert_eq!(
        tab.event(own_call(1), negotiation::Input::Needed),
        [],
        "closed"
    );
}

#[test]
fn a_call_replaces_a_connection_that_was_answered_and_never_comes_back() {
    let (mut tab, _) = Tab::among(&[member(HIGH, 3)]);
    tab.offered(HIGH, their_call(1));
    tab.connect(their_call(1));
    let out = tab.offered(HIGH, their_call(2));
    let mut expected = vec![closed(their_call(1)), says(HIGH, LinkState::Reconnecting)];
    expected.extend(answered(HIGH, their_call(2)));
    assert_eq!(out, expected);
    assert_eq!(tab.offered(HIGH, their_call(1)), [], "late");
}

#[test]
fn another_page_is_called_anew_and_the_same_one_left_alone() {
    let (mut tab, _) = Tab::among(&[member(LOW, 1)]);
    tab.offered(LOW, their_call(1));
    tab.connect(their_call(1));
    assert_eq!(tab.hear(ServerMessage::PeerAway { peer: LOW }), []);
    assert_eq!(tab.mesh.link(LOW), Some(LinkState::Connected));
    assert_eq!(tab.joined(LOW, 1), []);
    let mut expected = vec![closed(their_call(1)), says(LOW, LinkState::Connecting)];
    expected.extend(called(LOW, own_call(1)));
    assert_eq!(tab.joined(LOW, 7), expected);
}

#[test]
fn a_connection_that_never_worked_is_not_worth_keeping() {
    let (mut tab, _) = Tab::among(&[]);
    tab.joined(LOW, 1);
    let mut expected = vec![closed(own_call(1))];
    expected.extend(called(LOW, own_call(2)));
    assert_eq!(tab.joined(LOW, 1), expected);
}

#[test]
fn a_return_restarts_what_is_broken() {
    let (mut tab, _) = Tab::among(&[member(LOW, 1)]);
    tab.offered(LOW, their_call(1));
    tab.event(
        their_call(1),
        negotiation::Input::AnswerMade {
            sdp: "answer".into(),
        },
    );
    tab.connect(their_call(1));
    assert_eq!(tab.mesh.handle(tab.now, Input::SocketLost), []);
    let failed = negotiation::Input::Transport(TransportState::Failed);
    assert_eq!(
        tab.event(their_call(1), failed),
        [says(LOW, LinkState::Reconnecting)]
    );
    let command = Command::MakeOffer { ice_restart: true };
    let restart = Output::Command {
        connection: their_call(1),
        command,
    };
    assert_eq!(tab.welcome(&[member(LOW, 1)]), [restart]);
}

#[test]
fn nothing_is_sent_without_a_socket() {
    let (mut tab, _) = Tab::among(&[]);
    tab.joined(LOW, 1);
    tab.mesh.handle(tab.now, Input::SocketLost);
    let made = || negotiation::Input::OfferMade {
        sdp: "offer".into(),
    };
    assert_eq!(tab.event(own_call(1), made()), []);
    assert_eq!(tab.joined(HIGH, 3), [], "said by the lost socket");
    let (mut tab, _) = Tab::among(&[]);
    tab.joined(LOW, 1);
    let out = tab.event(own_call(1), made());
    assert!(matches!(
        out[..],
        [Output::Send(ClientMessage::Offer {
            to: LOW,
            number: 1,
            ..
        })]
    ));
}

#[test]
fn who_is_gone_is_hung_up_on() {
    let (mut tab, _) = Tab::among(&[]);
    tab.joined(LOW, 1);
    assert_eq!(
        tab.hear(ServerMessage::PeerLeft { peer: LOW }),
        [closed(own_call(1))]
    );
    assert_eq!(tab.mesh.link(LOW), None);
    assert_eq!(tab.offered(LOW, their_call(1)), [], "a stranger");
    tab.joined(LOW, 1);
    let reason = EndReason::Expired {};
    assert_eq!(
        tab.hear(ServerMessage::Ended { reason }),
        [closed(own_call(2))]
    );
    assert_eq!(tab.mesh.next_deadline(), None);
}

#[test]
fn a_working_connection_outlives_a_restart_of_the_server() {
    let (mut tab, _) = Tab::among(&[member(LOW, 1), member(HIGH, 3)]);
    for (peer, call) in [(LOW, 1), (HIGH, 2)] {
        tab.offered(peer, their_call(call));
        tab.event(
            their_call(call),
            negotiation::Input::AnswerMade {
                sdp: "answer".into(),
            },
        );
        tab.connect(their_call(call));
    }
    tab.mesh.handle(tab.now, Input::SocketLost);
    assert_eq!(tab.welcome(&[]), [], "the first one back");
    assert_eq!(tab.joined(LOW, 1), []);
    assert_eq!(tab.mesh.link(LOW), Some(LinkState::Connected));
    assert_eq!(
        tab.after(10),
        [closed(their_call(2))],
        "who did not come back"
    );
    assert_eq!(tab.mesh.link(HIGH), None);
    assert_eq!(tab.mesh.next_deadline(), None);
}

#[test]
fn tries_go_on_with_growing_pauses() {
    let (mut tab, _) = Tab::among(&[]);
    tab.joined(LOW, 1);
    let closes = || negotiation::Input::Transport(TransportState::Closed);
    let mut expected = vec![closed(own_call(1))];
    expected.extend(called(LOW, own_call(2)));
    assert_eq!(
        tab.event(own_call(1), closes()),
        expected,
        "the first time at once"
    );
    let failed = [closed(own_call(2)), says(LOW, LinkState::Failed)];
    assert_eq!(tab.event(own_call(2), closes()), failed);
    for (call, pause) in [(3, 2), (4, 4), (5, 8), (6, 16), (7, 30), (8, 30)] {
        assert_eq!(tab.after(pause), called(LOW, own_call(call)), "call {call}");
        assert_eq!(
            tab.event(own_call(call), closes()),
            [closed(own_call(call))]
        );
    }
}
