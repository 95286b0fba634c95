//! The main picture in tables; the speaker over time.

use std::collections::BTreeMap;

use super::*;
use crate::uplink::Wanted;

const ME: PeerId = PeerId(1);
const ANNA: PeerId = PeerId(2);
const MEI: PeerId = PeerId(3);
const OTHERS: [PeerId; 2] = [ANNA, MEI];

fn main(choice: &Choice, shares: &[PeerId], speaker: Option<PeerId>) -> Option<Subject> {
    choice.main(Some(ME), &OTHERS, shares, speaker)
}

#[test]
fn the_main_picture() {
    let grid = Choice::default();
    let speaker = Choice {
        layout: Layout::Speaker,
        ..Choice::default()
    };
    assert_eq!(main(&grid, &[], Some(MEI)), None);
    assert_eq!(main(&speaker, &[], Some(MEI)), Some(Subject::Camera(MEI)));
    assert_eq!(main(&speaker, &[], None), Some(Subject::Camera(ANNA)));
    assert_eq!(
        main(&speaker, &[], Some(PeerId(9))),
        Some(Subject::Camera(ANNA)),
        "who left"
    );
    assert_eq!(speaker.main(Some(ME), &[], &[], None), None, "alone");
    assert_eq!(main(&grid, &[ANNA], None), Some(Subject::Screen(ANNA)));
    assert_eq!(
        main(&grid, &[ANNA, MEI], None),
        Some(Subject::Screen(MEI)),
        "the newest"
    );
}

#[test]
fn a_pin_beats_everything_while_it_is_there() {
    let pinned = Choice::default().pin(Subject::Camera(MEI));
    assert_eq!(main(&pinned, &[ANNA], None), Some(Subject::Camera(MEI)));
    assert_eq!(pinned.main(Some(ME), &[ANNA], &[], None), None, "she left");
    let screen = Choice::default().pin(Subject::Screen(ANNA));
    assert_eq!(
        main(&screen, &[ANNA, MEI], None),
        Some(Subject::Screen(ANNA))
    );
    assert_eq!(
        main(&screen, &[MEI], None),
        Some(Subject::Screen(MEI)),
        "she stopped"
    );
    let own = Choice::default().pin(Subject::Camera(ME));
    assert_eq!(main(&own, &[], None), Some(Subject::Camera(ME)));
    assert_eq!(
        pinned.pin(Subject::Camera(MEI)),
        Choice::default(),
        "unpinned"
    );
    assert_eq!(pinned.pin(Subject::Camera(ME)), own);
}

#[test]
fn switching_always_changes_what_is_seen() {
    for shares in [&[][..], &[ANNA], &[ANNA, MEI]] {
        for pinned in [None, Some(Subject::Camera(MEI))] {
            for layout in [Layout::Grid, Layout::Speaker] {
                let choice = Choice {
                    layout,
                    pinned,
                    aside: None,
                };
                let before = main(&choice, shares, None);
                let switched = choice.switched(before, shares);
                let after = main(&switched, shares, None);
                assert_ne!(before.is_some(), after.is_some(), "{choice:?} {shares:?}");
                let again = switched.switched(after, shares);
                assert_eq!(main(&again, shares, None).is_some(), before.is_some());
            }
        }
    }
}

#[test]
fn a_new_share_is_large_although_the_one_before_was_put_aside() {
    let aside = Choice::default().switched(Some(Subject::Screen(ANNA)), &[ANNA]);
    assert_eq!(main(&aside, &[ANNA], None), None);
    assert_eq!(main(&aside, &[ANNA, MEI], None), Some(Subject::Screen(MEI)));
}

#[test]
fn shares_stand_in_the_order_in_which_they_began() {
    assert_eq!(order_shares(&[], &[ANNA]), [ANNA]);
    assert_eq!(order_shares(&[MEI], &[ANNA, MEI]), [MEI, ANNA]);
    assert_eq!(order_shares(&[MEI, ANNA], &[ANNA]), [ANNA]);
    assert_eq!(order_shares(&[MEI], &[]), []);
}

fn at(milliseconds: i64) -> Timestamp {
    Timestamp(milliseconds)
}

#[test]
fn whoever_speaks_first_is_shown_at_once() {
    let mut speaker = Speaker::default();
    assert_eq!(speaker.hear(at(0), [(ANNA, 3), (MEI, 0)]), None);
    assert_eq!(speaker.hear(at(10), [(ANNA, 40), (MEI, 0)]), Some(ANNA));
    assert_eq!(
        speaker.hear(at(60_000), [(ANNA, 0), (MEI, 0)]),
        Some(ANNA),
        "spoke last"
    );
}

