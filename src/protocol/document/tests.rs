//! The binary frames: pinned bytes, round trips, and whatever comes is read or refused.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const ANSWER: AnswerKey = AnswerKey {
    question: InterviewQuestionId(300),
    peer: PeerId(5),
};

#[test]
fn frames_of_clients_look_as_they_always_did() {
    let check = |frame: ClientFrame, pinned: &[u8]| {
        assert_eq!(frame.encode(), pinned);
        assert_eq!(ClientFrame::decode(pinned), Ok(frame));
    };
    let answer = ANSWER;
    let state_vector = vec![0];
    check(
        ClientFrame::Sync {
            answer,
            state_vector,
        },
        &[1, 0xac, 2, 5, 0],
    );
    let update = ClientFrame::Update {
        answer,
        number: 128,
        update: vec![0, 0],
    };
    check(update, &[3, 0xac, 2, 5, 0x80, 1, 0, 0]);
    let state = vec![9];
    check(ClientFrame::Presence { answer, state }, &[5, 0xac, 2, 5, 9]);
    let state = Vec::new();
    check(ClientFrame::Presence { answer, state }, &[5, 0xac, 2, 5]);
}

#[test]
fn frames_of_the_server_look_as_they_always_did() {
    let check = |frame: ServerFrame, pinned: &[u8]| {
        assert_eq!(frame.encode(), pinned);
        assert_eq!(ServerFrame::decode(pinned), Ok(frame));
    };
    let answer = ANSWER;
    let diff = ServerFrame::Diff {
        answer,
        state_vector: vec![1, 2, 3],
        update: vec![0, 0],
    };
    check(diff, &[2, 0xac, 2, 5, 3, 1, 2, 3, 0, 0]);
    let update = vec![7, 8];
    check(
        ServerFrame::Update { answer, update },
        &[3, 0xac, 2, 5, 7, 8],
    );
    let saved = ServerFrame::Saved {
        answer,
        number: 1,
        at: Timestamp(1_800_000_000_000),
    };
    check(
        saved,
        &[4, 0xac, 2, 5, 1, 0x80, 0xa0, 0xf1, 0xc2, 0xb1, 0x34],
    );
    let presence = ServerFrame::Presence {
        answer,
        from: PeerId(6),
        state: vec![9],
    };
    check(presence, &[5, 0xac, 2, 5, 6, 9]);
}

#[test]
fn what_is_no_frame_is_refused() {
    let check = |bytes: &[u8]| {
        let refused = Err(FrameError::Malformed);
        assert_eq!(ClientFrame::decode(bytes), refused, "{bytes:?}");
        assert_eq!(
            ServerFrame::decode(bytes).err(),
            Some(FrameError::Malformed)
        );
    };
    check(&[]);
    check(&[1]);
    check(&[1, 5]);
    check(&[0, 5, 5]);
    check(&[6, 5, 5]);
    // A number without an end, one with a needless byte, and ones of more than 63 bits.
    check(&[3, 0x80]);
    check(&[3, 0x85, 0, 5, 1]);
    check(&[
        3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 5, 1,
    ]);
    check(&[
        3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 5, 1,
    ]);
    check(&[
        3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 5, 1,
    ]);
    assert_eq!(
        ClientFrame::decode(&[3, 5, 5]),
        Err(FrameError::Malformed),
        "an update without a number"
    );
    for bytes in [&[2, 5, 5, 9, 1][..], &[4, 5, 5, 1], &[4, 5, 5, 1, 1, 1]] {
        assert_eq!(ServerFrame::decode(bytes), Err(FrameError::Malformed));
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let answer = ANSWER;
    let check = |frame: &dyn Fn(Vec<u8>) -> ClientFrame, largest: usize| {
        let fits = frame(vec![7; largest]);
        assert!(fits.encode().len() <= LARGEST_BINARY);
        assert_eq!(ClientFrame::decode(&fits.encode()), Ok(fits));
        let too_large = frame(vec![7; largest + 1]).encode();
        assert_eq!(ClientFrame::decode(&too_large), Err(FrameError::TooLarge));
    };
    check(
        &|state| ClientFrame::Presence { answer, state },
        LARGEST_PRESENCE,
    );
    check(
        &|update| ClientFrame::Update {
            answer,
            number: u64::MAX,
            update,
        },
        LARGEST_UPDATE,
    );
    check(
        &|state_vector| ClientFrame::Sync {
            answer,
            state_vector,
        },
        LARGEST_UPDATE,
    );
}

fn any_answer() -> impl Strategy<Value = AnswerKey> {
    (0..=i64::MAX, 0..=i64::MAX).prop_map(|(question, peer)| AnswerKey {
        question: InterviewQuestionId(question),
        peer: PeerId(peer),
    })
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..64)
}

pub fn any_client_frame() -> impl Strategy<Value = ClientFrame> {
    prop_oneof![
        (any_answer(), any_bytes()).prop_map(|(answer, state_vector)| ClientFrame::Sync {
            answer,
            state_vector
        }),
        (any_answer(), any::<u64>(), any_bytes()).prop_map(|(answer, number, update)| {
            ClientFrame::Update {
                answer,
                number,
                update,
            }
        }),
        (any_answer(), any_bytes())
            .prop_map(|(answer, state)| ClientFrame::Presence { answer, state }),
    ]
}

pub fn any_server_frame() -> impl Strategy<Value = ServerFrame> {
    prop_oneof![
        (any_answer(), any_bytes(), any_bytes()).prop_map(|(answer, state_vector, update)| {
            ServerFrame::Diff {
                answer,
                state_vector,
                update,
            }
        }),
        (any_answer(), any_bytes())
            .prop_map(|(answer, update)| ServerFrame::Update { answer, update }),
        (any_answer(), any::<u64>(), 0..=i64::MAX).prop_map(|(answer, number, at)| {
            ServerFrame::Saved {
                answer,
                number,
                at: Timestamp(at),
            }
        }),
        (any_answer(), 0..=i64::MAX, any_bytes()).prop_map(|(answer, from, state)| {
            ServerFrame::Presence {
                answer,
                from: PeerId(from),
                state,
            }
        }),
    ]
}

proptest! {
    #[test]
    fn frames_of_clients_round_trip(frame in any_client_frame()) {
        prop_assert_eq!(ClientFrame::decode(&frame.encode()), Ok(frame));
    }

    #[test]
    fn frames_of_the_server_round_trip(frame in any_server_frame()) {
        prop_assert_eq!(ServerFrame::decode(&frame.encode()), Ok(frame));
    }

    /// Whatever is read is written the same again, so there is one way to say a thing.
    #[test]
    fn any_bytes_are_a_frame_or_refused(kind in 0..8_u8, mut bytes in vec(any::<u8>(), 0..48)) {
        if let Some(first) = bytes.first_mut() {
            *first = kind;
        }
        if let Ok(frame) = ClientFrame::decode(&bytes) {
            prop_assert_eq!(frame.encode(), bytes.clone());
        }
        if let Ok(frame) = ServerFrame::decode(&bytes) {
            prop_assert_eq!(frame.encode(), bytes);
        }
    }

    #[test]
    fn a_cut_frame_is_no_other_kind(frame in any_client_frame(), at in 0..16_usize) {
        let bytes = frame.encode();
        let cut = &bytes[..at.min(bytes.len())];
        if let Ok(read) = ClientFrame::decode(cut) {
            prop_assert_eq!(read.tag(), frame.tag());
            prop_assert_eq!(read.answer(), frame.answer());
        }
    }
}
