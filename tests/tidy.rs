//! Rules of the house that a program can check.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure fails the test"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

const LONGEST_FILE: usize = 400;

fn read(path: impl AsRef<Path>) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file of the project with its path from the root.
fn rust_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = ["src", "tests", "migrations/src", "xtask/src", "benches"]
        .map(|name| root.join(name))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(root)
                    .expect("inside")
                    .to_string_lossy()
                    .into_owned();
                files.push((name.replace('\\', "/"), read(&path)));
            }
        }
    }
    assert!(files.len() > 50, "the files were not found");
    files
}

#[test]
fn only_lib_rs_chooses_by_feature() {
    for (name, text) in rust_files() {
        let chooses = [
            "cfg(feature",
            "cfg(any(feature",
            "cfg(all(feature",
            "cfg(not(feature",
        ]
        .iter()
        .chain(&["cfg_attr(feature", "cfg!(feature"])
        .any(|choice| text.contains(choice));
        assert!(
            !chooses || name == "src/lib.rs" || name == "tests/tidy.rs",
            "{name}"
        );
    }
}

#[test]
fn files_are_short_and_say_what_they_own() {
    for (name, text) in rust_files() {
        let lines = text.lines().count();
        assert!(
            lines <= LONGEST_FILE || name.starts_with("src/messages"),
            "{name}: {lines} lines"
        );
        assert!(text.starts_with("//! "), "{name} does not say what it owns");
        let module_file = name.ends_with("/mod.rs") && name != "tests/support/mod.rs";
        assert!(!module_file, "{name}: foo.rs beside foo/, never mod.rs");
        assert!(
            !text.contains("TODO") || name == "tests/tidy.rs",
            "{name}: nothing is left to do"
        );
    }
}

/// The names between the braces after `heading`, one level deep.
fn variants(source: &str, heading: &str) -> Vec<String> {
    let (_, rest) = source
        .split_once(heading)
        .unwrap_or_else(|| panic!("no {heading}"));
    let (body, _) = rest.split_once("\n}").expect("a closing brace");
    let name = |line: &str| {
        let line = line.strip_prefix("    ")?;
        let end = line
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(line.len());
        let name = &line[..end];
        name.starts_with(char::is_uppercase)
            .then(|| name.to_owned())
    };
    let names: Vec<String> = body.lines().filter_map(name).collect();
    assert!(!names.is_empty(), "{heading}");
    names
}

/// The names between the braces of an enum, each with those of its fields.
fn variants_with_fields(body: &str) -> Vec<(String, Vec<String>)> {
    let code: String = body
        .lines()
        .filter(|line| !line.trim_start().starts_with("///"))
        .collect();
    let variants = code.split('}').filter_map(|variant| {
        let (name, fields) = variant.split_once('{')?;
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        let fields = fields.split(',').filter_map(|field| field.split_once(':'));
        let fields = fields.map(|(field, _)| field.trim().to_owned()).collect();
        Some((name.to_owned(), fields))
    });
    variants.collect()
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[test]
fn every_message_and_code_is_documented() {
    let document = read("docs/protocol.md");
    let source: String = [
        "protocol/client",
        "protocol/server",
        "protocol/codes",
        "channel",
    ]
    .map(|part| read(format!("src/{part}.rs")))
    .concat();
    let section = |title: &str| {
        let (_, rest) = document
            .split_once(title)
            .unwrap_or_else(|| panic!("no {title}"));
        rest.split("\n## ").next().unwrap_or(rest).to_owned()
    };
    let sent = [
        ("pub enum ClientMessage {", "\n## From the client"),
        ("pub enum ServerMessage {", "\n## From the server"),
        ("pub enum PeerMessage {", "\n## Data channels"),
    ];
    for (heading, title) in sent {
        let section = section(title);
        for name in variants(&source, heading) {
            let row = format!("\n| `{}` |", snake_case(&name));
            assert!(section.contains(&row), "{name} is missing under{title}");
        }
    }
    let channels = section("\n## Data channels");
    let (_, messages) = source.split_once("pub enum PeerMessage {").unwrap();
    let (messages, _) = messages.split_once("\n}").unwrap();
    for (name, fields) in variants_with_fields(messages) {
        let start = format!("\n| `{}` |", snake_case(&name));
        let (_, row) = channels.split_once(&start).expect("a row");
        let row = row.lines().next().unwrap_or(row);
        let told = row.split(" | ").next().unwrap_or(row);
        for field in fields {
            assert!(told.contains(&format!("`{field}`")), "{name}: {field}");
        }
    }
    for name in variants(&source, "pub enum RejectCode {") {
        let code = format!("`{}`", snake_case(&name));
        assert!(section("\n## From the server").contains(&code), "{name}");
    }
    let closing = section("\n## Closing");
    for code in colloquy::protocol::CloseCode::ALL {
        let row = format!(
            "| {} | `{}` |",
            code.number(),
            snake_case(&format!("{code:?}"))
        );
        assert!(closing.contains(&row), "{row}");
    }
}

#[test]
fn every_option_stands_in_the_readme() {
    let (source, readme) = (read("src/server/config/options.rs"), read("README.md"));
    let mut fields = 0;
    for argument in source.split("#[arg(").skip(1) {
        let (attribute, rest) = argument.split_once(")]").expect("an attribute");
        let (field, _) = rest
            .trim()
            .trim_start_matches("pub ")
            .split_once(':')
            .expect("a field");
        let quoted = |key: &str| {
            let (_, value) = attribute.split_once(&format!("{key} = \""))?;
            value.split('"').next().map(ToOwned::to_owned)
        };
        let flag = quoted("long").unwrap_or_else(|| field.replace('_', "-"));
        assert!(readme.contains(&format!("`--{flag}`")), "--{flag}");
        let variable = quoted("env").unwrap_or_else(|| panic!("{field} has no variable"));
        assert!(readme.contains(&format!("`{variable}`")), "{variable}");
        fields += 1;
    }
    assert!(fields >= 8, "the options were not found");
}

#[test]
fn what_stands_in_a_text_area_goes_through_the_one_escape() {
    // Leptos writes the children of this element into the page as they are.
    for (name, text) in rust_files() {
        if !name.starts_with("src/ui/") {
            continue;
        }
        for before in text.rsplit("</textarea>").skip(1) {
            let child = before.trim_end();
            let empty = child.ends_with('>');
            let last = child.lines().next_back().unwrap_or("").trim();
            let escaped = last.starts_with("{in_text_area(") && last.ends_with(")}");
            let in_words = last.starts_with("//") || last.contains('"');
            assert!(empty || escaped || in_words, "{name}: {last}");
        }
    }
}
