//! The Rust tests of the workspace.

use std::env;

use anyhow::Result;

use super::Workbench;
use crate::process;
use crate::report::Report;

/// The crates whose tests need no Typst, and are built in seconds.
const QUICK: [&str; 4] = ["--package", "scrollback-core", "--package", "xtask"];

/// The seed of property tests. They get the same texts in each run here, so that a failure comes
/// from the change under test; `cargo test` alone, and other seeds, look for new ones.
const SEED: &str = "PROPTEST_RNG_SEED";

/// Builds and runs every Rust test, or those of the quick crates.
pub fn run(bench: &Workbench, report: &mut Report, quick: bool) -> Result<()> {
    let selection: &[&str] = if quick { &QUICK } else { &["--workspace"] };
    // Built first, with visible progress: on a fresh machine this takes minutes.
    let mut build = bench.project.cargo();
    if !process::show(build.args(["test", "--locked", "--no-run"]).args(selection))? {
        report.fail(
            "cargo test --no-run",
            "the workspace doesn't build; the errors are above",
        );
        return Ok(());
    }
    let mut test = bench.project.cargo();
    // A failing snapshot is shown here, without writing files.
    test.env("INSTA_UPDATE", "no");
    if env::var_os(SEED).is_none() {
        test.env(SEED, "1");
    }
    test.args(["test", "--locked", "--no-fail-fast"]);
    let ended = process::capture(test.args(selection))?;
    let counts = Counts::of(&ended.stdout);
    if counts.passed > 0 {
        report.pass_many("cargo test", counts.passed);
    }
    if counts.failed > 0 {
        let details = ended.output_without(|line| line.ends_with("... ok") || line.is_empty());
        report.fail_many("cargo test", counts.failed, &details);
    } else if !ended.success || counts.passed == 0 {
        report.fail("cargo test", &ended.output());
    }
    for test in counts.ignored {
        report.skip(&test, "marked as ignored");
    }
    Ok(())
}

/// The total counts of a run's test programs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: usize,
    failed: usize,
    /// The names of ignored tests.
    ignored: Vec<String>,
}

impl Counts {
    /// Reads the output of `cargo test`.
    fn of(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines() {
            if let Some(result) = line.strip_prefix("test result: ") {
                counts.passed += number_before(result, " passed");
                counts.failed += number_before(result, " failed");
            } else if let Some(test) = line.strip_prefix("test ")
                && let Some((name, _)) = test.split_once(" ... ignored")
            {
                counts.ignored.push(name.to_owned());
            }
        }
        counts
    }
}

/// The number directly before `word`.
pub fn number_before(text: &str, word: &str) -> usize {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit(|c: char| !c.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_all_programs_are_summed() {
        let output = "\
running 3 tests
test a ... ok
test slow ... ignored
test later ... ignored, needs a screen

test result: ok. 1 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out

running 12 tests
test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out
";
        assert_eq!(
            Counts::of(output),
            Counts {
                passed: 11,
                failed: 2,
                ignored: vec!["slow".into(), "later".into()]
            }
        );
        assert_eq!(Counts::of("error: could not compile"), Counts::default());
    }
}
