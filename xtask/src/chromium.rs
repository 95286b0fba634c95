//! Finds the browser for the tests, or installs it.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::command::{find_on_path, output_of, run};

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The program named by `CHROMIUM`, else one on PATH, else Debian's, installed now.
///
/// # Errors
/// When there is none and it cannot be installed; says what to install.
pub fn find() -> Result<PathBuf> {
    if let Some(program) = std::env::var_os("CHROMIUM").filter(|program| !program.is_empty()) {
        return Ok(PathBuf::from(program));
    }
    if let Some(program) = find_on_path(&NAMES) {
        return Ok(program);
    }
    if !Path::new("/etc/debian_version").exists() || find_on_path(&["apt-get"]).is_none() {
        bail!("no Chromium on PATH: install Chromium or Google Chrome, or name one in CHROMIUM");
    }
    if output_of(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!("no Chromium on PATH: install it with `sudo apt-get install chromium`");
    }
    println!("      Installing Chromium ...");
    run(Command::new("apt-get").arg("update"))?;
    run(Command::new("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "-y", "--no-install-recommends", "chromium"]))?;
    find_on_path(&NAMES).context("Chromium was installed and is not on PATH")
}
