//! Whatever the other side says, no more is kept of a file than was declared, and no more in all than fits.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::world::{hash, page_id};
use crate::{
    channel::{CHUNK, FileId, LARGEST_FILE, PeerMessage},
    model::PeerId,
    transfer::{
        Input, MOST_KEPT, MOST_OPEN, Output, Transfer, TransferId, TransferState, Transfers,
    },
};

const PEER: PeerId = PeerId(7);

fn any_input() -> impl Strategy<Value = Input> {
    let file = (0..6_u32).prop_map(FileId);
    let size = prop_oneof![Just(0), 1..50_000_u64, Just(LARGEST_FILE), any::<u64>()];
    let name = prop_oneof![Just("a".to_owned()), Just("../\u{202e}".to_owned())];
    let sha256 = prop_oneof![
        Just(hash(&[])),
        Just("no hash".to_owned()),
        Just("A".repeat(64))
    ];
    let told = |message| Input::Told {
        peer: PEER,
        message,
    };
    prop_oneof![
        3 => (file.clone(), name, size).prop_map(move |(file, name, size)| {
            told(PeerMessage::OfferFile { file, name, size })
        }),
        8 => (file.clone(), 0..CHUNK + 2).prop_map(|(file, length)| Input::Chunk {
            peer: PEER,
            file,
            bytes: vec![0; length],
        }),
        2 => (file.clone(), sha256)
            .prop_map(move |(file, sha256)| told(PeerMessage::EndFile { file, sha256 })),
        1 => (file.clone(), any::<u64>())
            .prop_map(move |(file, from)| told(PeerMessage::AcceptFile { file, from })),
        1 => (file.clone(), any::<bool>())
            .prop_map(move |(file, intact)| told(PeerMessage::FileReceived { file, intact })),
        1 => file.clone().prop_map(move |file| told(PeerMessage::RefuseFile { file })),
        1 => file.prop_map(move |file| told(PeerMessage::CancelFile { file })),
        4 => (0..8_u32).prop_map(|id| Input::Accept { id: TransferId(id) }),
        1 => (0..8_u32).prop_map(|id| Input::Dismiss { id: TransferId(id) }),
        1 => Just(Input::Lost { peer: PEER }),
        2 => Just(Input::Opened { peer: PEER }),
    ]
}

#[derive(Debug, Default)]
struct Receiver {
    machine: Transfers,
    views: BTreeMap<TransferId, Transfer>,
    kept: BTreeMap<TransferId, u64>,
}

impl Receiver {
    fn feed(&mut self, input: Input) {
        for output in self.machine.handle(input) {
            match output {
                Output::Keep { id, bytes } => {
                    *self.kept.entry(id).or_default() += bytes.len() as u64
                }
                Output::Release { id } => {
                    self.kept.remove(&id);
                }
                Output::Changed(view) => {
                    self.views.insert(view.id, view);
                }
                Output::Check { id, .. } => self.feed(Input::Checked { id, intact: false }),
                _ => {}
            }
        }
    }
}

proptest! {
    #[test]
    fn nothing_makes_a_page_keep_more_than_declared(
        inputs in prop::collection::vec(any_input(), 0..200),
    ) {
        let mut receiver = Receiver::default();
        receiver.feed(Input::Met { peer: PEER, page: page_id(1) });
        receiver.feed(Input::Opened { peer: PEER });
        for input in inputs {
            receiver.feed(input);
            let open = receiver.views.values().filter(|view| !view.state.is_over());
            prop_assert!(open.count() <= MOST_OPEN);
            for (id, kept) in &receiver.kept {
                let view = &receiver.views[id];
                prop_assert!(*kept <= view.size && view.size <= LARGEST_FILE);
                prop_assert!(!view.state.is_over(), "not released: {view:?}");
            }
            let accepted = receiver.views.values().filter(|view| {
                matches!(view.state, TransferState::Moving | TransferState::Paused)
            });
            prop_assert!(accepted.map(|view| view.size).sum::<u64>() <= MOST_KEPT);
        }
    }
}
