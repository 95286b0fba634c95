//! Builds what a browser gets: compiles the client program, binds it to JavaScript, and lays it out
//! with the bundled editor, styles and static files as the site.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    command::{cargo, run},
    compress::{Quality, digest},
    editor, install,
    project::Project,
    site,
    steps::Steps,
};

/// How many steps [`build`] says.
pub const STEPS: usize = 5;

/// Fills the site folder. What has not changed is left alone.
///
/// # Errors
/// When a tool is missing or fails.
pub fn build(project: &Project, optimised: bool, steps: &mut Steps) -> Result<()> {
    steps.next("Looking for the compiler's browser half ...");
    install::client_target(project)?;
    steps.next("Compiling the client program ...");
    let program = compile(project, optimised)?;
    steps.next("Binding the client program to JavaScript ...");
    let bound = bind(project, &program, optimised)?;
    steps.next("Bundling the editor ...");
    let bundles = editor::bundle(project, optimised)?;
    steps.next("Laying out and compressing the site ...");
    let quality = if optimised {
        Quality::SMALL
    } else {
        Quality::FAST
    };
    site::lay_out(project, &[bound, bundles], quality)
}

fn compile(project: &Project, optimised: bool) -> Result<PathBuf> {
    let profile = if optimised {
        project.client_profile.as_str()
    } else {
        "dev"
    };
    run(cargo(&project.root)
        .args([
            "build",
            "--package",
            "colloquy",
            "--lib",
            "--no-default-features",
        ])
        .args(["--target", install::CLIENT_TARGET])
        .args(["--features", &project.client_features])
        .args(["--profile", profile]))?;
    let folder = if optimised { profile } else { "debug" };
    let folder = project.target.join(install::CLIENT_TARGET).join(folder);
    Ok(folder.join("colloquy.wasm"))
}

/// The folder with the program and its JavaScript. The stamp beside them says what they were made of.
fn bind(project: &Project, program: &Path, optimised: bool) -> Result<PathBuf> {
    let folder = project.cache().join("client");
    let stamp_file = project.cache().join("client.stamp");
    let bytes = fs::read(program).with_context(|| format!("no {}", program.display()))?;
    let stamp = format!("{} {} {optimised}", digest(&bytes), project.output_name);
    if fs::read_to_string(&stamp_file).is_ok_and(|last| last == stamp) {
        return Ok(folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(program)
        .out_name(&project.output_name)
        .typescript(false)
        .remove_name_section(optimised)
        .remove_producers_section(true);
    let bound = bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(&folder));
    if let Err(error) = bound {
        bail!("wasm-bindgen failed: {error:#}");
    }
    // This is the name that Leptos asks for when LEPTOS_OUTPUT_NAME is set while it is compiled.
    let name = &project.output_name;
    fs::rename(
        folder.join(format!("{name}_bg.wasm")),
        folder.join(format!("{name}.wasm")),
    )?;
    fs::write(&stamp_file, stamp)?;
    Ok(folder)
}
