//! Builds what a bench compares and starts it. What is measured, and how, is the bench's own affair.

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result};

use crate::{
    build, chromium, client,
    command::{cargo, find_on_path, run},
    install,
    project::Project,
    server,
    steps::Steps,
};

const PACKAGE: &str = "room-bench";
/// The option that names a program that is built already.
const PROGRAM: &str = "--program";

/// Measures rooms. With `--program FILE` that program is measured and Colloquy is not built.
///
/// # Errors
/// When something is missing, does not compile or cannot be measured.
pub fn room(project: &Project, arguments: &[String]) -> Result<ExitCode> {
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
    let bench = compile(project)?;
    steps.next("Looking for the npm packages and a browser ...");
    find_on_path(&["node"]).context("node is missing; install Node 20 or newer")?;
    install::npm_packages(&project.root)?;
    install::npm_packages(&project.root.join("benches/room"))?;
    let chromium = chromium::find()?;
    steps.next("Measuring ...");
    // Ten thousand members are as many open files, which the usual limit forbids.
    let mut shell = Command::new("sh");
    shell
        .current_dir(&project.root)
        .env("CHROMIUM", chromium)
        .args(["-c", r#"ulimit -n "$(ulimit -Hn)" && exec "$0" "$@""#])
        .arg(bench)
        .args(options);
    run(&mut shell)?;
    Ok(ExitCode::SUCCESS)
}

fn compile(project: &Project) -> Result<PathBuf> {
    run(cargo(&project.root).args(["build", "--release", "--package", PACKAGE]))?;
    Ok(project.target.join("release").join(PACKAGE))
}
