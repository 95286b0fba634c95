//! Where things are and what they are called: read from `[package.metadata.leptos]`, so that
//! cargo-leptos and this driver cannot disagree.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::command::{cargo, output_of};

const PACKAGE: &str = "colloquy";

/// The checkout.
pub struct Project {
    pub root: PathBuf,
    /// Cargo's output, wherever `CARGO_TARGET_DIR` puts it.
    pub target: PathBuf,
    /// What goes into the server's file.
    pub site: PathBuf,
    /// The folder inside the site for what is built.
    pub package_folder: String,
    pub output_name: String,
    pub style: PathBuf,
    pub public: PathBuf,
    pub client_features: String,
    pub client_profile: String,
    pub server_features: String,
}

impl Project {
    /// # Errors
    /// When cargo cannot read the workspace, or its metadata lacks an entry.
    pub fn find() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut metadata = cargo(here);
        metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&output_of(&mut metadata)?)?;

        let root = PathBuf::from(text(&metadata, "workspace_root")?);
        let leptos = metadata["packages"]
            .as_array()
            .and_then(|packages| packages.iter().find(|package| package["name"] == PACKAGE))
            .map(|package| &package["metadata"]["leptos"])
            .context("the workspace has no package colloquy")?;
        Ok(Self {
            target: PathBuf::from(text(&metadata, "target_directory")?),
            site: root.join(text(leptos, "site-root")?),
            package_folder: text(leptos, "site-pkg-dir")?,
            output_name: text(leptos, "output-name")?,
            style: root.join(text(leptos, "style-file")?),
            public: root.join(text(leptos, "assets-dir")?),
            client_features: list(leptos, "lib-features"),
            client_profile: text(leptos, "lib-profile-release")?,
            server_features: list(leptos, "bin-features"),
            root,
        })
    }

    /// A folder for what is worth keeping between two builds and belongs into no program.
    pub fn cache(&self) -> PathBuf {
        self.target.join("xtask")
    }
}

fn text(of: &Value, name: &str) -> Result<String> {
    of[name]
        .as_str()
        .map(str::to_owned)
        .with_context(|| format!("the metadata of the workspace has no {name}"))
}

fn list(of: &Value, name: &str) -> String {
    let items = of[name].as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join(",")
}
