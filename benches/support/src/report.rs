//! What all reports have in common: numbers for people, versions, and the marks between which figures stand in a
//! document. Measures nothing.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::machine::Machine;

/// Why the figures are not to be trusted, if they are not.
pub fn caution(machine: &Machine, quick: bool) -> Option<&'static str> {
    if quick {
        Some("a quick run")
    } else {
        machine
            .was_busy()
            .then_some("the machine was busy with other work")
    }
}

/// A row of a table in Markdown; None when nobody has the figure.
pub fn row(what: &str, values: &[Option<f64>], decimals: usize, aim: &str) -> Option<String> {
    let cells: Vec<String> = values.iter().map(|value| shown(*value, decimals)).collect();
    let measured = values.iter().any(Option::is_some);
    measured.then(|| format!("| {what} | {} | {aim} |\n", cells.join(" | ")))
}

fn shown(value: Option<f64>, decimals: usize) -> String {
    match value {
        None => "-".to_owned(),
        Some(value) if value.is_infinite() => "not in time".to_owned(),
        Some(value) if decimals == 0 => grouped(value),
        Some(value) => format!("{value:.decimals$}"),
    }
}

/// Thousands apart, as 190,000.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// What a program says of its version.
pub fn version(program: impl AsRef<Path>) -> String {
    let output = Command::new(program.as_ref()).arg("--version").output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    said.unwrap_or_else(|_| "?".to_owned())
}

/// The npm packages that a bench asks for.
#[derive(Debug)]
pub struct Packages(Value);

impl Packages {
    /// Reads them from the folder of the bench.
    pub fn of(bench: &Path) -> Self {
        let manifest = fs::read_to_string(bench.join("package.json")).unwrap_or_default();
        Self(serde_json::from_str(&manifest).unwrap_or_default())
    }

    /// Which version of a package is asked for.
    pub fn version(&self, name: &str) -> &str {
        ["dependencies", "optionalDependencies"]
            .into_iter()
            .find_map(|list| self.0[list][name].as_str())
            .unwrap_or("?")
    }
}

/// Replaces what stands between the marks in a document.
pub fn write_into(file: &Path, subject: &str, report: &str) -> Result<()> {
    let document = fs::read_to_string(file)?;
    fs::write(file, replaced(&document, subject, report)?)?;
    Ok(())
}

fn replaced(document: &str, subject: &str, report: &str) -> Result<String> {
    let begin = format!("<!-- figures of {subject}: begin -->");
    let end = format!("<!-- figures of {subject}: end -->");
    let (before, rest) = document
        .split_once(&begin)
        .context("the mark of the beginning is missing")?;
    let (_, after) = rest
        .split_once(&end)
        .context("the mark of the end is missing")?;
    Ok(format!(
        "{before}{begin}\n\n{}\n\n{end}{after}",
        report.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(shown(Some(190_000.4), 0), "190,000");
        assert_eq!(shown(Some(999.0), 0), "999");
        assert_eq!(shown(Some(0.256), 2), "0.26");
        assert_eq!(shown(Some(f64::INFINITY), 1), "not in time");
        assert_eq!(shown(None, 1), "-");
    }

    #[test]
    fn a_row_needs_a_figure() {
        assert_eq!(
            row("joins", &[Some(8_000.0), None], 0, "many").as_deref(),
            Some("| joins | 8,000 | - | many |\n")
        );
        assert_eq!(row("joins", &[None, None], 0, "many"), None);
    }

    #[test]
    fn only_the_figures_of_the_subject_are_replaced() {
        let of = |subject: &str, figures: &str| {
            format!(
                "<!-- figures of {subject}: begin -->{figures}<!-- figures of {subject}: end -->"
            )
        };
        let document = format!("a\n{}\nb\n{}\n", of("x", "\nold\n"), of("y", "\nold\n"));
        let new = replaced(&document, "y", "new\n").expect("both marks");
        assert_eq!(
            new,
            format!("a\n{}\nb\n{}\n", of("x", "\nold\n"), of("y", "\n\nnew\n\n"))
        );
        assert!(replaced("a", "x", "new").is_err());
    }
}
