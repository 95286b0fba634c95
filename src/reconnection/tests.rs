//! Which way is tried when, as tables; and that no order of events leaves a page without a next step.

use std::time::Duration;

use proptest::prelude::*;

use super::{Input::*, Output::*, *};
use crate::protocol::Transport::{Http, WebSocket};

fn at(milliseconds: i64) -> Timestamp {
    Timestamp(milliseconds)
}

/// Runs inputs at their times, with the same chance each time; a time must not lie before the last.
fn check(preferred: Transport, steps: &[(i64, Input, &[Output])]) -> Reconnection {
    let mut way = Reconnection::new(preferred);
    for (step, (time, input, expected)) in steps.iter().enumerate() {
        let out = way.handle(at(*time), 0.0, *input);
        assert_eq!(out, *expected, "step {step}, {input:?} at {time}");
    }
    way
}

#[test]
fn a_lost_socket_is_opened_again_at_once() {
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (40, Opened, &[]),
            (50, Heard, &[Works(WebSocket)]),
            (60, Heard, &[]),
            (9_000, Failed, &[Close, Lost, Open(WebSocket)]),
            (9_100, Opened, &[]),
            (9_200, Heard, &[Works(WebSocket)]),
            (10_000, Failed, &[Close, Lost]),
            (10_400, Deadline, &[]),
            (10_500, Deadline, &[Open(WebSocket)]),
        ],
    );
}

#[test]
fn two_refused_sockets_lead_to_http() {
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (10, Failed, &[Close]),
            (510, Deadline, &[Open(WebSocket)]),
            (520, Failed, &[Close, Open(Http)]),
            (560, Opened, &[]),
            (600, Heard, &[Works(Http)]),
        ],
    );
}

#[test]
fn a_socket_that_hangs_for_five_seconds_leads_to_http() {
    let way = check(WebSocket, &[(0, Begin, &[Open(WebSocket)])]);
    assert_eq!(way.next_deadline(), Some(at(5_000)));
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (4_999, Deadline, &[]),
            (5_000, Deadline, &[Close, Open(Http)]),
        ],
    );
    // The five seconds count from the first try.
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (3_000, Failed, &[Close]),
            (3_500, Deadline, &[Open(WebSocket)]),
            (5_000, Deadline, &[Close, Open(Http)]),
        ],
    );
}

#[test]
fn a_socket_that_opens_and_swallows_everything_leads_to_http() {
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (100, Opened, &[]),
            (10_100, Deadline, &[Close, Open(Http)]),
        ],
    );
}

#[test]
fn without_a_server_both_ways_are_tried_with_growing_pauses() {
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (0, Failed, &[Close]),
            (500, Deadline, &[Open(WebSocket)]),
            (500, Failed, &[Close, Open(Http)]),
            (500, Failed, &[Close, KeepsFailing]),
            (2_499, Deadline, &[]),
            (2_500, Deadline, &[Open(WebSocket)]),
            (2_500, Failed, &[Close, Open(Http)]),
            (2_500, Failed, &[Close]),
            (7_500, Deadline, &[Open(WebSocket)]),
            (7_500, Failed, &[Close, KeepsFailing, Open(Http)]),
            (7_500, Failed, &[Close]),
            (12_500, Deadline, &[Open(WebSocket)]),
            (12_600, Opened, &[]),
            (12_700, Heard, &[Works(WebSocket)]),
        ],
    );
}

#[test]
fn what_the_visit_remembers_is_tried_first_and_probed() {
    check(
        Http,
        &[
            (0, Begin, &[Open(Http)]),
            (100, Heard, &[Works(Http)]),
            (10_000, Heard, &[]),
            (10_100, Deadline, &[Probe]),
            (
                10_200,
                Probed { works: true },
                &[Close, Lost, Open(WebSocket)],
            ),
            (10_300, Heard, &[Works(WebSocket)]),
        ],
    );
}

