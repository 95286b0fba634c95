//! Installs what a machine with rustup, Node, git and a C compiler lacks for the build.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use anyhow::{Context as _, Result, bail};

use crate::{
    command::{find_on_path, output_of, run},
    project::Project,
};

/// The target of the client program.
pub const CLIENT_TARGET: &str = "wasm32-unknown-unknown";

/// Lets the compiler produce programs for the browser.
///
/// # Errors
/// When the target is missing and rustup too, or rustup fails.
pub fn client_target(project: &Project) -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc
        .current_dir(&project.root)
        .args(["--print", "sysroot"]);
    let sysroot = PathBuf::from(output_of(&mut rustc)?.trim());
    // Asked of the compiler itself, not of rustup, so that a compiler from elsewhere will do.
    if sysroot
        .join("lib/rustlib")
        .join(CLIENT_TARGET)
        .join("lib")
        .is_dir()
    {
        return Ok(());
    }
    if find_on_path(&["rustup"]).is_none() {
        bail!(
            "the compiler lacks the target {CLIENT_TARGET}; install rustup from https://rustup.rs"
        );
    }
    println!("      Installing the target {CLIENT_TARGET} ...");
    let mut rustup = Command::new("rustup");
    run(rustup
        .current_dir(&project.root)
        .args(["target", "add", CLIENT_TARGET]))
}

/// Brings `node_modules` in `folder` to what `package-lock.json` there says.
///
/// # Errors
/// When npm is missing or fails.
pub fn npm_packages(folder: &Path) -> Result<()> {
    let wanted = modified(&folder.join("package-lock.json"));
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= wanted {
        return Ok(());
    }
    println!("      Installing the npm packages ...");
    let npm = find_on_path(&["npm"]).context("npm is missing; install Node 20 or newer")?;
    run(Command::new(npm)
        .current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund"]))
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file)
        .and_then(|metadata| metadata.modified())
        .ok()
}
