//! One server's turn: starts it, opens every document, types, ends it, and looks at what it left behind.

use std::time::Duration;

use anyhow::Result;
use bench_support::Process;

use crate::{
    class::Class,
    contestant::{Contestant, Figures},
    load::{self, Outcome, Plan},
    options::Options,
    setting::Setting,
};

/// The first load that is tried, in updates a second, and by how much the next is more.
const FIRST_LOAD: f64 = 200.0;
const STEP: f64 = 1.4;
/// How long a load is tried at least.
const SHORTEST: Duration = Duration::from_secs(1);
/// Nobody waits for receipts while keystrokes are timed.
const NO_WINDOW: u64 = u64::MAX;

/// How fast a keystroke is on the other screen.
pub async fn keystrokes(
    options: &Options,
    setting: &Setting,
    contestant: Contestant,
    figures: &mut Figures,
) -> Result<()> {
    let process = contestant.start(setting, false).await?;
    let places = &setting.places[..options.documents * 2];
    let class = Class::enter(contestant, process.address, places).await?;
    let plan = Plan {
        rate: options.speed * class.people as f64,
        window: NO_WINDOW,
        // Only Colloquy writes anything down here, and its receipts are nobody else's.
        keeps: false,
        seconds: options.seconds,
    };
    let outcome = load::measure(&class, &process, &plan).await?;
    let seen = outcome.seen;
    println!(
        "  p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, {:.3} CPU-seconds for 1,000 keystrokes{}",
        seen.p50,
        seen.p95,
        seen.p99,
        outcome.cpu_per_thousand,
        remark(&outcome),
    );
    for (name, value) in [
        ("key-p50", seen.p50),
        ("key-p95", seen.p95),
        ("key-p99", seen.p99),
        ("key-cpu", outcome.cpu_per_thousand),
        ("key-missing", outcome.missing as f64),
    ] {
        figures.add(contestant, name, value);
    }
    class.leave().await?;
    process.stop().await
}

/// The most updates a second that the server makes durable, found by trying more and more.
pub async fn find_sustained(
    options: &Options,
    setting: &Setting,
    contestant: Contestant,
) -> Result<f64> {
    let (process, class) = enter(setting, contestant).await?;
    let most = options.pace * class.people as f64;
    let mut sustained = None;
    let mut rate = FIRST_LOAD.min(most);
    loop {
        let seconds = options.seconds.div_f64(3.0).max(SHORTEST);
        let plan = durable_plan(options, rate, seconds);
        let outcome = load::measure(&class, &process, &plan).await?;
        show(
            &format!("  {} tries {rate:.0}", contestant.name()),
            &outcome,
        );
        if !outcome.sustained {
            break;
        }
        sustained = Some(rate);
        if rate >= most {
            break;
        }
        rate = (rate * STEP).min(most);
    }
    class.leave().await?;
    process.stop().await?;
    Ok(sustained.unwrap_or_else(|| {
        println!(
            "{} does not keep up with the first load; it is measured all the same",
            contestant.name()
        );
        rate
    }))
}

/// How long updates take to become durable under each of the loads, and whether those acknowledged are there at the
/// end.
pub async fn durable(
    options: &Options,
    setting: &Setting,
    contestant: Contestant,
    rates: &[(&str, f64)],
    figures: &mut Figures,
) -> Result<()> {
    let (process, class) = enter(setting, contestant).await?;
    for (name, rate) in rates {
        let plan = durable_plan(options, *rate, options.seconds);
        let outcome = load::measure(&class, &process, &plan).await?;
        show(&format!("  {name} load, {rate:.0}"), &outcome);
        for (figure, value) in [
            ("rate", outcome.saved_per_second),
            ("p50", outcome.saved.p50),
            ("p99", outcome.saved.p99),
            ("cpu", outcome.cpu_per_thousand),
            ("kept", f64::from(u8::from(outcome.sustained))),
        ] {
            figures.add(contestant, &format!("{name}-{figure}"), value);
        }
    }
    let receipts = class.notes.receipts();
    class.leave().await?;
    process.stop().await?;
    let kept = contestant.kept(setting)?;
    println!("  {receipts} receipts, {kept} updates in the file");
    figures.add(contestant, "vanished", receipts.saturating_sub(kept) as f64);
    Ok(())
}

async fn enter(setting: &Setting, contestant: Contestant) -> Result<(Process, Class)> {
    let process = contestant.start(setting, true).await?;
    let class = Class::enter(contestant, process.address, &setting.places).await?;
    Ok((process, class))
}

fn durable_plan(options: &Options, rate: f64, seconds: Duration) -> Plan {
    Plan {
        rate,
        window: options.window,
        keeps: true,
        seconds,
    }
}

fn show(what: &str, outcome: &Outcome) {
    println!(
        "{what}: {:.0} saved a second, p50 {:.2} ms, p99 {:.2} ms, {:.3} CPU-seconds for 1,000{}",
        outcome.saved_per_second,
        outcome.saved.p50,
        outcome.saved.p99,
        outcome.cpu_per_thousand,
        remark(outcome),
    );
}

fn remark(outcome: &Outcome) -> String {
    match (outcome.missing, outcome.sustained) {
        (0, true) => String::new(),
        (0, false) => " (not sustained)".to_owned(),
        (missing, _) => format!(" ({missing} missing)"),
    }
}
