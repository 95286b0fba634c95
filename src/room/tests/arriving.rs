//! Taking a seat, coming back to it, and being refused one.

use crate::model::{ParticipantId, Role};
use crate::protocol::{
    ClientMessage, CloseCode, Details, EndReason, Member, Overview, RejectCode, ServerMessage,
    Transport, VERSION,
};
use crate::room::{Fact, Input, Occupant, Output, SocketId};

use super::stage::{ANNA, BO, CHEN, ON, START, Stage, facts, occupant, page, peer};

fn member(participant: ParticipantId, page_number: u128, present: bool) -> Member {
    let Occupant { name, role, .. } = occupant(participant);
    Member {
        peer: peer(participant),
        name,
        role,
        page: page(page_number),
        media: ON,
        hand: None,
        present,
    }
}

fn details(participant: ParticipantId) -> Details {
    Details {
        peer: peer(participant),
        user_name: None,
        transport: Transport::WebSocket,
        arrived_at: START,
    }
}

fn overview(participants: &[ParticipantId]) -> ServerMessage {
    let overview = Overview {
        details: participants.iter().copied().map(details).collect(),
        ..Overview::default()
    };
    ServerMessage::Overview { overview }
}

fn no_questions() -> ServerMessage {
    let questions = Vec::new();
    ServerMessage::QuestionsPrepared { questions }
}

fn known(participant: ParticipantId) -> ServerMessage {
    let details = details(participant);
    ServerMessage::DetailsKnown { details }
}

fn welcome(stage: &Stage, you: Member, members: Vec<Member>) -> ServerMessage {
    let facts = facts(4);
    ServerMessage::Welcome {
        version: VERSION,
        number: facts.number,
        title: facts.title,
        you,
        members,
        in_charge: Some(peer(ANNA)),
        locked: false,
        chat: Vec::new(),
        questions: Vec::new(),
        now: stage.now,
        ends_at: facts.ends_at,
        ice_servers: facts.ice_servers,
    }
}

#[test]
fn a_newcomer_is_told_of_the_room_and_the_room_of_the_newcomer() {
    let mut stage = Stage::new(4);
    let chen = stage.join(CHEN, 30);
    let bo = stage.join(BO, 20);
    stage.drop_socket(chen);
    stage.forget();
    let socket = stage.open_socket();
    let outputs = stage.handle(Input::Join {
        socket,
        occupant: occupant(ANNA),
        version: VERSION,
        page: page(10),
        media: ON,
    });
    let members = vec![member(CHEN, 30, false), member(BO, 20, true)];
    let welcome = welcome(&stage, member(ANNA, 10, true), members);
    let joined = ServerMessage::PeerJoined {
        member: member(ANNA, 10, true),
    };
    let in_charge = ServerMessage::ChargeChanged {
        peer: Some(peer(ANNA)),
    };
    let say = |to: Vec<SocketId>, message| Output::Send { to, message };
    assert_eq!(
        outputs,
        [
            say(vec![socket], welcome),
            say(vec![socket], overview(&[CHEN, BO, ANNA])),
            say(vec![socket], no_questions()),
            say(vec![bo], joined),
            say(vec![bo], known(ANNA)),
            Output::Record(Fact::Arrived { participant: ANNA }),
            say(vec![bo, socket], in_charge),
        ]
    );
}

#[test]
fn who_returns_within_a_minute_has_the_same_seat() {
    for page_number in [10, 11] {
        let mut stage = Stage::new(4);
        let anna = stage.join(ANNA, 10);
        let bo = stage.join(BO, 20);
        stage.drop_socket(anna);
        stage.wait(59_999);
        stage.forget();
        let anna = stage.join(ANNA, page_number);
        let back = member(ANNA, page_number, true);
        let seen = welcome(&stage, back.clone(), vec![member(BO, 20, true)]);
        let told = [seen, overview(&[ANNA, BO]), no_questions()];
        assert_eq!(stage.heard(anna), told);
        let joined = ServerMessage::PeerJoined { member: back };
        assert_eq!(stage.heard(bo), [joined, known(ANNA)]);
        let place: Vec<_> = stage.roster().iter().map(|member| member.peer).collect();
        assert_eq!(
            place,
            [peer(ANNA), peer(BO)],
            "the place in the order stays"
        );
        let arrivals = [ANNA, BO].map(|participant| Fact::Arrived { participant });
        assert_eq!(stage.facts, arrivals, "a return is no arrival");
    }
}

#[test]
fn a_second_tab_takes_over() {
    let mut stage = Stage::new(4);
    let first = stage.join(ANNA, 10);
    let bo = stage.join(BO, 20);
    stage.forget();
    let second = stage.join(ANNA, 11);
    assert_eq!(stage.closed(first), Some(CloseCode::Replaced));
    assert_eq!(stage.closed(second), None);
    assert_eq!(stage.heard(first), []);
    let joined = ServerMessage::PeerJoined {
        member: member(ANNA, 11, true),
    };
    assert_eq!(stage.heard(bo), [joined, known(ANNA)]);
    assert_eq!(stage.handle(Input::SocketClosed { socket: first }), []);
    assert_eq!(stage.say(first, ClientMessage::End {}), []);
    assert_eq!(stage.facts.len(), 2);
}

#[test]
fn name_role_and_media_are_those_of_the_last_join() {
    let mut stage = Stage::new(4);
    stage.join(ANNA, 10);
    let bo = stage.join(BO, 20);
    let promoted = Occupant {
        name: "Chen".into(),
        role: Role::MainInterviewer,
        ..occupant(BO)
    };
    let again = stage.join_as(promoted, 20);
    assert_eq!(stage.closed(bo), Some(CloseCode::Replaced));
    let seat = &stage.roster()[1];
    assert_eq!(
        (seat.name.as_str(), seat.role),
        ("Chen", Role::MainInterviewer)
    );
    stage.say(again, ClientMessage::End {});
    assert!(stage.facts.contains(&Fact::Ended { by: BO }));
}

