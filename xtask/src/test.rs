//! Runs the parts of the tests one after the other, each to its end, and sums them up.

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result, bail};

use crate::{
    chromium, client,
    command::{cargo, find_on_path, listen_to},
    editor, install,
    options::Part,
    project::Project,
    server,
    steps::Steps,
    summary::Count,
};

/// Longer than any file of tests takes on a slow machine (Node limits a whole file, too); one that
/// hangs ends here.
const BROWSER_TEST_LIMIT_MS: u32 = 900_000;

/// Runs the parts and says one sum. A part that could not run counts as one failure.
///
/// # Errors
/// Never: what goes wrong in a part is told in the sum.
pub fn run(project: &Project, parts: &[Part]) -> Result<ExitCode> {
    let mut results = Vec::new();
    for part in parts {
        println!("\n== {} ==", part.name());
        let result = match part {
            Part::Core => core(project),
            Part::Server => server(project),
            Part::Browser => browser(project),
        };
        results.push((*part, result));
    }

    let mut total = Count::default();
    println!("\n== summary ==");
    for (part, result) in results {
        let (count, remark) = match result {
            Ok(count) if count.is_empty() => (Count::ONE_FAILURE, " (no test ran)".to_owned()),
            Ok(count) => (count, String::new()),
            Err(error) => (Count::ONE_FAILURE, format!(" ({error:#})")),
        };
        println!("{:<8} {count}{remark}", part.name());
        total.add(count);
    }
    println!("{total}");
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The pure core, compiled without any feature, the own tests of this driver and of the benches, which measure
/// nothing, and those tests of the editor that need no browser.
fn core(project: &Project) -> Result<Count> {
    let mut steps = Steps::new(3);
    steps.next("Testing the pure core ...");
    let mut core = cargo(&project.root);
    core.args([
        "test",
        "--package",
        "colloquy",
        "--lib",
        "--no-default-features",
    ]);
    let mut count = count(&mut core)?;
    steps.next("Testing the build driver and the benches ...");
    count.add(self::count(cargo(&project.root).args([
        "test",
        "--package",
        "xtask",
        "--package",
        "bench-support",
        "--package",
        "room-bench",
        "--package",
        "answers-bench",
    ]))?);
    steps.next("Testing the editor ...");
    install::npm_packages(&project.root)?;
    count.add(self::count(&mut editor::node_tests(project)?)?);
    Ok(count)
}

/// The server, on SQLite or on what DATABASE_URL names.
fn server(project: &Project) -> Result<Count> {
    let mut steps = Steps::new(2);
    steps.next("Looking for the npm packages, which replicas in the tests run on ...");
    install::npm_packages(&project.root)?;
    steps.next("Testing the server ...");
    let mut server = cargo(&project.root);
    server
        .args(["test", "--package", "colloquy", "--no-fail-fast"])
        .args(["--features", &project.server_features]);
    count(&mut server)
}

/// The client program as people get it, against a server that is quicker to compile.
fn browser(project: &Project) -> Result<Count> {
    let files = browser_tests(project)?;
    let mut steps = Steps::new(client::STEPS + server::STEPS + 2);
    client::build(project, true, &mut steps)?;
    let program = server::build_for_tests(project, &mut steps)?;
    steps.next("Looking for the npm packages and a browser ...");
    install::npm_packages(&project.root)?;
    let chromium = chromium::find()?;
    steps.next("Testing in browsers ...");
    let node = find_on_path(&["node"]).context("node is missing; install Node 20 or newer")?;
    let mut node = Command::new(node);
    node.current_dir(&project.root)
        .env("COLLOQUY_BINARY", program)
        .env("CHROMIUM", chromium)
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .arg(format!("--test-timeout={BROWSER_TEST_LIMIT_MS}"))
        .args(files);
    count(&mut node)
}

fn browser_tests(project: &Project) -> Result<Vec<PathBuf>> {
    let mut files = editor::test_files(&project.root.join("end2end"))?;
    if files.is_empty() {
        bail!("no test in end2end");
    }
    files.extend(editor::browser_tests(project)?);
    Ok(files)
}

/// Runs one runner and counts its tests. One that fails without a failed test has failed all the same.
fn count(runner: &mut Command) -> Result<Count> {
    let mut count = Count::default();
    let succeeded = listen_to(runner, |line| count.read(line))?;
    if !succeeded && count.failed == 0 {
        count.add(Count::ONE_FAILURE);
    }
    Ok(count)
}
