//! Single cases of a hand-over, each with its words for both sides.

use super::world::{World, content, page_id};
use crate::{
    channel::{CHUNK, FileId, LARGEST_FILE, PeerMessage},
    model::PeerId,
    transfer::{Failure, Input, MOST_OPEN, Output, TransferId, TransferState, Transfers},
};

const PEER: PeerId = PeerId(2);

fn receiver() -> Transfers {
    let mut machine = Transfers::new();
    machine.handle(Input::Met {
        peer: PEER,
        page: page_id(1),
    });
    machine.handle(Input::Opened { peer: PEER });
    machine
}

fn told(message: PeerMessage) -> Input {
    Input::Told {
        peer: PEER,
        message,
    }
}

fn offer(file: u32, size: u64) -> Input {
    told(PeerMessage::OfferFile {
        file: FileId(file),
        name: "a.txt".into(),
        size,
    })
}

fn chunk(file: u32, length: usize) -> Input {
    Input::Chunk {
        peer: PEER,
        file: FileId(file),
        bytes: vec![0; length],
    }
}

fn end_state(outputs: &[Output]) -> Option<TransferState> {
    let mut states = outputs.iter().filter_map(|output| match output {
        Output::Changed(view) => Some(view.state),
        _ => None,
    });
    states.next_back()
}

/// The sender's and the receiver's states of the only file.
fn states(world: &World) -> [TransferState; 2] {
    [0, 1].map(|side| world.pages[side].state(TransferId(1)))
}

fn offered(size: usize) -> World {
    let mut world = World::connected();
    world.pages[0].offer("a.txt", content(3, size));
    world.settle();
    assert_eq!(states(&world), [TransferState::Offered; 2]);
    world
}

fn half_way(size: usize) -> World {
    let mut world = offered(size);
    world.pages[1].feed(Input::Accept { id: TransferId(1) });
    world.deliver(1);
    for _ in 0..6 {
        world.pages[0].read();
        world.deliver(0);
        world.deliver(0);
    }
    assert_eq!(states(&world), [TransferState::Moving; 2]);
    world
}

#[test]
fn a_file_arrives() {
    for size in [0, 1, CHUNK, CHUNK + 1, 3_000_000] {
        let mut world = offered(size);
        world.pages[1].feed(Input::Accept { id: TransferId(1) });
        world.settle();
        assert_eq!(states(&world), [TransferState::Received; 2]);
        let received = world.pages[1].received.remove(&TransferId(1));
        assert!(received.unwrap_or_default() == content(3, size));
    }
}

#[test]
fn nothing_is_sent_before_it_is_accepted() {
    let world = offered(100_000);
    assert!(world.pages[0].reads.is_empty() && world.pages[0].wire.is_empty());
}

#[test]
fn either_side_may_give_up() {
    let cancelled = |here| TransferState::Cancelled { here };
    let table = [
        (false, 0, [cancelled(true), cancelled(false)]),
        (false, 1, [TransferState::Refused; 2]),
        (true, 0, [cancelled(true), cancelled(false)]),
        (true, 1, [cancelled(false), cancelled(true)]),
    ];
    for (accepted, side, expected) in table {
        let mut world = if accepted {
            half_way(900_000)
        } else {
            offered(900_000)
        };
        world.pages[side].feed(Input::Cancel { id: TransferId(1) });
        world.settle();
        assert_eq!(states(&world), expected, "accepted {accepted}, side {side}");
        assert!(world.pages[1].received.is_empty());
        assert!(world.pages[0].files.is_empty());
    }
}

#[test]
fn a_lost_connection_pauses_and_the_next_one_goes_on() {
    let mut world = half_way(900_000);
    let had = world.pages[1].received[&TransferId(1)].len() as u64;
    assert!(had > 0);
    world.pages[0].lose();
    world.pages[1].lose();
    assert_eq!(states(&world), [TransferState::Paused; 2]);
    world.connect(0);
    world.connect(1);
    world.deliver(0);
    world.deliver(1);
    let read = world.pages[0].reads.back().copied();
    assert_eq!(read.map(|(_, _, from, _)| from), Some(had));
    world.settle();
    assert_eq!(states(&world), [TransferState::Received; 2]);
}

#[test]
fn a_page_that_is_gone_ends_it() {
    let gone = TransferState::Failed(Failure::Gone);
    let mut world = half_way(900_000);
    world.pages[0].feed(Input::Met {
        peer: PEER,
        page: page_id(99),
    });
    assert_eq!(world.pages[0].state(TransferId(1)), gone);
    let peer = PeerId(1);
    world.pages[1].feed(Input::Left { peer });
    assert_eq!(world.pages[1].state(TransferId(1)), TransferState::Moving);
    world.pages[1].lose();
    assert_eq!(world.pages[1].state(TransferId(1)), gone);
    assert!(world.pages[1].received.is_empty());
}

#[test]
fn who_is_not_on_the_list_and_not_connected_is_gone() {
    let mut world = half_way(900_000);
    let listed = |page: u128| Input::Listed {
        members: vec![(PEER, page_id(page))],
    };
    world.pages[0].feed(Input::Listed { members: vec![] });
    world.pages[0].feed(listed(10));
    world.pages[0].lose();
    assert_eq!(world.pages[0].state(TransferId(1)), TransferState::Paused);
    world.pages[0].feed(Input::Listed { members: vec![] });
    let gone = TransferState::Failed(Failure::Gone);
    assert_eq!(world.pages[0].state(TransferId(1)), gone);
}

