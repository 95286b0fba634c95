//! What a page may mean is taken; of a flood no more than the pace.

use super::*;

fn taken(inflow: &mut Inflow, at: i64, frames: u32) -> u32 {
    let frames = (0..frames).filter(|_| inflow.take(Timestamp(at)));
    u32::try_from(frames.count()).unwrap()
}

#[test]
fn a_burst_and_then_the_pace() {
    // The pace, and how many of 1,000 frames are taken at each moment.
    let table = [
        (
            TEXTS,
            [(0, 400), (19, 0), (20, 1), (1_020, 50), (60_000, 400)],
        ),
        (
            STATES,
            [(0, 40), (49, 0), (50, 1), (1_050, 20), (60_000, 40)],
        ),
    ];
    for (pace, moments) in table {
        let mut inflow = Inflow::new(pace);
        for (at, expected) in moments {
            let at = 1_000_000 + at;
            assert_eq!(taken(&mut inflow, at, 1_000), expected, "{pace:?} {at}");
        }
    }
}

#[test]
fn an_hour_of_an_ordinary_voice_is_taken_whole() {
    let mut inflow = Inflow::new(STATES);
    let moments = (0..5 * 60 * 60).map(|count| Timestamp(count * 200));
    assert!(moments.into_iter().all(|now| inflow.take(now)));
}

#[test]
fn an_hour_of_a_flood_gives_the_pace_only() {
    let mut inflow = Inflow::new(TEXTS);
    let seconds = 60 * 60;
    let all: u32 = (0..seconds * 100)
        .map(|count| taken(&mut inflow, i64::from(count) * 10, 20))
        .sum();
    assert!(all <= 400 + 50 * seconds, "{all}");
}

#[test]
fn a_clock_set_back_shuts_nobody_out_for_long() {
    let mut inflow = Inflow::new(STATES);
    assert_eq!(taken(&mut inflow, 9_000_000, 50), 40);
    assert_eq!(taken(&mut inflow, 1_000_000, 1), 0);
    assert_eq!(taken(&mut inflow, 1_000_050, 1), 1);
}
