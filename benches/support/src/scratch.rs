//! A folder for everything that a run writes. It goes when the run ends.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The folder of this run.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes it inside `folder`.
    pub fn inside(folder: &Path) -> Result<Self> {
        let path = folder.join(format!("colloquy-bench-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("no {}", path.display()))?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where something of that name is, or would be.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is in a folder for such things.
        let _ = fs::remove_dir_all(&self.0);
    }
}
