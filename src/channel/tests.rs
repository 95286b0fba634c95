//! Chunks come out of a frame as they went in, and no other frame is one.

use proptest::prelude::*;

use super::*;

#[test]
fn a_frame_begins_with_the_files_number_in_network_order() {
    assert_eq!(
        encode_chunk(FileId(0x0102_0304), &[9, 8]),
        [1, 2, 3, 4, 9, 8]
    );
}

#[test]
fn only_what_holds_something_and_not_too_much_is_a_chunk() {
    let table = [
        (0, false),
        (CHUNK_HEADER - 1, false),
        (CHUNK_HEADER, false),
        (CHUNK_HEADER + 1, true),
        (LARGEST_FRAME, true),
        (LARGEST_FRAME + 1, false),
    ];
    for (length, taken) in table {
        assert_eq!(decode_chunk(&vec![7; length]).is_some(), taken, "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chunks_round_trip(file in any::<u32>(), bytes in prop::collection::vec(any::<u8>(), 1..=CHUNK)) {
        let frame = encode_chunk(FileId(file), &bytes);
        prop_assert_eq!(decode_chunk(&frame), Some((FileId(file), bytes.as_slice())));
    }
}
