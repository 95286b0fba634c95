//! The lock: who waits because of it, and who does not.

use crate::protocol::{ClientMessage, CloseCode, ServerMessage};
use crate::room::Occupant;

use super::stage::{ANNA, BO, CHEN, DORA, Stage, occupant, peer};

#[test]
fn the_lock_lets_everybody_new_wait_but_the_main_interviewer() {
    let mut stage = Stage::new(6);
    let anna = stage.join(ANNA, 1);
    let dora = stage.join(DORA, 1);
    assert_eq!(
        stage.ask(anna, ClientMessage::SetLock { locked: true }),
        None
    );
    assert!(stage.clients[&dora].locked);
    let bo = stage.join(BO, 1);
    assert!(stage.clients[&bo].is_waiting());
    stage.drop_socket(dora);
    let dora = stage.join(DORA, 2);
    assert!(stage.clients[&dora].is_seated(), "a kept seat is not new");
    stage.say(anna, ClientMessage::Leave {});
    let anna = stage.join_as(
        Occupant {
            waits: true,
            ..occupant(ANNA)
        },
        2,
    );
    assert!(stage.clients[&anna].is_seated());
    stage.say(anna, ClientMessage::SetLock { locked: false });
    assert!(
        stage.clients[&bo].is_waiting(),
        "until admitted, or asking again"
    );
    let bo_again = stage.join(BO, 2);
    assert!(stage.clients[&bo_again].is_seated());
    assert_eq!(stage.closed(bo), Some(CloseCode::Replaced));
    let ended = ServerMessage::KnockEnded { peer: peer(BO) };
    assert!(stage.heard(anna).contains(&ended));
}

#[test]
fn the_lock_keeps_nobody_out_who_was_in() {
    let mut stage = Stage::new(6);
    let anna = stage.join(ANNA, 1);
    stage.say(anna, ClientMessage::SetLock { locked: true });
    let table = [
        (false, false, true),
        (true, false, false),
        // The server does not say so; if it does, the setting is not about the lock.
        (true, true, true),
    ];
    for (arrived, waits, kept_waiting) in table {
        let back = Occupant {
            arrived,
            waits,
            ..occupant(CHEN)
        };
        let chen = stage.join_as(back, 1);
        assert_eq!(stage.clients[&chen].is_waiting(), kept_waiting);
        assert_eq!(stage.clients[&chen].is_seated(), !kept_waiting);
        stage.say(chen, ClientMessage::Leave {});
    }
    let chen = Occupant {
        arrived: true,
        ..occupant(CHEN)
    };
    let socket = stage.join_as(chen.clone(), 1);
    let remove = ClientMessage::Remove { peer: peer(CHEN) };
    assert_eq!(stage.ask(anna, remove), None);
    assert_eq!(stage.closed(socket), Some(CloseCode::Removed));
    let again = stage.join_as(chen, 2);
    assert_eq!(stage.closed(again), Some(CloseCode::Removed));
}
