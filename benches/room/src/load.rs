//! One load on a crowd: everybody speaks at a steady pace, and it is measured what that takes and how long it lasts.

use std::time::{Duration, Instant};

use anyhow::Result;
use bench_support::{Process, quantile};

use crate::{crowd::Crowd, member::Order};

/// A room lets each member say two things a second in the long run.
pub const FASTEST: f64 = 1.9;
const WARM_UP: Duration = Duration::from_millis(1500);
/// How long the last words may take to arrive.
const STRAGGLERS: Duration = Duration::from_millis(500);
/// A server that falls further behind does not sustain the load.
const ENOUGH: f64 = 0.97;
const SLOWEST_MS: f64 = 100.0;

/// The loads of one visit, in messages a second.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub full: u32,
    pub half: u32,
    /// What the slowest server sustains.
    pub same: u32,
    pub watches_silence: bool,
}

/// What came of a load.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub deliveries_per_second: f64,
    pub deliveries_per_cpu_second: f64,
    /// Of one core.
    pub cpu_share: f64,
    pub p50: f64,
    pub p99: f64,
    pub sustained: bool,
}

/// Lets everybody speak so that `rate` messages a second are said, and measures for `seconds`.
pub async fn measure(
    crowd: &Crowd,
    process: &Process,
    rate: u32,
    seconds: Duration,
) -> Result<Outcome> {
    let pause = Duration::from_secs_f64(crowd.members as f64 / f64::from(rate.max(1)));
    crowd.order(Order::Speak(pause));
    // Members begin one after the other, so the pace is steady from the first moment on.
    tokio::time::sleep(WARM_UP).await;
    crowd.tally.take();
    crowd.tally.time(true);
    let (start, cpu) = (Instant::now(), process.cpu_seconds()?);
    tokio::time::sleep(seconds).await;
    let (elapsed, cpu) = (start.elapsed().as_secs_f64(), process.cpu_seconds()? - cpu);
    let mut counts = crowd.tally.take();
    crowd.order(Order::Rest);
    crowd.tally.time(false);
    tokio::time::sleep(STRAGGLERS).await;
    let rest = crowd.tally.take();
    counts.delays.extend(rest.delays);

    let expected = f64::from(rate) * crowd.seats as f64;
    let deliveries_per_second = counts.received as f64 / elapsed;
    let p99 = quantile(&mut counts.delays, 0.99);
    // Members speak when it is their turn, so a short time holds a few more or less.
    let least = ENOUGH * expected * elapsed - 3.0 * (expected * elapsed).sqrt();
    let untroubled = counts.lost + counts.refused + rest.lost == 0;
    Ok(Outcome {
        deliveries_per_second,
        deliveries_per_cpu_second: counts.received as f64 / cpu.max(0.01),
        cpu_share: cpu / elapsed,
        p50: quantile(&mut counts.delays, 0.5),
        p99,
        sustained: untroubled && counts.received as f64 >= least && p99 <= SLOWEST_MS,
    })
}
