//! Rebuilds the optimised server when the site folder, which is embedded into it, changes.

use std::env;

fn main() {
    // The client is a part of that folder and would be built again after each of its own builds. A
    // server built for development reads the folder while it runs.
    let embeds = env::var_os("CARGO_FEATURE_SSR").is_some()
        && env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let watched = if embeds { "target/site" } else { "build.rs" };
    println!("cargo:rerun-if-changed={watched}");
}
