//! One load on a class: everybody types at a steady pace, and it is measured what that takes and how long it lasts.

use std::time::{Duration, Instant};

use anyhow::Result;
use bench_support::{Counts, Process, quantile};

use crate::{class::Class, typist::Order};

const WARM_UP: Duration = Duration::from_millis(1500);
/// How long the last keystrokes may take to arrive.
const STRAGGLERS: Duration = Duration::from_secs(10);
/// A server that falls further behind does not sustain the load.
const ENOUGH: f64 = 0.97;
const SLOWEST_MS: f64 = 100.0;

/// How much is typed.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Keystrokes a second of all together.
    pub rate: f64,
    /// How many of one person's may wait for their receipt.
    pub window: u64,
    /// Whether there are receipts.
    pub keeps: bool,
    pub seconds: Duration,
}

/// How long something took, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Delays {
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
}

/// What came of a load.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub saved_per_second: f64,
    /// Seconds of processor time for a thousand keystrokes.
    pub cpu_per_thousand: f64,
    pub seen: Delays,
    pub saved: Delays,
    /// Keystrokes that never arrived at the other screen, or never got their receipt.
    pub missing: u64,
    pub sustained: bool,
}

/// Lets everybody type and measures that.
pub async fn measure(class: &Class, process: &Process, plan: &Plan) -> Result<Outcome> {
    let notes = &class.notes;
    class.order(Order::Type {
        pause: Duration::from_secs_f64(class.people as f64 / plan.rate),
        window: plan.window,
    });
    // People begin one after the other, so the pace is steady from the first moment on.
    tokio::time::sleep(WARM_UP).await;
    take(class);
    notes.time(true);
    let (start, cpu) = (Instant::now(), process.cpu_seconds()?);
    tokio::time::sleep(plan.seconds).await;
    let (elapsed, cpu) = (start.elapsed().as_secs_f64(), process.cpu_seconds()? - cpu);
    let (mut seen, mut saved) = take(class);
    class.order(Order::Rest);
    notes.time(false);
    let missing = wait_for_the_last(class, plan.keeps).await;
    let (last_seen, last_saved) = take(class);
    seen.delays.extend(last_seen.delays);
    saved.delays.extend(last_saved.delays);

    let expected = plan.rate * elapsed;
    // People type when it is their turn, so a short time holds a few more or less.
    let least = ENOUGH * expected - 3.0 * expected.sqrt();
    let arrived = if plan.keeps {
        saved.received
    } else {
        seen.received
    };
    let untroubled = seen.lost + seen.refused + last_seen.lost + last_seen.refused + missing == 0;
    let (typed, receipts) = (seen.sent as f64, saved.received as f64);
    let (seen, saved) = (delays(&mut seen), delays(&mut saved));
    let slowest = if plan.keeps { saved.p99 } else { seen.p99 };
    Ok(Outcome {
        saved_per_second: receipts / elapsed,
        cpu_per_thousand: cpu * 1000.0 / typed.max(1.0),
        seen,
        saved,
        missing,
        sustained: untroubled && arrived as f64 >= least && slowest <= SLOWEST_MS,
    })
}

/// What the others saw and what was saved since the last time.
fn take(class: &Class) -> (Counts, Counts) {
    (class.notes.seen.take(), class.notes.saved.take())
}

/// How many keystrokes are still missing when nothing more comes in time.
async fn wait_for_the_last(class: &Class, keeps: bool) -> u64 {
    let missing = || {
        let unsaved = if keeps { class.notes.unsaved() } else { 0 };
        unsaved.max(class.notes.unseen())
    };
    let start = Instant::now();
    while missing() > 0 && start.elapsed() < STRAGGLERS {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    missing()
}

fn delays(counts: &mut Counts) -> Delays {
    let mut at = |share| quantile(&mut counts.delays, share);
    Delays {
        p50: at(0.5),
        p95: at(0.95),
        p99: at(0.99),
    }
}
