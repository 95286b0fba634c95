//! Tables of keys, and storms of them: the microphone never stays on by itself.

use proptest::prelude::*;

use super::*;

fn press(key: &'static str, place: Place) -> Press<'static> {
    Press {
        key,
        code: "",
        shift: false,
        modified: false,
        repeated: false,
        place,
    }
}

fn check(press: Press<'_>, expected: Meaning) {
    assert_eq!(
        Talking::default().press(press, false),
        expected,
        "{press:?}"
    );
}

#[test]
fn every_key_does_what_the_help_says() {
    for shortcut in Shortcut::ALL {
        let key = shortcut.key();
        check(press(key, Place::Page), Meaning::Shortcut(shortcut));
        check(press(key, Place::Control), Meaning::Shortcut(shortcut));
    }
    check(
        press("m", Place::Page),
        Meaning::Shortcut(Shortcut::Microphone),
    );
    check(press("x", Place::Page), Meaning::Nothing);
    check(press("Enter", Place::Page), Meaning::Nothing);
    check(press("", Place::Page), Meaning::Nothing);
}

#[test]
fn nothing_happens_while_writing_or_in_a_dialog() {
    for place in [Place::Field, Place::Dialog] {
        for key in Shortcut::ALL.map(Shortcut::key) {
            check(press(key, place), Meaning::Nothing);
        }
        check(press(" ", place), Meaning::Nothing);
    }
}

#[test]
fn modifiers_and_repetitions_are_left_alone() {
    let modified = Press {
        modified: true,
        ..press("c", Place::Page)
    };
    check(modified, Meaning::Nothing);
    let repeated = Press {
        repeated: true,
        ..press("m", Place::Page)
    };
    check(repeated, Meaning::Nothing);
    let shifted = Press {
        shift: true,
        ..press("M", Place::Page)
    };
    check(shifted, Meaning::Nothing);
    let help = Press {
        shift: true,
        ..press("?", Place::Page)
    };
    check(help, Meaning::Shortcut(Shortcut::Help));
}

#[test]
fn a_keyboard_of_another_script_works_by_place() {
    let cyrillic = Press {
        code: "KeyM",
        ..press("ь", Place::Page)
    };
    check(cyrillic, Meaning::Shortcut(Shortcut::Microphone));
    // A Latin layout counts by what is written on the key.
    let dvorak = Press {
        code: "KeyM",
        ..press("x", Place::Page)
    };
    check(dvorak, Meaning::Nothing);
}

#[test]
fn space_talks_only_for_the_muted_and_presses_a_reached_control() {
    check(press(" ", Place::Page), Meaning::Talk);
    check(press(" ", Place::Control), Meaning::Nothing);
    let mut talking = Talking::default();
    assert_eq!(
        talking.press(press(" ", Place::Page), true),
        Meaning::Nothing
    );
    assert!(!talking.release(" "));
    assert_eq!(talking.press(press(" ", Place::Page), false), Meaning::Talk);
    assert_eq!(talking.press(press(" ", Place::Page), true), Meaning::Taken);
    assert!(!talking.release("m"));
    assert!(talking.release(" "));
    assert!(!talking.release(" "));
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Down { place: Place, repeated: bool },
    Up,
    Blur,
    Toggle,
}

fn any_step() -> impl Strategy<Value = Step> {
    let place = prop_oneof![
        Just(Place::Page),
        Just(Place::Control),
        Just(Place::Field),
        Just(Place::Dialog)
    ];
    prop_oneof![
        (place, any::<bool>()).prop_map(|(place, repeated)| Step::Down { place, repeated }),
        Just(Step::Up),
        Just(Step::Blur),
        Just(Step::Toggle),
    ]
}

proptest! {
    #[test]
    fn letting_go_or_looking_away_always_silences_whom_space_let_talk(
        steps in proptest::collection::vec(any_step(), 0..60),
    ) {
        let mut talking = Talking::default();
        let mut microphone = false;
        // Whether the microphone is on by a switch, which space must never undo.
        let mut switched_on = false;
        for step in steps {
            match step {
                Step::Down { place, repeated } => {
                    let space = Press { repeated, ..press(" ", place) };
                    if talking.press(space, microphone) == Meaning::Talk {
                        prop_assert!(!microphone);
                        microphone = true;
                    }
                }
                Step::Up => microphone = !talking.release(" ") && microphone,
                Step::Blur => microphone = !talking.stop() && microphone,
                Step::Toggle if talking == Talking::default() => {
                    microphone = !microphone;
                    switched_on = microphone;
                }
                Step::Toggle => {}
            }
            if talking == Talking::default() {
                prop_assert_eq!(microphone, switched_on);
            }
        }
    }
}
