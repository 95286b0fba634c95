//! What two readings mean, what is called good, and how often it is said.

use super::*;

fn reading(at: i64) -> Reading {
    Reading {
        at,
        route: Some(Route::Direct),
        round_trip: Some(24),
        ..Reading::default()
    }
}

fn report(loss: u8, round_trip: u32) -> LinkReport {
    LinkReport {
        peer: PeerId(7),
        link: LinkState::Connected,
        route: Some(Route::Direct),
        picture: true,
        sound: true,
        round_trip: Some(round_trip),
        loss: Some(loss),
        height: Some(720),
    }
}

#[test]
fn the_first_reading_shows_no_media() {
    let measured = Measured::between(None, &reading(5));
    assert!(!measured.picture && !measured.sound);
    assert_eq!(measured.loss, None);
    assert_eq!(measured.round_trip, Some(24));
}

#[test]
fn growing_counters_are_media() {
    let mut before = reading(1_000);
    before.picture.frames = 10;
    before.picture.height = Some(360);
    before.sound.packets = 100;
    let mut now = Reading {
        at: 3_000,
        ..before
    };
    let still = Measured::between(Some(&before), &now);
    assert!(!still.picture && !still.sound);
    assert_eq!(still.height, None);
    now.picture.frames = 11;
    now.sound.packets = 190;
    now.sound.lost = 10;
    now.sent_bytes = 250_000;
    now.sent_packets = 1_000;
    let measured = Measured::between(Some(&before), &now);
    assert!(measured.picture && measured.sound);
    assert_eq!(measured.height, Some(360));
    assert_eq!(measured.loss, Some(10));
    assert_eq!(measured.uplink, (250_000 + 28_000) * 4);
}

#[test]
fn lost_packets_that_come_after_all_are_no_negative_loss() {
    let mut before = reading(0);
    before.sound.lost = 20;
    let mut now = reading(2_000);
    now.sound.packets = 100;
    now.sound.lost = 15;
    assert_eq!(Measured::between(Some(&before), &now).loss, Some(0));
}

#[test]
fn nothing_sent_is_no_loss() {
    assert_eq!(
        Measured::between(Some(&reading(0)), &reading(2_000)).loss,
        None
    );
}

#[test]
fn a_new_connection_counts_from_nothing() {
    let mut before = reading(0);
    before.sent_bytes = 9_000;
    before.sound.packets = 50;
    let measured = Measured::between(Some(&before), &reading(2_000));
    assert_eq!((measured.uplink, measured.sound), (0, false));
}

#[test]
fn grades() {
    let table = [
        (0, 20, None, Grade::Good),
        (2, 249, Some(49), Grade::Good),
        (3, 20, None, Grade::Fair),
        (0, 250, None, Grade::Fair),
        (0, 20, Some(50), Grade::Fair),
        (10, 20, None, Grade::Poor),
        (0, 600, None, Grade::Poor),
        (0, 20, Some(150), Grade::Poor),
    ];
    for (loss, round_trip, jitter, grade) in table {
        assert_eq!(Grade::of(&report(loss, round_trip), jitter), grade);
    }
    for link in [
        LinkState::Connecting,
        LinkState::Reconnecting,
        LinkState::Failed,
    ] {
        let down = LinkReport {
            link,
            ..report(0, 1)
        };
        assert_eq!(Grade::of(&down, None), Grade::Poor);
    }
}

#[test]
fn reports_follow_changes_but_not_every_tremble() {
    let at = |seconds: i64| Timestamp(seconds * 1000);
    let mut reporter = Reporter::default();
    assert_eq!(
        reporter.due(at(0), Vec::new()),
        None,
        "nobody, nothing to say"
    );
    assert!(reporter.due(at(0), vec![report(0, 20)]).is_some());
    assert_eq!(reporter.due(at(2), vec![report(9, 20)]), None, "too soon");
    assert_eq!(reporter.due(at(6), vec![report(1, 22)]), None, "a tremble");
    assert!(reporter.due(at(8), vec![report(9, 20)]).is_some());
    assert_eq!(reporter.due(at(27), vec![report(9, 21)]), None);
    assert!(
        reporter.due(at(28), vec![report(9, 21)]).is_some(),
        "still so"
    );
    assert!(reporter.due(at(32), Vec::new()).is_some(), "everybody left");
    reporter.forget();
    assert!(reporter.due(at(33), vec![report(9, 21)]).is_some());
    assert_eq!(
        reporter
            .due(at(60), vec![report(0, 1); 30])
            .map(|l| l.len()),
        Some(20)
    );
}

#[test]
fn what_one_sees_of_another() {
    use LinkState::{Connected, Connecting, Failed, Reconnecting};
    let table = [
        (Connected, true, true, "both"),
        (Connected, false, true, "hears"),
        (Connected, true, false, "sees"),
        (Connected, false, false, "neither"),
        (Connecting, true, true, "connecting"),
        (Reconnecting, true, true, "reconnecting"),
        (Failed, false, false, "failed"),
    ];
    for (link, picture, sound, name) in table {
        let report = LinkReport {
            link,
            picture,
            sound,
            ..report(0, 1)
        };
        assert_eq!(Sight::of(&report).name(), name);
    }
}
