//! Builds the one file and starts it.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result};

use crate::{
    command::{cargo, run},
    project::Project,
    steps::Steps,
};

/// How many steps [`build`] says.
pub const STEPS: usize = 1;

/// Compiles the server with the site inside it, and says where its file is. Without optimisation the
/// site stays outside and is read while the server runs.
///
/// # Errors
/// When it does not compile.
pub fn build(project: &Project, optimised: bool, steps: &mut Steps) -> Result<PathBuf> {
    let arguments: &[&str] = if optimised { &["--release"] } else { &[] };
    let folder = if optimised { "release" } else { "debug" };
    compile(project, arguments, folder, steps)
}

/// Compiles the server that browsers test. Asking for a test as well gives the libraries the features
/// that the server's tests gave them; without it cargo would compile them all a second time.
///
/// # Errors
/// When it does not compile.
pub fn build_for_tests(project: &Project, steps: &mut Steps) -> Result<PathBuf> {
    compile(project, &["--test", "tidy_build"], "debug", steps)
}

fn compile(
    project: &Project,
    arguments: &[&str],
    folder: &str,
    steps: &mut Steps,
) -> Result<PathBuf> {
    steps.next("Compiling the server ...");
    run(cargo(&project.root)
        .args(["build", "--package", "colloquy", "--bin", "colloquy"])
        .args(["--features", &project.server_features])
        .args(arguments))?;
    let name = format!("colloquy{}", std::env::consts::EXE_SUFFIX);
    Ok(project.target.join(folder).join(name))
}

/// Serves until it is told to stop.
///
/// # Errors
/// When it cannot be started.
pub fn start(project: &Project, program: &Path, arguments: &[String]) -> Result<ExitCode> {
    let mut server = Command::new(program);
    server
        .current_dir(&project.root)
        .arg("serve")
        .args(arguments);
    replace_this_program(&mut server).context("the server cannot be started")
}

/// The server takes the driver's place, so that signals reach it and nothing else.
#[cfg(unix)]
fn replace_this_program(server: &mut Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(server.exec())
}

#[cfg(not(unix))]
fn replace_this_program(server: &mut Command) -> std::io::Result<ExitCode> {
    let status = server.status()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