#[test]
fn a_cough_does_not_take_the_stage() {
    let mut speaker = Speaker::default();
    speaker.hear(at(0), [(ANNA, 40)]);
    assert_eq!(speaker.hear(at(100), [(ANNA, 0), (MEI, 90)]), Some(ANNA));
    assert_eq!(speaker.hear(at(400), [(ANNA, 50), (MEI, 0)]), Some(ANNA));
    assert_eq!(
        speaker.hear(at(1_500), [(ANNA, 0), (MEI, 90)]),
        Some(ANNA),
        "anew"
    );
}

#[test]
fn a_sentence_with_a_pause_takes_the_stage() {
    let mut speaker = Speaker::default();
    speaker.hear(at(0), [(ANNA, 40)]);
    assert_eq!(speaker.hear(at(1_000), [(MEI, 60)]), Some(ANNA));
    assert_eq!(speaker.hear(at(1_500), [(MEI, 0)]), Some(ANNA));
    assert_eq!(speaker.hear(at(1_900), [(MEI, 60)]), Some(ANNA));
    assert_eq!(speaker.hear(at(2_300), [(MEI, 60)]), Some(MEI));
}

#[test]
fn a_long_silence_ends_a_rival() {
    let mut speaker = Speaker::default();
    speaker.hear(at(0), [(ANNA, 40)]);
    speaker.hear(at(1_000), [(MEI, 60)]);
    speaker.hear(at(2_500), [(MEI, 0)]);
    assert_eq!(speaker.hear(at(2_600), [(MEI, 60)]), Some(ANNA));
}

#[test]
fn sizes() {
    for (height, size) in [
        (None, PictureSize::Hidden),
        (Some(0), PictureSize::Small),
        (Some(199), PictureSize::Small),
        (Some(200), PictureSize::Medium),
        (Some(399), PictureSize::Medium),
        (Some(400), PictureSize::Large),
        (Some(2_000), PictureSize::Large),
    ] {
        assert_eq!(size_of(height), size);
    }
}

#[test]
fn what_appears_is_wanted_sooner_than_what_goes_is_given_up() {
    use PictureSize::{Hidden, Large, Small};
    assert!(patience(Hidden, Small) < patience(Small, Large));
    assert!(patience(Small, Large) < patience(Large, Small));
    assert!(patience(Large, Small) < patience(Large, Hidden));
}

fn wanted(camera: PictureSize, screen: bool) -> Wanted {
    Wanted { camera, screen }
}

#[test]
fn what_is_seen_is_said_when_it_has_settled() {
    use PictureSize::{Hidden, Large, Small};
    let mut watching = Watching::default();
    let seen = |camera| BTreeMap::from([(ANNA, wanted(camera, false))]);
    let (said, again) = watching.see(at(0), &seen(Small));
    assert_eq!((said, again), (None, Some(patience(Hidden, Small))));
    let (said, again) = watching.see(at(100), &seen(Small));
    assert_eq!((said, again), (Some(seen(Small)), None));
    // A flicker is not worth a word.
    assert_eq!(watching.see(at(200), &seen(Hidden)).0, None);
    assert_eq!(watching.see(at(900), &seen(Small)), (None, None));
    assert_eq!(watching.see(at(1_000), &seen(Hidden)).0, None);
    assert_eq!(
        watching.see(at(2_499), &seen(Hidden)),
        (None, Some(Duration::from_millis(1)))
    );
    assert_eq!(watching.see(at(2_500), &seen(Hidden)).0, Some(seen(Hidden)));
    // What grows again and again is said once it stands still.
    assert_eq!(watching.see(at(3_000), &seen(Large)).0, None);
    assert_eq!(watching.see(at(3_050), &seen(Large)).0, Some(seen(Large)));
}

#[test]
fn a_share_that_appears_is_asked_for_at_once() {
    use PictureSize::Large;
    let mut watching = Watching::default();
    let without = BTreeMap::from([(ANNA, wanted(Large, false))]);
    let with = BTreeMap::from([(ANNA, wanted(Large, true))]);
    watching.see(at(0), &without);
    watching.see(at(100), &without);
    watching.see(at(200), &with);
    assert_eq!(watching.see(at(250), &with).0, Some(with));
}

#[test]
fn whoever_left_is_forgotten() {
    let mut watching = Watching::default();
    let seen = BTreeMap::from([(ANNA, wanted(PictureSize::Small, false))]);
    watching.see(at(0), &seen);
    watching.see(at(100), &seen);
    let (said, again) = watching.see(at(200), &BTreeMap::new());
    assert_eq!((said, again), (Some(BTreeMap::new()), None));
}
