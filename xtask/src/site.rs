//! The site folder: exactly the files that the server embeds, each written only when it changes,
//! because a new time of change makes cargo link the server anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    compress::{Compressor, Quality},
    packs,
    project::Project,
    style,
};

/// Lays out static files, style, the packs for running code and the folders with what was built, with their
/// compressed forms.
///
/// # Errors
/// When a source is missing or a file cannot be written.
pub fn lay_out(project: &Project, built: &[PathBuf], quality: Quality) -> Result<()> {
    let package = &project.package_folder;
    let mut files = BTreeMap::new();
    collect(&project.public, "", &mut files)?;
    for folder in built {
        collect(folder, &format!("{package}/"), &mut files)?;
    }
    packs::collect(project, &mut files)?;
    let style = style::join(&project.style)?;
    files.insert(
        format!("{package}/{}.css", project.output_name),
        style.into_bytes(),
    );

    let mut compressor = Compressor::new(project.cache().join("compressed"), quality)?;
    let mut wanted = BTreeSet::new();
    for (name, bytes) in &files {
        let changed = write(&project.site, name, bytes, false)?;
        let mut sizes = format!("{} B", bytes.len());
        for (suffix, form) in compressor.compress(name, bytes)? {
            let sibling = format!("{name}{suffix}");
            // A compressed form older than its file counts as a leftover of another build.
            write(&project.site, &sibling, &form, changed)?;
            sizes.push_str(&format!(", {} {} B", &suffix[1..], form.len()));
            wanted.insert(sibling);
        }
        if changed {
            println!("      {name}: {sizes}");
        }
    }
    compressor.forget_unused()?;
    wanted.extend(files.into_keys());
    remove_others(&project.site, "", &wanted)?;
    Ok(())
}

/// Reads every file under `folder`; its name is its path in the folder after `prefix`.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Whether the file had to be written.
fn write(site: &Path, name: &str, bytes: &[u8], always: bool) -> Result<bool> {
    let file = site.join(name);
    if !always && fs::read(&file).is_ok_and(|present| present == bytes) {
        return Ok(false);
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(true)
}

fn remove_others(folder: &Path, prefix: &str, wanted: &BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            let inside = format!("{name}/");
            if wanted.iter().any(|file| file.starts_with(&inside)) {
                remove_others(&entry.path(), &inside, wanted)?;
            } else {
                fs::remove_dir_all(entry.path())?;
            }
        } else if !wanted.contains(&name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
