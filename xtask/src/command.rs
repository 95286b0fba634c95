//! Running other programs. Every failure names the program.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};

/// What cargo tells a program that it runs about the program's own package. Build scripts that look at
/// these variables (ring's does) would run again, and half the server be compiled again, whenever cargo
/// is started from here after it was started by hand, or the other way round.
const OWN_VARIABLES: [&str; 3] = ["CARGO_BIN_", "CARGO_MANIFEST_", "CARGO_PKG_"];

/// The cargo that runs this driver. Started in a folder of the workspace, or it would miss the
/// workspace's `.cargo/config.toml`.
pub fn cargo(folder: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if OWN_VARIABLES.iter().any(|own| name.starts_with(own)) {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// Runs to the end.
///
/// # Errors
/// When it cannot be started or says that it failed.
pub fn run(command: &mut Command) -> Result<()> {
    let name = name_of(command);
    let status = command
        .status()
        .with_context(|| format!("{name} cannot be started"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// What it prints on its standard output.
///
/// # Errors
/// As for [`run`].
pub fn output_of(command: &mut Command) -> Result<String> {
    let name = name_of(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        bail!("{name} failed ({})", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, shows its standard output as it comes, and hands each line to `listen`. Whether it
/// succeeded.
///
/// # Errors
/// When it cannot be started or read.
pub fn listen_to(command: &mut Command, mut listen: impl FnMut(&str)) -> Result<bool> {
    let name = name_of(command);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{name} cannot be started"))?;
    let output = child.stdout.take().context("a piped output is there")?;
    let mut shown = std::io::stdout().lock();
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        shown.write_all(&line)?;
        shown.write_all(b"\n")?;
        shown.flush()?;
        listen(&String::from_utf8_lossy(&line));
    }
    Ok(child.wait()?.success())
}

/// The first of `names` that stands in a folder of PATH.
pub fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program
        .file_name()
        .unwrap_or(program.as_os_str())
        .to_string_lossy();
    match command.get_args().next() {
        Some(argument) => format!("`{name} {}`", argument.to_string_lossy()),
        None => format!("`{name}`"),
    }
}
