//! Builds what a bench compares and starts it. What is measured, and how, is the bench's own affair.

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result};

use crate::{
    build, chromium, client,
    command::{cargo, find_on_path, run as run_command},
    install,
    options::Bench,
    project::Project,
    server,
    steps::Steps,
};

/// The option that names a program that is built already.
const PROGRAM: &str = "--program";

/// Measures. With `--program FILE` that program is measured and Colloquy is not built.
///
/// # Errors
/// When something is missing, does not compile or cannot be measured.
pub fn run(project: &Project, bench: Bench, arguments: &[String]) -> Result<ExitCode> {
    let asked = |option: &str| arguments.iter().any(|argument| argument == option);
    let has_program = asked(PROGRAM) || asked("--help");
    let building = if has_program {
        0
    } else {
        client::STEPS + server::STEPS
    };
    let mut steps = Steps::new(building + 3);
    let mut options: Vec<String> = Vec::new();
    if !has_program {
        let program = build(project, true, &mut steps)?;
        options.extend([PROGRAM.to_owned(), program.display().to_string()]);
    }
    options.extend_from_slice(arguments);

    steps.next("Compiling the bench ...");
    let bench_program = compile(project, bench)?;
    steps.next("Looking for what the bench needs ...");
    let node = find_on_path(&["node"]).context("node is missing; install Node 20 or newer")?;
    if bench != Bench::Weight {
        install::npm_packages(&project.root.join("benches").join(bench.name()))?;
    }
    // Ten thousand members are as many open files, which the usual limit forbids.
    let mut shell = Command::new("sh");
    shell
        .current_dir(&project.root)
        .args(["-c", r#"ulimit -n "$(ulimit -Hn)" && exec "$0" "$@""#]);
    match bench_program {
        Some(program) => shell.arg(program),
        None => shell.arg(node).arg("benches/weight/measure.mjs"),
    };
    shell.args(options);
    if bench != Bench::Answers {
        install::npm_packages(&project.root)?;
        shell.env("CHROMIUM", chromium::find()?);
    }
    steps.next("Measuring ...");
    run_command(&mut shell)?;
    Ok(ExitCode::SUCCESS)
}

/// The program of a bench; None for one that needs no compiling.
fn compile(project: &Project, bench: Bench) -> Result<Option<PathBuf>> {
    if bench == Bench::Weight {
        return Ok(None);
    }
    let package = format!("{}-bench", bench.name());
    run_command(cargo(&project.root).args(["build", "--release", "--package", &package]))?;
    Ok(Some(project.target.join("release").join(package)))
}
