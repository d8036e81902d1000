//! Checks that Typst is built only once for the program and the tests.
//!
//! Cargo rebuilds a crate when another selection of packages needs other features of it. For
//! Typst that takes minutes, so no dependency of xtask or the tests may change the features
//! that `scrollback` is built with.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::Workbench;
use crate::process;
use crate::report::Report;

/// Compares the crates and features of `scrollback` alone with those of the
/// workspace with its tests.
pub fn run(bench: &Workbench, report: &mut Report) -> Result<()> {
    let name = "one build of Typst";
    let program = crates(
        bench,
        &["--package", "scrollback", "--edges", "normal,build"],
    )?;
    let workspace = crates(bench, &["--workspace", "--edges", "normal,build,dev"])?;
    let changed: Vec<&str> = program.difference(&workspace).map(String::as_str).collect();
    if changed.is_empty() {
        report.pass(name);
    } else {
        report.fail(
            name,
            &format!(
                "other packages of the workspace ask for more features of these crates than \
                 `scrollback` does, so that Typst is built twice:\n{}",
                changed.join("\n")
            ),
        );
    }
    Ok(())
}

/// Crates with their features, one per line.
fn crates(bench: &Workbench, selection: &[&str]) -> Result<BTreeSet<String>> {
    let mut tree = bench.project.cargo();
    tree.args([
        "tree",
        "--locked",
        "--prefix",
        "none",
        "--no-dedupe",
        "--format",
        "{p} {f}",
    ]);
    let ended = process::capture(tree.args(selection))?;
    if !ended.success {
        bail!("Cargo cannot list the dependencies\n{}", ended.output());
    }
    Ok(ended
        .stdout
        .lines()
        .map(|line| line.trim().to_owned())
        .collect())
}
