//! Old news, silence, mutes and the way round by the server.

use uuid::Uuid;

use super::*;

const PEER: PeerId = PeerId(3);
const ON: MediaState = MediaState {
    microphone: true,
    camera: false,
    screen: false,
};
const OFF: MediaState = MediaState {
    microphone: false,
    ..ON
};

fn connection(number: u128) -> ConnectionId {
    ConnectionId(Uuid::from_u128(number))
}

fn state(count: u32, level: u8, media: MediaState) -> PeerState {
    PeerState {
        count,
        level,
        media,
    }
}

fn level(levels: &Levels, now: i64) -> Option<u8> {
    levels.at(Timestamp(now)).get(&PEER).copied()
}

#[test]
fn a_lower_count_is_old_news_on_the_same_connection_only() {
    let mut levels = Levels::default();
    levels.hear(Timestamp(0), PEER, connection(1), &state(5, 40, ON));
    levels.hear(Timestamp(0), PEER, connection(1), &state(5, 90, ON));
    levels.hear(Timestamp(0), PEER, connection(1), &state(4, 90, ON));
    assert_eq!(level(&levels, 0), Some(40));
    levels.hear(Timestamp(0), PEER, connection(2), &state(1, 60, ON));
    assert_eq!(level(&levels, 0), Some(60));
    levels.hear(Timestamp(0), PEER, connection(2), &state(2, 255, ON));
    assert_eq!(level(&levels, 0), Some(100));
}

#[test]
fn silence_follows_when_nothing_comes() {
    let mut levels = Levels::default();
    levels.hear(Timestamp(0), PEER, connection(1), &state(1, 40, ON));
    assert_eq!(level(&levels, 2_999), Some(40));
    assert_eq!(level(&levels, 3_000), Some(0));
    levels.forget(PEER);
    assert_eq!(level(&levels, 0), None);
}

#[test]
fn whoever_is_muted_is_silent_whatever_they_say() {
    let mut levels = Levels::default();
    levels.hear(Timestamp(0), PEER, connection(1), &state(1, 40, OFF));
    assert_eq!(level(&levels, 0), Some(0));
    levels.hear(Timestamp(0), PEER, connection(1), &state(2, 40, ON));
    levels.set_media(PEER, OFF);
    assert_eq!(level(&levels, 0), Some(0));
    levels.set_media(PEER, ON);
    assert_eq!(level(&levels, 0), Some(40));
}

#[test]
fn only_a_change_of_media_is_news() {
    let mut levels = Levels::default();
    levels.set_media(PEER, ON);
    let mut hear =
        |count, media| levels.hear(Timestamp(0), PEER, connection(1), &state(count, 0, media));
    let table = [
        (1, ON, None),
        (2, ON, None),
        (4, OFF, Some(OFF)),
        (3, ON, None),
        (5, OFF, None),
        (6, ON, Some(ON)),
    ];
    for (count, media, news) in table {
        assert_eq!(hear(count, media), news, "{count}");
    }
}

#[test]
fn a_page_switches_off_and_never_on_what_the_server_says_is_off() {
    const ALL: MediaState = MediaState {
        microphone: true,
        camera: true,
        screen: true,
    };
    const NONE: MediaState = MediaState {
        microphone: false,
        camera: false,
        screen: false,
    };
    const NO_CAMERA: MediaState = MediaState {
        camera: false,
        ..ALL
    };
    const NO_SCREEN: MediaState = MediaState {
        screen: false,
        ..ALL
    };
    let no_screen_no_camera = MediaState {
        camera: false,
        ..NO_SCREEN
    };
    // What the server says, what the page says then, and what is shown if that is news.
    let table = [
        (NONE, ALL, None),
        (OFF, ON, None),
        (ON, OFF, Some(OFF)),
        (ON, ALL, None),
        (ALL, NONE, Some(NONE)),
        (ALL, NO_SCREEN, Some(NO_SCREEN)),
        (NO_SCREEN, ALL, None),
        (NO_SCREEN, NO_CAMERA, Some(no_screen_no_camera)),
    ];
    for (server, page, news) in table {
        let mut levels = Levels::default();
        levels.set_media(PEER, server);
        let said = levels.hear(Timestamp(0), PEER, connection(1), &state(1, 40, page));
        assert_eq!(said, news, "{server:?} {page:?}");
        let audible = server.microphone && page.microphone;
        assert_eq!(level(&levels, 0), Some(if audible { 40 } else { 0 }));
    }
}

