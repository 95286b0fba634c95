//! Counts tests from what the runners print, and says the sum.

use std::fmt;

/// How many tests there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Count {
    /// Something that failed before its tests could be counted.
    pub const ONE_FAILURE: Self = Self {
        passed: 0,
        failed: 1,
        skipped: 0,
    };

    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Counts a line if it is a sum of cargo's or Node's test runner.
    pub fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result: ") {
            self.add(of_cargo(result));
        } else if let Some(sum) = line.strip_prefix("ℹ ") {
            self.add(of_node(sum));
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// `ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
fn of_cargo(result: &str) -> Count {
    let mut count = Count::default();
    let (_, sums) = result.split_once(". ").unwrap_or_default();
    for (number, what) in sums.split("; ").filter_map(|sum| sum.split_once(' ')) {
        let number = number.parse().unwrap_or(0);
        match what {
            "passed" => count.passed = number,
            "failed" => count.failed = number,
            "ignored" => count.skipped = number,
            _ => {}
        }
    }
    count
}

/// `pass 5`; a test that was cancelled (its file crashed, its time ran out) has failed.
fn of_node(sum: &str) -> Count {
    let mut count = Count::default();
    let (what, number) = sum.split_once(' ').unwrap_or_default();
    let number = number.parse().unwrap_or(0);
    match what {
        "pass" => count.passed = number,
        "fail" | "cancelled" => count.failed = number,
        "skipped" | "todo" => count.skipped = number,
        _ => {}
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, expected: &str) {
        let mut count = Count::default();
        output.lines().for_each(|line| count.read(line));
        assert_eq!(count.to_string(), expected);
    }

    #[test]
    fn sums_of_the_runners_are_added() {
        check(
            "running 2 tests\ntest passed ... ok\n",
            "0 passed, 0 failed",
        );
        check(
            "test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
             test result: FAILED. 2 passed; 1 failed; 3 ignored; 0 measured; 7 filtered out; finished in 0.01s",
            "7 passed, 1 failed, 3 skipped",
        );
        check(
            "✔ a person signs up (812ms)\nℹ tests 6\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0",
            "3 passed, 2 failed, 1 skipped",
        );
    }
}