#[test]
fn probes_become_rarer_and_hang_for_five_seconds_at_most() {
    check(
        Http,
        &[
            (0, Begin, &[Open(Http)]),
            (0, Heard, &[Works(Http)]),
            (10_000, Deadline, &[Probe]),
            (10_000, Heard, &[]),
            (15_000, Deadline, &[EndProbe]),
            (20_000, Probed { works: true }, &[]),
            (30_000, Heard, &[]),
            (35_000, Deadline, &[Probe]),
            (35_001, Probed { works: false }, &[]),
            (45_000, Heard, &[]),
            (60_000, Heard, &[]),
            (75_000, Heard, &[]),
            (75_000, Deadline, &[]),
            (75_001, Deadline, &[Probe]),
            (76_000, Failed, &[EndProbe, Close, Lost, Open(Http)]),
        ],
    );
}

#[test]
fn a_socket_that_passes_the_probe_and_fails_leads_straight_back_to_http() {
    check(
        Http,
        &[
            (0, Begin, &[Open(Http)]),
            (0, Heard, &[Works(Http)]),
            (10_000, Deadline, &[Probe]),
            (
                10_000,
                Probed { works: true },
                &[Close, Lost, Open(WebSocket)],
            ),
            (10_100, Failed, &[Close, Open(Http)]),
            (10_200, Heard, &[Works(Http)]),
            (20_200, Heard, &[]),
            (30_199, Deadline, &[]),
            (30_200, Deadline, &[Probe]),
        ],
    );
}

#[test]
fn after_a_restart_that_brought_http_first_a_proven_socket_is_probed_early() {
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (0, Heard, &[Works(WebSocket)]),
            (60_000, Heard, &[]),
            (60_000, Failed, &[Close, Lost, Open(WebSocket)]),
            (60_000, Failed, &[Close]),
            (60_500, Deadline, &[Open(WebSocket)]),
            (65_000, Deadline, &[Close, Open(Http)]),
            (65_100, Heard, &[Works(Http)]),
            (66_100, Deadline, &[Probe]),
        ],
    );
}

#[test]
fn silence_ends_a_way_and_doubt_ends_it_sooner() {
    let open: &[(i64, Input, &[Output])] = &[
        (0, Begin, &[Open(WebSocket)]),
        (0, Heard, &[Works(WebSocket)]),
    ];
    let and = |more: &[(i64, Input, &'static [Output])]| check(WebSocket, &[open, more].concat());
    let lost: &[Output] = &[Close, Lost, Open(WebSocket)];
    and(&[(21_999, Deadline, &[]), (22_000, Deadline, lost)]);
    and(&[(11_999, Doubted, &[]), (12_000, Deadline, lost)]);
    and(&[(3_600_000, Doubted, lost)]);
    // A try that was slept through is over.
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (4_999, Doubted, &[]),
            (3_600_000, Doubted, &[Close, Open(Http)]),
        ],
    );
    // A word in between settles the doubt.
    and(&[
        (5_000, Doubted, &[]),
        (9_000, Heard, &[]),
        (30_999, Deadline, &[]),
    ]);
}

#[test]
fn doubt_and_news_of_a_network_end_every_wait() {
    let waiting: &[(i64, Input, &[Output])] =
        &[(0, Begin, &[Open(WebSocket)]), (0, Failed, &[Close])];
    for input in [Doubted, NetworkChanged] {
        check(
            WebSocket,
            &[waiting, &[(1, input, &[Open(WebSocket)])]].concat(),
        );
    }
    check(
        WebSocket,
        &[
            (0, Begin, &[Open(WebSocket)]),
            (0, Heard, &[Works(WebSocket)]),
            (9_000, NetworkChanged, &[Close, Lost, Open(WebSocket)]),
            (10_000, NetworkChanged, &[Close, Open(WebSocket)]),
            (15_000, Deadline, &[Close, Open(Http)]),
            (15_100, Heard, &[Works(Http)]),
            // In a network that is new the better way is looked for at once.
            (16_100, Deadline, &[Probe]),
        ],
    );
}