#[test]
fn what_a_page_switched_off_is_on_again_by_either_word() {
    let mut levels = Levels::default();
    levels.set_media(PEER, ON);
    let mut hear =
        |count, media| levels.hear(Timestamp(0), PEER, connection(1), &state(count, 40, media));
    assert_eq!(hear(1, OFF), Some(OFF));
    assert_eq!(hear(2, ON), Some(ON));
    assert_eq!(hear(3, OFF), Some(OFF));
    levels.set_media(PEER, ON);
    let again = levels.hear(Timestamp(0), PEER, connection(1), &state(4, 40, ON));
    assert_eq!(again, None, "the server said so already");
    assert_eq!(level(&levels, 0), Some(40));
}

#[test]
fn a_page_of_which_the_server_said_nothing_shows_nothing() {
    let mut levels = Levels::default();
    for (count, media) in [(1, OFF), (2, ON)] {
        let said = levels.hear(Timestamp(0), PEER, connection(1), &state(count, 0, media));
        assert_eq!(said, None);
    }
}

#[test]
fn the_servers_word_counts_while_no_channel_is_open() {
    let mut levels = Levels::default();
    levels.hear_server(PEER, true, true);
    assert_eq!(level(&levels, 0), None);
    levels.hear_server(PEER, true, false);
    assert_eq!(level(&levels, 60_000), Some(UNKNOWN_LEVEL));
    levels.hear(Timestamp(60_000), PEER, connection(1), &state(1, 7, ON));
    assert_eq!(level(&levels, 60_000), Some(7));
    levels.hear_server(PEER, true, false);
    levels.hush(PEER);
    assert_eq!(level(&levels, 60_000), Some(0));
}

/// The levels said, and what the server was told, over levels measured every 200 ms.
fn said(levels: &[u8], unheard: bool) -> (Vec<u8>, Vec<bool>) {
    let mut voice = Voice::default();
    let (mut direct, mut server) = (Vec::new(), Vec::new());
    for (place, level) in levels.iter().enumerate() {
        let now = Timestamp(place as i64 * 200);
        for say in voice.measure(now, *level, ON, unheard) {
            match say {
                Say::State(state) => direct.push(state.level),
                Say::Speaking(speaking) => server.push(speaking),
            }
        }
    }
    (direct, server)
}

#[test]
fn a_voice_is_told_five_times_a_second_and_silence_every_two() {
    let (direct, server) = said(&[0; 21], true);
    assert_eq!((direct.len(), server.len()), (3, 0));
    let (direct, server) = said(&[0, 30, 15, 5, 5, 5, 5, 5, 5], true);
    assert_eq!(direct, [0, 30, 15, 5, 5, 5, 5]);
    assert_eq!(server, [true, false]);
}

#[test]
fn a_short_pause_is_no_silence() {
    let (_, server) = said(&[30, 0, 0, 12, 0, 0, 12, 0], true);
    assert_eq!(server, [true]);
}

#[test]
fn the_server_hears_nothing_while_channels_reach_everybody() {
    let (_, server) = said(&[30, 30, 0, 0, 0, 0, 0, 0], false);
    assert!(server.is_empty());
}

#[test]
fn muting_is_told_at_once_and_silences() {
    let mut voice = Voice::default();
    voice.measure(Timestamp(0), 50, ON, true);
    let say = voice.measure(Timestamp(100), 50, OFF, true);
    let muted = state(2, 0, OFF);
    assert_eq!(say, [Say::State(muted), Say::Speaking(false)]);
}

#[test]
fn what_the_server_was_not_told_is_said_again() {
    let mut voice = Voice::default();
    let again = |voice: &mut Voice| {
        let say = voice.measure(Timestamp(200), 50, ON, true);
        say.contains(&Say::Speaking(true))
    };
    assert!(again(&mut voice));
    assert!(!again(&mut voice));
    voice.take_back();
    assert!(again(&mut voice));
    voice.start_anew();
    assert!(again(&mut voice));
}
