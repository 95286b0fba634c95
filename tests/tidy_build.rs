//! Keeps the ways to build in step: cargo-leptos by its metadata, `cargo xtask` by reading the same
//! metadata, and the server by what it embeds.

#![allow(clippy::unwrap_used)]

use std::{env, fs, path::PathBuf, process::Command};

use serde_json::Value;

/// Asked while running, because two checkouts may share the compiled test.
fn root() -> PathBuf {
    PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap())
}

fn package() -> Value {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .find(|package| package["name"] == "colloquy")
        .unwrap()
        .clone()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn the_metadata_names_what_exists() {
    let package = package();
    let leptos = &package["metadata"]["leptos"];
    let root = root();
    for name in ["style-file", "assets-dir", "end2end-dir"] {
        let path = leptos[name].as_str().unwrap();
        assert!(root.join(path).exists(), "{name} = {path}");
    }
    for name in ["lib-features", "bin-features"] {
        for feature in leptos[name].as_array().unwrap() {
            let feature = feature.as_str().unwrap();
            assert!(
                package["features"].get(feature).is_some(),
                "{name}: {feature}"
            );
        }
    }
    let profile = leptos["lib-profile-release"].as_str().unwrap();
    assert!(read("Cargo.toml").contains(&format!("[profile.{profile}]")));
    // Leptos's own file hashes are read from a file beside the program, and there is none.
    assert!(leptos.get("hash-files").is_none());
    // Components are erased in every build and on both sides, by cargo's own settings; flags that
    // cargo-leptos sets for some builds would replace those.
    assert_eq!(leptos["disable-erase-components"], true);
    assert!(read(".cargo/config.toml").contains(r#"rustflags = ["--cfg", "erase_components"]"#));
    // xtask joins imported style sheets; cargo-leptos does so when told.
    assert_eq!(leptos["style-bundle"], true);
}

#[test]
fn the_server_embeds_what_is_built() {
    let package = package();
    let leptos = &package["metadata"]["leptos"];
    let site = leptos["site-root"].as_str().unwrap();
    let folder = leptos["site-pkg-dir"].as_str().unwrap();
    let name = leptos["output-name"].as_str().unwrap();

    let assets = read("src/server/assets.rs");
    assert!(assets.contains(&format!("#[folder = \"{site}\"]")));
    assert!(assets.contains(&format!("OUTPUT_NAME: &str = \"{name}\"")));
    assert!(assets.contains(&format!("\"/{folder}/{{*path}}\"")));
    assert!(read("build.rs").contains(&format!("\"{site}\"")));
    assert!(read(".cargo/config.toml").contains(&format!("LEPTOS_OUTPUT_NAME = \"{name}\"")));
}

#[test]
fn the_driver_reads_the_same_metadata() {
    let project = read("xtask/src/project.rs");
    let read_by_the_driver = [
        "site-root",
        "site-pkg-dir",
        "output-name",
        "style-file",
        "assets-dir",
        "lib-features",
        "lib-profile-release",
        "bin-features",
    ];
    for name in read_by_the_driver {
        assert!(project.contains(&format!("\"{name}\"")), "{name}");
    }
    for feature in ["lib-default-features", "bin-default-features"] {
        assert_eq!(package()["metadata"]["leptos"][feature], false, "{feature}");
    }
}

#[test]
fn packages_come_from_the_registry_of_the_machine() {
    for folder in ["", "benches/room/", "benches/answers/"] {
        let lock: Value =
            serde_json::from_str(&read(&format!("{folder}package-lock.json"))).unwrap();
        for (name, package) in lock["packages"].as_object().unwrap() {
            assert!(package.get("resolved").is_none(), "{name} names a registry");
            assert!(
                name.is_empty() || package.get("integrity").is_some(),
                "{name}"
            );
        }
        let manifest: Value =
            serde_json::from_str(&read(&format!("{folder}package.json"))).unwrap();
        let lists = ["dependencies", "devDependencies", "optionalDependencies"];
        for (name, version) in lists
            .iter()
            .filter_map(|list| manifest[list].as_object())
            .flatten()
        {
            let version = version.as_str().unwrap();
            assert!(
                version.starts_with(|first: char| first.is_ascii_digit()),
                "{name} {version}"
            );
        }
    }
}
