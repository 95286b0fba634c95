//! The command line of the driver.

use anyhow::{Result, bail};

pub const USAGE: &str = "\
Builds, runs, tests and measures Colloquy. Installs what is missing.

Usage:
  cargo xtask run [--debug] [-- OPTIONS]   build and start on http://localhost:3000, data in ./data;
                                           OPTIONS go to `colloquy serve`
  cargo xtask build [--debug]              build one file: target/release/colloquy
  cargo xtask test [core] [server] [browser]
                                           run all tests, or the parts named
  cargo xtask bench room [--quick] [OPTIONS]
                                           measure rooms against other servers; --help lists OPTIONS
  cargo xtask bench answers [--quick] [OPTIONS]
                                           measure what is written together against other servers
  cargo xtask bench weight                 measure what a browser downloads
  cargo xtask --help

  --debug   compile fast instead of small: for editing, not for use

DATABASE_URL=postgres://... lets the server's tests use that database instead of SQLite.
CHROMIUM=/path/to/chromium names the browser for the tests.";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pub task: Task,
    pub optimised: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    Help,
    Build,
    Run {
        arguments: Vec<String>,
    },
    Test {
        parts: Vec<Part>,
    },
    /// What is measured decides over its own options.
    Bench {
        bench: Bench,
        arguments: Vec<String>,
    },
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bench {
    Room,
    Answers,
    /// What a browser downloads.
    Weight,
}

impl Bench {
    pub const ALL: [Self; 3] = [Self::Room, Self::Answers, Self::Weight];

    /// Its folder in `benches` is called so, too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Answers => "answers",
            Self::Weight => "weight",
        }
    }
}

/// A part of the tests, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Core,
    Server,
    Browser,
}

impl Part {
    pub const ALL: [Self; 3] = [Self::Core, Self::Server, Self::Browser];

    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Server => "server",
            Self::Browser => "browser",
        }
    }
}

impl Options {
    pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut words: Vec<String> = arguments.collect();
        if words.first().is_some_and(|word| word == "bench") {
            return parse_bench(&words[1..]);
        }
        let passed_on = match words.iter().position(|word| word == "--") {
            Some(position) => words.split_off(position).split_off(1),
            None => Vec::new(),
        };
        if words.iter().any(|word| word == "--help" || word == "-h") {
            words = vec!["help".to_owned()];
        }
        let optimised = !words.iter().any(|word| word == "--debug");
        words.retain(|word| word != "--debug");
        let mut words = words.iter().map(String::as_str);
        let task = match words.next() {
            None | Some("help") => Task::Help,
            Some("build") => Task::Build,
            Some("run") => Task::Run {
                arguments: passed_on.clone(),
            },
            Some("test") => Task::Test {
                parts: parse_parts(words.by_ref())?,
            },
            Some(other) => bail!("there is no `{other}`.\n\n{USAGE}"),
        };
        if let Some(word) = words.next() {
            bail!(
                "`{word}` does not belong here; options of the server come after `--`.\n\n{USAGE}"
            );
        }
        if !passed_on.is_empty() && !matches!(task, Task::Run { .. }) {
            bail!("only `run` passes options on.\n\n{USAGE}");
        }
        Ok(Self { task, optimised })
    }
}

fn parse_bench(words: &[String]) -> Result<Options> {
    let Some((what, arguments)) = words.split_first() else {
        bail!("what is to be measured? There are room, answers and weight.");
    };
    let Some(bench) = Bench::ALL.into_iter().find(|bench| bench.name() == what) else {
        bail!("there is no bench `{what}`; there are room, answers and weight.");
    };
    let arguments = arguments.to_vec();
    Ok(Options {
        task: Task::Bench { bench, arguments },
        optimised: true,
    })
}

fn parse_parts<'a>(words: impl Iterator<Item = &'a str>) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for word in words {
        let Some(part) = Part::ALL.into_iter().find(|part| part.name() == word) else {
            bail!("there is no part `{word}` of the tests; there are core, server and browser.");
        };
        parts.push(part);
    }
    if parts.is_empty() {
        parts.extend(Part::ALL);
    }
    parts.sort_unstable();
    parts.dedup();
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_of_the_server_are_passed_on() {
        let options = parse("run --debug -- --addr 0.0.0.0:80 --debug").expect("a good line");
        let arguments = ["--addr", "0.0.0.0:80", "--debug"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(
            options,
            Options {
                task: Task::Run { arguments },
                optimised: false
            }
        );
    }

    #[test]
    fn tests_run_in_one_order_and_once() {
        let options = parse("test browser core core").expect("a good line");
        assert_eq!(
            options.task,
            Task::Test {
                parts: vec![Part::Core, Part::Browser]
            }
        );
        let options = parse("test").expect("a good line");
        assert_eq!(
            options.task,
            Task::Test {
                parts: Part::ALL.to_vec()
            }
        );
    }

    #[test]
    fn a_bench_gets_its_own_options() {
        for (line, bench) in [
            ("bench room --quick --help", Bench::Room),
            ("bench answers --quick --help", Bench::Answers),
            ("bench weight --quick --help", Bench::Weight),
        ] {
            let options = parse(line).expect("a good line");
            let arguments = ["--quick", "--help"].map(str::to_owned).to_vec();
            assert_eq!(options.task, Task::Bench { bench, arguments });
        }
    }

    #[test]
    fn what_it_does_not_know_it_refuses() {
        for line in [
            "walk",
            "test everything",
            "run fast",
            "build -- --addr x",
            "bench",
            "bench door",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