#[test]
fn waits_double_up_to_five_seconds_and_chance_halves_them() {
    let check = |failures, chance, expected| {
        let expected = Duration::from_millis(expected);
        assert_eq!(wait(failures, chance), expected, "{failures}");
    };
    check(0, 0.5, 0);
    check(1, 0.0, 500);
    check(1, 1.0, 250);
    check(3, 0.0, 2_000);
    check(5, 0.0, 5_000);
    check(u32::MAX, 0.0, 5_000);
    check(u32::MAX, 1.0, 2_500);
}

#[test]
fn a_request_is_repeated_a_few_times_while_its_line_lives() {
    let pauses: Vec<_> = (0..10).map_while(repeat_after).collect();
    assert_eq!(pauses.len(), 4);
    assert!(pauses.iter().sum::<Duration>() < Duration::from_secs(22));
}

fn any_input() -> impl Strategy<Value = Input> {
    prop_oneof![
        Just(Opened),
        Just(Heard),
        Just(Failed),
        Just(Doubted),
        Just(NetworkChanged),
        any::<bool>().prop_map(|works| Probed { works }),
        Just(Deadline),
    ]
}

/// Where everything opens and is heard at once, within how long the server is heard.
fn heard_after(way: &mut Reconnection, mut now: Timestamp, mut opening: bool) -> Duration {
    let start = now;
    for _ in 0..100 {
        if opening {
            way.handle(now, 0.5, Opened);
            way.handle(now, 0.5, Heard);
            return now.since(start);
        }
        now = way
            .next_deadline()
            .expect("something is always to come")
            .max(now);
        let out = way.handle(now, 0.5, Deadline);
        opening = out.iter().any(|output| matches!(output, Open(_)));
    }
    panic!("it is never tried again: {way:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_it_is_tried_again_soon(
        http in any::<bool>(),
        steps in prop::collection::vec((0..30_000_u64, 0.0..1.0, any_input()), 0..60),
    ) {
        let mut way = Reconnection::new(if http { Http } else { WebSocket });
        let mut now = at(0);
        let mut alive = None;
        let mut open = false;
        let mut probing = false;
        let begin = way.handle(now, 0.0, Begin);
        let mut take = |outputs: Vec<Output>, alive: &mut Option<Transport>, open: &mut bool| {
            for output in outputs {
                match output {
                    Close => { prop_assert!(alive.take().is_some(), "closed twice"); }
                    Open(way) => { prop_assert!(alive.replace(way).is_none(), "two at once"); }
                    Lost => { prop_assert!(std::mem::take(open), "lost twice"); }
                    Works(way) => {
                        prop_assert_eq!(*alive, Some(way));
                        prop_assert!(!std::mem::replace(open, true));
                    }
                    Probe => { prop_assert!(!std::mem::replace(&mut probing, true)); }
                    EndProbe => { prop_assert!(std::mem::take(&mut probing)); }
                    KeepsFailing => {}
                }
                prop_assert!(!probing || *alive == Some(Http) || !*open);
            }
            Ok(())
        };
        take(begin, &mut alive, &mut open)?;
        for (after, chance, input) in steps {
            now = now + Duration::from_millis(after);
            if alive.is_none() && matches!(input, Opened | Heard | Failed) {
                continue;
            }
            if let Probed { .. } = input {
                continue;
            }
            take(way.handle(now, chance, input), &mut alive, &mut open)?;
            let deadline = way.next_deadline().expect("something is always to come");
            prop_assert!(deadline.since(now) <= LONGEST_SILENCE);
        }
        if !open {
            let soon = heard_after(&mut way, now, alive.is_some());
            prop_assert!(soon <= Duration::from_secs(11), "{soon:?}");
        }
    }
}
