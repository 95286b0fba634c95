//! Joins the style sheet and those it imports into one. Understands `@import "file.css";` at the head
//! of a sheet, which is what browsers and cargo-leptos's bundler understand too.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

/// The whole style sheet.
///
/// # Errors
/// When a sheet is missing, imports itself, or has an import where CSS allows none.
pub fn join(sheet: &Path) -> Result<String> {
    let mut joined = String::new();
    append(sheet, &mut Vec::new(), &mut joined)?;
    Ok(joined)
}

fn append(sheet: &Path, importers: &mut Vec<PathBuf>, joined: &mut String) -> Result<()> {
    let text = fs::read_to_string(sheet).with_context(|| format!("no {}", sheet.display()))?;
    if importers.iter().any(|importer| importer == sheet) {
        bail!("{} imports itself", sheet.display());
    }
    importers.push(sheet.to_owned());
    let mut rest = text.as_str();
    while let Some((statement, after)) = next_of_head(rest) {
        rest = after;
        match statement.trim_start().strip_prefix("@import") {
            Some(target) => {
                let name = quoted(target).with_context(|| {
                    format!("{}: not `@import \"file\";`: {statement}", sheet.display())
                })?;
                append(&sheet.with_file_name(name), importers, joined)?;
            }
            None => joined.push_str(statement),
        }
    }
    if rest
        .lines()
        .any(|line| line.trim_start().starts_with("@import"))
    {
        bail!(
            "{}: an @import must stand before every rule",
            sheet.display()
        );
    }
    joined.push_str(rest.trim_start_matches('\n'));
    if !joined.ends_with('\n') {
        joined.push('\n');
    }
    importers.pop();
    Ok(())
}

/// The next comment, `@charset`, `@import` or `@layer a, b;`, and what follows it; None where rules
/// begin.
fn next_of_head(text: &str) -> Option<(&str, &str)> {
    let start = text.len() - text.trim_start().len();
    let body = &text[start..];
    let length = if body.starts_with("/*") {
        body.find("*/")? + 2
    } else if body.starts_with("@import") || body.starts_with("@charset") {
        body.find(';')? + 1
    } else if body.starts_with("@layer") {
        let end = body.find([';', '{'])?;
        if body[end..].starts_with('{') {
            return None;
        }
        end + 1
    } else {
        return None;
    };
    Some(text.split_at(start + length))
}

fn quoted(target: &str) -> Option<&str> {
    let target = target.trim().strip_suffix(';')?.trim_end();
    let name = target.strip_prefix('"')?.strip_suffix('"')?;
    (!name.contains('"')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(name: &str, sheets: &[(&str, &str)]) -> Result<String> {
        let folder =
            std::env::temp_dir().join(format!("colloquy-style-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        for (file, text) in sheets {
            fs::write(folder.join(file), text)?;
        }
        let result = join(&folder.join("main.css"));
        fs::remove_dir_all(&folder)?;
        result
    }

    #[test]
    fn imports_come_in_order_and_in_place() {
        let main = "/* All. */\n@layer a, b;\n@import \"a.css\";\n@import \"b.css\";\n\n@layer b { p { color: red } }\n";
        let sheets = [
            ("main.css", main),
            ("a.css", "@import \"c.css\";\na {}"),
            ("b.css", "b {}\n"),
            ("c.css", "c {}\n"),
        ];
        let expected = "/* All. */\n@layer a, b;c {}\na {}\nb {}\n@layer b { p { color: red } }\n";
        assert_eq!(joined("order", &sheets).expect("good sheets"), expected);
    }

    #[test]
    fn what_a_browser_would_ignore_is_refused() {
        assert!(
            joined(
                "late",
                &[("main.css", "a {}\n@import \"b.css\";\n"), ("b.css", "")]
            )
            .is_err()
        );
        assert!(joined("missing", &[("main.css", "@import \"b.css\";\n")]).is_err());
        assert!(
            joined(
                "media",
                &[("main.css", "@import \"b.css\" print;\n"), ("b.css", "")]
            )
            .is_err()
        );
        assert!(joined("cycle", &[("main.css", "@import \"main.css\";\n")]).is_err());
    }
}
