//! What running code in a browser needs: bundles the sandbox and its workers, takes the languages out of their npm
//! packages, and lists it all for the page.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{command::run, install, project::Project};

/// A language as the protocol names it, and what it needs besides its worker: an npm package with files of it.
const LANGUAGES: [(&str, Option<Pack>); 4] = [
    ("javascript", None),
    ("typescript", None),
    (
        "python",
        Some(Pack {
            package: "pyodide",
            files: &["pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"],
        }),
    ),
    (
        "sql",
        Some(Pack {
            package: "sql.js",
            files: &["dist/sql-wasm-browser.wasm"],
        }),
    ),
];

/// The npm packages of which something is passed on, wholly or inside a worker.
const PASSED_ON: [&str; 9] = [
    "@jridgewell/gen-mapping",
    "@jridgewell/resolve-uri",
    "@jridgewell/sourcemap-codec",
    "@jridgewell/trace-mapping",
    "lines-and-columns",
    "pyodide",
    "sql.js",
    "sucrase",
    "ts-interface-checker",
];

struct Pack {
    package: &'static str,
    files: &'static [&'static str],
}

/// Adds the files under `run/`, and the program that runs code to the built files in `package_folder`.
///
/// # Errors
/// When an npm package is missing or something does not compile.
pub fn collect(project: &Project, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    install::npm_packages(&project.root)?;
    let bundler = Bundler {
        root: &project.root,
        output: project.cache().join("run"),
    };
    let program = bundler.bundle("run.mjs", "run.js", "esm")?;
    files.insert(format!("{}/run.js", project.package_folder), program);
    let sandbox = bundler.bundle("sandbox/page.mjs", "sandbox.js", "iife")?;
    files.insert("run/sandbox.js".to_owned(), sandbox);

    let mut list = serde_json::Map::new();
    for (language, pack) in LANGUAGES {
        let script = format!("{language}.js");
        let worker = bundler.bundle(&format!("worker/{language}.mjs"), &script, "iife")?;
        let mut entry = json!({ "script": named(&script, &worker), "files": [] });
        files.insert(format!("run/{script}"), worker);
        for (path, bytes) in pack.map_or(Ok(Vec::new()), |pack| pack.read(&project.root))? {
            if let Some(listed) = entry["files"].as_array_mut() {
                listed.push(named(&path, &bytes));
            }
            files.insert(format!("run/{path}"), bytes);
        }
        list.insert(language.to_owned(), entry);
    }
    let list = serde_json::to_vec(&list)?;
    files.insert("run/packs.json".to_owned(), list);
    let licences = licences(&project.root.join("node_modules"))?;
    files.insert("run/licences.txt".to_owned(), licences.into_bytes());
    Ok(())
}

/// How the page finds a file, and knows how much is still to come.
fn named(path: &str, bytes: &[u8]) -> Value {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    json!({ "name": name, "path": path, "bytes": bytes.len() })
}

/// Whose work it is, where its source is, and what its licence says; not every package brings that along.
fn licences(packages: &Path) -> Result<String> {
    let mut text = String::new();
    for name in PASSED_ON {
        let folder = packages.join(name);
        let manifest: Value = serde_json::from_slice(&read(&folder.join("package.json"))?)?;
        let said = |field: &str| manifest[field].as_str().unwrap_or_default().to_owned();
        let source = &manifest["repository"];
        let source = source["url"].as_str().or(source.as_str());
        let licence = fs::read_to_string(folder.join("LICENSE")).unwrap_or_default();
        text.push_str(&format!(
            "{name} {} ({}), {}\n\n{licence}\n",
            said("version"),
            said("license"),
            source.unwrap_or_default(),
        ));
    }
    Ok(text)
}

impl Pack {
    /// The files, in a folder that names the package's version: browsers keep them for as long as it is the same.
    fn read(&self, root: &Path) -> Result<Vec<(String, Vec<u8>)>> {
        let package = root.join("node_modules").join(self.package);
        let manifest: Value = serde_json::from_slice(&read(&package.join("package.json"))?)?;
        let version = manifest["version"]
            .as_str()
            .with_context(|| format!("{} has no version", self.package))?;
        let folder = format!("{}-{version}", self.package);
        let files = self.files.iter().map(|file| {
            let name = file.rsplit_once('/').map_or(*file, |(_, name)| name);
            Ok((format!("{folder}/{name}"), read(&package.join(file))?))
        });
        files.collect()
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("no {}", file.display()))
}

/// Joins each program with what it imports into one file.
struct Bundler<'a> {
    root: &'a Path,
    output: PathBuf,
}

impl Bundler<'_> {
    fn bundle(&self, source: &str, name: &str, format: &str) -> Result<Vec<u8>> {
        let output = self.output.join(name);
        run(Command::new(self.root.join("node_modules/.bin/esbuild"))
            .current_dir(self.root)
            .arg(format!("editor/run/{source}"))
            .args(["--bundle", "--minify", "--target=es2022"])
            .args(["--platform=browser", "--log-level=warning"])
            // Pyodide asks for these in Node only.
            .args(["--external:node:*", "--external:ws"])
            .args(["--charset=utf8", &format!("--format={format}")])
            .arg(format!("--outfile={}", output.display())))?;
        read(&output)
    }
}