#[test]
fn nobody_gets_a_seat_too_many() {
    for (booked, fit) in [(2, 2), (20, 20), (30, 20)] {
        let mut stage = Stage::new(booked);
        let sockets: Vec<SocketId> = (1..=25)
            .map(|id| stage.join(ParticipantId(id), 1))
            .collect();
        for (place, socket) in sockets.iter().enumerate() {
            let expected = (place >= fit).then_some(CloseCode::Full);
            assert_eq!(stage.closed(*socket), expected);
            assert_eq!(stage.clients[socket].you.is_some(), place < fit);
        }
        assert_eq!(stage.room.taken_seats_without(ANNA), fit - 1);
        assert_eq!(stage.room.taken_seats_without(ParticipantId(25)), fit);
    }
}

#[test]
fn the_last_seat_waits_for_the_main_interviewer() {
    let mut stage = Stage::new(2);
    let bo = stage.join(BO, 20);
    let chen = stage.join(CHEN, 30);
    assert_eq!(
        (stage.closed(bo), stage.closed(chen)),
        (None, Some(CloseCode::Full))
    );
    let anna = stage.join(ANNA, 10);
    assert_eq!(stage.closed(anna), None);
}

#[test]
fn a_kept_seat_is_taken_until_it_is_free() {
    let mut stage = Stage::new(2);
    stage.join(ANNA, 10);
    let bo = stage.join(BO, 20);
    stage.drop_socket(bo);
    stage.wait(59_999);
    let early = stage.join(CHEN, 30);
    assert_eq!(stage.closed(early), Some(CloseCode::Full));
    // The seat is free from the minute on, even if the deadline is carried out late.
    stage.now = START + crate::room::SEAT_KEPT;
    let chen = stage.join(CHEN, 30);
    assert_eq!(stage.closed(chen), None);
    let late = stage.join(BO, 20);
    assert_eq!(stage.closed(late), Some(CloseCode::Full));
}

#[test]
fn who_has_a_seat_may_return_to_a_full_room() {
    let mut stage = Stage::new(2);
    let anna = stage.join(ANNA, 10);
    stage.join(BO, 20);
    let (title, ends_at) = (String::new(), facts(2).ends_at);
    stage.handle(Input::Rescheduled {
        title,
        seats: 1,
        ends_at,
    });
    stage.drop_socket(anna);
    let anna = stage.join(ANNA, 11);
    assert_eq!(stage.closed(anna), None);
}

#[test]
fn another_version_is_turned_away_and_disturbs_nobody() {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    for version in [0, VERSION + 1] {
        let socket = stage.open_socket();
        let (occupant, page) = (occupant(ANNA), page(11));
        let join = Input::Join {
            socket,
            occupant,
            version,
            page,
            media: ON,
        };
        let code = CloseCode::WrongVersion;
        assert_eq!(stage.handle(join), [Output::Close { socket, code }]);
    }
    assert_eq!(stage.closed(anna), None);
}

#[test]
fn joining_twice_on_one_socket_is_refused() {
    let mut stage = Stage::new(4);
    let anna = stage.join(ANNA, 10);
    let before = stage.roster();
    let join = ClientMessage::Join {
        version: VERSION,
        page: page(11),
        media: ON,
    };
    stage.say(anna, join);
    assert_eq!(
        stage.clients[&anna].last_rejection(),
        Some(RejectCode::AlreadyJoined)
    );
    stage.forget();
    stage.handle(Input::Join {
        socket: anna,
        occupant: occupant(BO),
        version: VERSION,
        page: page(11),
        media: ON,
    });
    assert_eq!(
        stage.clients[&anna].last_rejection(),
        Some(RejectCode::AlreadyJoined)
    );
    assert_eq!(stage.roster(), before);
    assert_eq!(stage.closed(anna), None);
}

#[test]
fn who_joins_twice_at_the_end_hears_of_it_once() {
    for knocks in [false, true] {
        let mut stage = Stage::new(4);
        let chen = if knocks {
            stage.knock(CHEN, 10)
        } else {
            stage.join(CHEN, 10)
        };
        stage.forget();
        // The room hears of its end late, by this very word.
        stage.now = facts(4).ends_at;
        stage.handle(Input::Join {
            socket: chen,
            occupant: occupant(CHEN),
            version: VERSION,
            page: page(10),
            media: ON,
        });
        let reason = EndReason::Expired {};
        assert_eq!(stage.heard(chen), [ServerMessage::Ended { reason }]);
        assert_eq!(stage.closed(chen), Some(CloseCode::Ended));
    }
}

#[test]
fn nobody_joins_after_the_end() {
    let mut stage = Stage::new(4);
    stage.handle(Input::Cancelled);
    let anna = stage.join(ANNA, 10);
    let reason = EndReason::Cancelled {};
    assert_eq!(stage.heard(anna), [ServerMessage::Ended { reason }]);
    assert_eq!(stage.closed(anna), Some(CloseCode::Ended));
    assert_eq!(stage.facts, []);
}

#[test]
fn an_empty_room_notices_its_end_when_somebody_comes() {
    let mut stage = Stage::new(4);
    stage.now = facts(4).ends_at;
    let anna = stage.join(ANNA, 10);
    assert_eq!(stage.closed(anna), Some(CloseCode::Ended));
    assert_eq!(stage.facts, [Fact::Expired]);
}
