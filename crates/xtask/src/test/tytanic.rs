//! Runs the tests of the Typst package with tytanic.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::Workbench;
use super::cargo::number_before;
use crate::packages::Packages;
use crate::process;
use crate::report::Report;
use crate::tools;

/// Runs every test whose packages are available.
pub fn run(bench: &mut Workbench, report: &mut Report) -> Result<()> {
    let tytanic = tools::TYTANIC.ensure(bench.project)?;
    let mut list = Command::new(&tytanic);
    list.current_dir(&bench.project.root)
        .args(["list", "--json", "--no-skip"]);
    let ended = process::capture(&mut list)?;
    if !ended.success {
        bail!("tytanic cannot list the tests\n{}", ended.output());
    }
    let tests = parse_list(&ended.stdout)?;

    let mut excluded = Vec::new();
    for test in tests {
        let name = format!("tests/{}", test.id);
        if test.is_skip {
            report.skip(&name, "marked with `[skip]`");
        } else if let Some(package) = bench.packages.missing(&test.path.join("test.typ")) {
            report.skip(&name, &Packages::reason(&package));
            excluded.push(test.id);
        }
    }

    let mut run = Command::new(&tytanic);
    run.current_dir(&bench.project.root)
        .args([
            "run",
            "--no-fail-fast",
            "--expression",
            &all_but(&excluded),
            "--font-path",
        ])
        .arg(bench.project.fonts());
    run.arg("--package-path").arg(bench.package_path()?);
    let ended = process::capture(&mut run)?;
    let output = ended.output();
    let summary = output
        .lines()
        .rev()
        .find(|line| line.contains("tests run:"));
    let (passed, failed) = match summary {
        Some(line) => (
            number_before(line, " passed"),
            number_before(line, " failed"),
        ),
        None => (0, 0),
    };
    if passed > 0 {
        report.pass_many("tytanic", passed);
    }
    if failed > 0 {
        let is_good = |line: &str| {
            ["pass [", "compile ["]
                .iter()
                .any(|word| line.trim_start().starts_with(word))
        };
        report.fail_many("tytanic", failed, &ended.output_without(is_good));
    } else if !ended.success || passed == 0 {
        report.fail("tytanic", &output);
    }
    Ok(())
}

/// A test as tytanic lists it.
#[derive(Debug, Deserialize)]
struct Test {
    id: String,
    // The template has no such mark.
    #[serde(default)]
    is_skip: bool,
    path: PathBuf,
}

/// Parses the output of `tt list --json`.
fn parse_list(json: &str) -> Result<Vec<Test>> {
    #[derive(Deserialize)]
    struct Entry {
        test: Test,
    }
    let entries: Vec<Entry> =
        serde_json::from_str(json).context("tytanic's list of tests is not what it was")?;
    Ok(entries.into_iter().map(|entry| entry.test).collect())
}

/// A test set of all tests, without excluded ones and those marked as skipped.
fn all_but(excluded: &[String]) -> String {
    let mut set = "!skip()".to_owned();
    for id in excluded {
        set.push_str(&format!(" ~ exact:{id}"));
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read() {
        let json = r#"[{"type": "unit", "test": {"id": "a/b", "kind": "persistent",
            "is_skip": true, "path": "/p/tests/a/b"}}]"#;
        let tests = parse_list(json).unwrap();
        assert_eq!(tests[0].id, "a/b");
        assert!(tests[0].is_skip);
        assert!(parse_list("{}").is_err());
    }

    #[test]
    fn excluded_tests_are_named_exactly() {
        assert_eq!(all_but(&[]), "!skip()");
        assert_eq!(
            all_but(&["a".into(), "b/c".into()]),
            "!skip() ~ exact:a ~ exact:b/c"
        );
    }
}
