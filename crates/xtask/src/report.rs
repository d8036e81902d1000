//! Prints the results of tests, and the count at the end.

use std::fmt;

use anyhow::Result;

/// A running count of tests, printed as they end.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Report {
    /// Runs `check`, prints the count, and returns whether nothing failed.
    ///
    /// # Errors
    /// When the check can't be made.
    pub fn of(check: impl FnOnce(&mut Self) -> Result<()>) -> Result<bool> {
        let mut report = Self::default();
        check(&mut report)?;
        println!("\n{report}");
        Ok(report.is_success())
    }

    /// Begins a step.
    pub fn step(&self, title: &str) {
        println!("\n== {title}");
    }

    /// Counts one test that passed.
    pub fn pass(&mut self, name: &str) {
        self.passed += 1;
        println!("  ok    {name}");
    }

    /// Counts many tests that passed.
    pub fn pass_many(&mut self, name: &str, count: usize) {
        self.passed += count;
        println!("  ok    {name}: {count} passed");
    }

    /// Counts one test that failed, and shows why.
    pub fn fail(&mut self, name: &str, details: &str) {
        self.fail_many(name, 1, details);
    }

    /// Counts many tests that failed together, and shows why.
    pub fn fail_many(&mut self, name: &str, count: usize, details: &str) {
        self.failed += count;
        let many = if count == 1 {
            String::new()
        } else {
            format!(": {count} failed")
        };
        println!("  FAIL  {name}{many}");
        for line in details.trim_end().lines() {
            println!("        {line}");
        }
    }

    /// Counts one test that could not be run here, and says why.
    pub fn skip(&mut self, name: &str, reason: &str) {
        self.skipped += 1;
        println!("  skip  {name}: {reason}");
    }

    /// Whether something could not be run.
    pub fn has_skipped(&self) -> bool {
        self.skipped > 0
    }

    /// Whether nothing failed.
    pub fn is_success(&self) -> bool {
        self.failed == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_counted() {
        let mut report = Report::default();
        report.pass("one");
        report.pass_many("more", 4);
        report.skip("later", "no network");
        assert!(report.is_success());
        assert_eq!(report.to_string(), "5 passed, 0 failed, 1 skipped");
        report.fail_many("broken", 2, "why");
        assert!(!report.is_success());
        assert_eq!(report.to_string(), "5 passed, 2 failed, 1 skipped");
    }
}
