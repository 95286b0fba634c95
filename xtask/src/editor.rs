//! Bundles the programs that pages load on demand (`editor/`), and runs their tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{
    command::{find_on_path, run},
    compress::digest,
    install,
    project::Project,
};

const FOLDER: &str = "editor";
/// What stands in the folder and goes into no bundle.
const TESTS: &str = "test";

/// The folder with the bundles. The stamp beside it says what they were made of.
///
/// # Errors
/// When Node or npm is missing, or a source has a mistake.
pub fn bundle(project: &Project, optimised: bool) -> Result<PathBuf> {
    let folder = project.cache().join("editor");
    let stamp_file = project.cache().join("editor.stamp");
    let stamp = format!("{} {optimised}", sources(project)?);
    if fs::read_to_string(&stamp_file).is_ok_and(|last| last == stamp) {
        return Ok(folder);
    }
    install::npm_packages(&project.root)?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut bundler = node(project)?;
    bundler
        .arg(Path::new(FOLDER).join("bundle.mjs"))
        .arg(&folder);
    if optimised {
        bundler.arg("--small");
    }
    run(&mut bundler)?;
    fs::write(&stamp_file, stamp)?;
    Ok(folder)
}

/// Node's test runner with the tests that need no browser.
///
/// # Errors
/// When Node is missing, or there is no test.
pub fn node_tests(project: &Project) -> Result<Command> {
    let mut node = node(project)?;
    node.args(["--test", "--test-reporter=spec"])
        .args(test_files(&project.root.join(FOLDER).join(TESTS))?);
    Ok(node)
}

/// The files of tests that need a browser.
///
/// # Errors
/// When the folder cannot be read.
pub fn browser_tests(project: &Project) -> Result<Vec<PathBuf>> {
    test_files(&project.root.join(FOLDER).join(TESTS).join("browser"))
}

/// The `*.test.mjs` that stand in a folder itself, in the order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn node(project: &Project) -> Result<Command> {
    let node = find_on_path(&["node"]).context("node is missing; install Node 20 or newer")?;
    let mut node = Command::new(node);
    node.current_dir(&project.root);
    Ok(node)
}

/// Names what goes into the bundles: the sources, and the versions of the packages.
fn sources(project: &Project) -> Result<String> {
    let mut files = vec![project.root.join("package-lock.json")];
    collect(&project.root.join(FOLDER), &mut files)?;
    files.sort();
    let mut all = Vec::new();
    for file in files {
        all.extend_from_slice(file.to_string_lossy().as_bytes());
        all.push(0);
        all.extend(fs::read(&file).with_context(|| format!("no {}", file.display()))?);
        all.push(0);
    }
    Ok(digest(&all))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with(TESTS) {
            collect(&path, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}
