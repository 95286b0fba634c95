//! Several pages of one person: which of them has the seat, or the place in the queue.

use crate::model::ParticipantId;
use crate::protocol::{ClientMessage, CloseCode};
use crate::room::SocketId;

use super::stage::{ANNA, CHEN, Stage, page};

/// Somebody sits or waits with page 1, and the socket is gone.
fn away(waits: bool) -> Stage {
    let mut stage = Stage::new(6);
    stage.join(ANNA, 1);
    let chen = arrive(&mut stage, waits, 1);
    stage.drop_socket(chen);
    stage
}

fn arrive(stage: &mut Stage, waits: bool, page_number: u128) -> SocketId {
    if waits {
        stage.knock(CHEN, page_number)
    } else {
        stage.join(CHEN, page_number)
    }
}

fn is_in(stage: &Stage, socket: SocketId, waits: bool) -> bool {
    let client = &stage.clients[&socket];
    if waits {
        client.is_waiting()
    } else {
        client.is_seated()
    }
}

#[test]
fn a_page_that_gave_way_does_not_come_back_by_itself() {
    for waits in [false, true] {
        for newer_stays in [false, true] {
            let mut stage = away(waits);
            let newer = arrive(&mut stage, waits, 2);
            if !newer_stays {
                stage.drop_socket(newer);
            }
            stage.forget();
            let older = arrive(&mut stage, waits, 1);
            assert_eq!(stage.closed(older), Some(CloseCode::Replaced));
            assert_eq!(stage.closed(newer), None);
            for (socket, client) in &mut stage.clients {
                assert_eq!(client.heard, [], "nobody notices, not even {socket:?}");
            }
            let newer = arrive(&mut stage, waits, 2);
            assert!(is_in(&stage, newer, waits));
            let asked_for = arrive(&mut stage, waits, 3);
            assert!(is_in(&stage, asked_for, waits), "the person wants it here");
            assert_eq!(stage.closed(newer), Some(CloseCode::Replaced));
            for page_number in [1, 2] {
                let late = arrive(&mut stage, waits, page_number);
                assert_eq!(stage.closed(late), Some(CloseCode::Replaced));
            }
        }
    }
}

#[test]
fn what_gave_way_in_the_queue_gave_way_for_the_seat() {
    let admit = |stage: &mut Stage, chen: ParticipantId| {
        let admit = ClientMessage::Admit { peer: chen.into() };
        assert_eq!(stage.ask(SocketId(0), admit), None);
    };
    let need_not_wait = |stage: &mut Stage, _| {
        let newer = stage.join(CHEN, 2);
        assert!(stage.clients[&newer].is_seated());
    };
    let ways: [fn(&mut Stage, ParticipantId); 2] = [admit, need_not_wait];
    for get_in in ways {
        let mut stage = away(true);
        stage.knock(CHEN, 2);
        let older = stage.join(CHEN, 1);
        assert_eq!(stage.closed(older), Some(CloseCode::Replaced), "nor so");
        get_in(&mut stage, CHEN);
        let older = stage.join(CHEN, 1);
        assert_eq!(stage.closed(older), Some(CloseCode::Replaced));
        assert_eq!(stage.roster()[1].page, page(2));
    }
}

#[test]
fn a_seat_that_is_free_remembers_no_pages() {
    let mut stage = away(false);
    let newer = stage.join(CHEN, 2);
    stage.say(newer, ClientMessage::Leave {});
    let older = stage.join(CHEN, 1);
    assert!(stage.clients[&older].is_seated());
}

#[test]
fn nobody_makes_the_others_call_without_end() {
    for waits in [false, true] {
        let mut stage = away(waits);
        let pages: Vec<SocketId> = (2..=30)
            .map(|page_number| arrive(&mut stage, waits, page_number))
            .collect();
        for (place, socket) in pages.iter().enumerate() {
            let expected = match place {
                0..19 => Some(CloseCode::Replaced),
                19 => None,
                _ => Some(CloseCode::Flood),
            };
            assert_eq!(stage.closed(*socket), expected);
        }
        // A network that comes and goes costs the page in use nothing.
        for _ in 0..50 {
            let again = arrive(&mut stage, waits, 21);
            assert!(is_in(&stage, again, waits));
            stage.drop_socket(again);
        }
        stage.wait(3_000);
        let patient = arrive(&mut stage, waits, 31);
        assert!(is_in(&stage, patient, waits));
        let hasty = arrive(&mut stage, waits, 32);
        assert_eq!(stage.closed(hasty), Some(CloseCode::Flood));
    }
}