#[test]
fn a_seat_freed_and_taken_again_leaves_no_file_open() {
    let mut world = half_way(900_000);
    world.pages[0].lose();
    world.pages[0].feed(Input::Left { peer: PEER });
    world.pages[1].lose();
    world.pages[0].feed(Input::Met {
        peer: PEER,
        page: page_id(10),
    });
    world.connect(0);
    world.connect(1);
    world.settle();
    let over = [
        TransferState::Failed(Failure::Gone),
        TransferState::Cancelled { here: false },
    ];
    assert_eq!(states(&world), over);
}

#[test]
fn too_large_is_never_offered_and_never_shown() {
    let mut machine = receiver();
    let (_, outputs) = machine.offer(PEER, "a", LARGEST_FILE + 1);
    let too_large = TransferState::Failed(Failure::TooLarge);
    assert_eq!(end_state(&outputs), Some(too_large));
    let refused = Output::Tell {
        peer: PEER,
        message: PeerMessage::RefuseFile { file: FileId(1) },
    };
    assert_eq!(machine.handle(offer(1, LARGEST_FILE + 1)), [refused]);
}

#[test]
fn no_more_than_a_few_are_open_at_once() {
    let mut machine = receiver();
    for file in 1..=MOST_OPEN as u32 {
        let outputs = machine.handle(offer(file, 1));
        assert_eq!(end_state(&outputs), Some(TransferState::Offered));
    }
    let outputs = machine.handle(offer(99, 1));
    assert_eq!(end_state(&outputs), None);

    let mut world = World::connected();
    for number in 0..MOST_OPEN + 3 {
        world.pages[0].offer(&format!("f{number}"), vec![1]);
    }
    world.settle();
    assert_eq!(world.pages[1].views.len(), MOST_OPEN);
}

#[test]
fn what_does_not_fit_is_not_taken_until_something_is_dismissed() {
    let mut machine = receiver();
    let take = |machine: &mut Transfers, id| machine.handle(Input::Accept { id: TransferId(id) });
    for file in 1..=3 {
        machine.handle(offer(file, LARGEST_FILE));
    }
    for id in 1..=2 {
        assert_eq!(
            end_state(&take(&mut machine, id)),
            Some(TransferState::Moving)
        );
    }
    let no_room = Output::NoRoom { id: TransferId(3) };
    assert_eq!(take(&mut machine, 3), [no_room]);
    machine.handle(Input::Cancel { id: TransferId(1) });
    assert_eq!(
        end_state(&take(&mut machine, 3)),
        Some(TransferState::Moving)
    );
}

#[test]
fn a_lie_breaks_the_file_off() {
    let mismatch = Some(TransferState::Failed(Failure::Mismatch));
    let end = |sha256: &str| {
        told(PeerMessage::EndFile {
            file: FileId(1),
            sha256: sha256.into(),
        })
    };
    let lies: [(&str, Vec<Input>); 4] = [
        ("more", vec![chunk(1, 90), chunk(1, 11)]),
        ("fewer", vec![chunk(1, 99), end(&"0".repeat(64))]),
        ("no hash", vec![chunk(1, 100), end("ABC")]),
        ("too long a chunk", vec![chunk(1, CHUNK + 1)]),
    ];
    for (name, inputs) in lies {
        let mut machine = receiver();
        machine.handle(offer(1, 100));
        machine.handle(Input::Accept { id: TransferId(1) });
        let last = inputs.into_iter().map(|input| machine.handle(input)).last();
        assert_eq!(end_state(&last.unwrap_or_default()), mismatch, "{name}");
    }
}

#[test]
fn chunks_of_what_was_not_accepted_are_dropped() {
    let mut machine = receiver();
    machine.handle(offer(1, 100));
    assert_eq!(machine.handle(chunk(1, 10)), []);
    assert_eq!(machine.handle(chunk(2, 10)), []);
}

#[test]
fn a_wrong_hash_is_said_on_both_sides() {
    let mut world = offered(50_000);
    world.pages[1].feed(Input::Accept { id: TransferId(1) });
    world.deliver(1);
    world.pages[0].read();
    if let Some(super::world::Frame::Chunk(_, bytes)) = world.pages[0].wire.front_mut() {
        bytes[0] ^= 1;
    }
    world.settle();
    assert_eq!(states(&world), [TransferState::Failed(Failure::Damaged); 2]);
    assert!(world.pages[1].received.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_is_broken_off() {
    let mut world = half_way(900_000);
    world.pages[0].files.clear();
    world.settle();
    let unreadable = TransferState::Failed(Failure::Unreadable);
    assert_eq!(
        states(&world),
        [unreadable, TransferState::Cancelled { here: false }]
    );
}

#[test]
fn a_receipt_for_what_was_not_sent_is_not_believed() {
    let mut world = half_way(900_000);
    world.pages[0].feed(told(PeerMessage::FileReceived {
        file: FileId(1),
        intact: true,
    }));
    let mismatch = TransferState::Failed(Failure::Mismatch);
    assert_eq!(world.pages[0].state(TransferId(1)), mismatch);
}

#[test]
fn what_was_received_stays_until_it_is_dismissed() {
    let mut world = offered(10);
    world.pages[1].feed(Input::Accept { id: TransferId(1) });
    world.settle();
    world.pages[1].feed(Input::Over);
    assert!(world.pages[1].received.contains_key(&TransferId(1)));
    world.pages[1].feed(Input::Dismiss { id: TransferId(1) });
    assert!(world.pages[1].received.is_empty() && world.pages[1].views.is_empty());
}
