//! One server's turn: starts it, fills it, loads it, empties it, fills it again, ends it.

use std::time::{Duration, Instant};

use anyhow::Result;
use bench_support::Process;

use crate::{
    contestant::{Contestant, Figures},
    crowd::Crowd,
    load::{self, Outcome, Plan},
    options::Options,
    setting::Setting,
};

/// The first load that is tried, in messages a second, and by how much the next is more.
const FIRST_LOAD: f64 = 300.0;
const STEP: f64 = 1.25;
/// How long a load is tried at least.
const SHORTEST: Duration = Duration::from_secs(1);
/// How long a crowd sits still before its memory is read, and how long a server tidies up behind one.
const SETTLE: Duration = Duration::from_secs(3);

/// The most messages a second that the server carries, found by trying more and more.
pub async fn find_sustained(
    options: &Options,
    setting: &Setting,
    contestant: Contestant,
) -> Result<u32> {
    let process = contestant.start(setting, 0).await?;
    let crowd = Crowd::enter(contestant, process.address, contestant.seats(setting), 0).await?;
    let most = options.members() as f64 * load::FASTEST;
    let mut sustained = 0;
    let mut rate = FIRST_LOAD.min(most);
    loop {
        let outcome = load::measure(
            &crowd,
            &process,
            rate as u32,
            options.seconds.div_f64(2.0).max(SHORTEST),
        )
        .await?;
        show(
            &format!("  {} tries {rate:.0}", contestant.name()),
            &outcome,
        );
        if !outcome.sustained {
            break;
        }
        sustained = rate as u32;
        if rate >= most {
            break;
        }
        rate = (rate * STEP).min(most);
    }
    crowd.leave().await?;
    process.stop().await?;
    if sustained == 0 {
        println!(
            "{} does not keep up with the first load; it is measured all the same",
            contestant.name()
        );
        sustained = FIRST_LOAD.min(most) as u32;
    }
    Ok(sustained)
}

/// Measures everything of one server once.
pub async fn visit(
    options: &Options,
    setting: &Setting,
    contestant: Contestant,
    plan: &Plan,
    figures: &mut Figures,
) -> Result<()> {
    let process = contestant.start(setting, 0).await?;
    let empty = process.resident_bytes()?;
    let crowd = enter(setting, contestant, &process, 1, "join", figures).await?;
    tokio::time::sleep(SETTLE).await;
    let members = crowd.members as f64;
    let grown = process.resident_bytes()?.saturating_sub(empty) as f64;
    figures.add(contestant, "memory", grown / 1024.0 / members);
    println!("  {:.1} KiB a member", grown / 1024.0 / members);

    for (name, rate) in [
        ("full", plan.full),
        ("half", plan.half),
        ("same", plan.same),
    ] {
        let outcome = load::measure(&crowd, &process, rate, options.seconds).await?;
        show(&format!("  {name} load, {rate}"), &outcome);
        figures.add(
            contestant,
            &format!("{name}-kept"),
            f64::from(u8::from(outcome.sustained)),
        );
        for (figure, value) in [
            ("rate", f64::from(rate)),
            ("deliveries", outcome.deliveries_per_second),
            ("per-cpu", outcome.deliveries_per_cpu_second),
            ("cpu", outcome.cpu_share),
            ("p50", outcome.p50),
            ("p99", outcome.p99),
        ] {
            figures.add(contestant, &format!("{name}-{figure}"), value);
        }
    }
    if plan.watches_silence {
        watch_silence(options, contestant, &crowd, figures).await;
    }
    crowd.leave().await?;
    // What leaving costs is not to be counted as coming back.
    tokio::time::sleep(SETTLE).await;
    let again = enter(setting, contestant, &process, 2, "rejoin", figures).await?;
    again.leave().await?;
    process.stop().await
}

/// Fills the rooms and notes how long that took the server.
async fn enter(
    setting: &Setting,
    contestant: Contestant,
    process: &Process,
    visit: u64,
    name: &str,
    figures: &mut Figures,
) -> Result<Crowd> {
    let seats = contestant.seats(setting);
    let (start, cpu) = (Instant::now(), process.cpu_seconds()?);
    let crowd = Crowd::enter(contestant, process.address, seats, visit).await?;
    let per_second = seats.len() as f64 / start.elapsed().as_secs_f64();
    let per_cpu = seats.len() as f64 / (process.cpu_seconds()? - cpu).max(0.01);
    println!("  {name}: {per_second:.0} a second, {per_cpu:.0} per CPU-second");
    figures.add(contestant, &format!("{name}-rate"), per_second);
    figures.add(contestant, &format!("{name}-per-cpu"), per_cpu);
    Ok(crowd)
}

async fn watch_silence(
    options: &Options,
    contestant: Contestant,
    crowd: &Crowd,
    figures: &mut Figures,
) {
    let (found, last) = crowd.find_silent(options.silence).await;
    println!(
        "  {found} of {} silent sockets found, the last after {last:?}",
        crowd.silent
    );
    // Who is not found in time counts as found never.
    let seconds = match last {
        Some(last) if found == crowd.silent => last.as_secs_f64(),
        _ => f64::INFINITY,
    };
    figures.add(contestant, "silence", seconds);
}

fn show(what: &str, outcome: &Outcome) {
    println!(
        "{what}: {:.0} deliveries a second, {:.0} per CPU-second, {:.0}% of a core, p50 {:.2} ms, p99 {:.2} ms{}",
        outcome.deliveries_per_second,
        outcome.deliveries_per_cpu_second,
        outcome.cpu_share * 100.0,
        outcome.p50,
        outcome.p99,
        if outcome.sustained {
            ""
        } else {
            " (not sustained)"
        },
    );
}
