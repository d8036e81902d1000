//! Laws of the code that no compiler checks. Violations are reported with file and line.

mod captures;
mod documents;
mod layers;
mod modules;
mod parameters;
mod paths;
mod readme;
mod unused;
mod words;

use anyhow::Result;

use super::Workbench;
use crate::report::Report;

/// Checks every law.
pub fn run(bench: &Workbench, report: &mut Report) -> Result<()> {
    let root = &bench.project.root;
    check(report, "layers of the package", &layers::breaches(root)?);
    check(report, "words in locales", &words::breaches(root)?);
    check(
        report,
        "public names in the readme",
        &readme::breaches(root)?,
    );
    check(report, "modules in functions", &captures::breaches(root)?);
    check(report, "names that nothing uses", &unused::breaches(root)?);
    check(
        report,
        "parameters that functions use",
        &parameters::breaches(root)?,
    );
    check(report, "paths in documents", &documents::breaches(root)?);
    for name in modules::CRATES {
        let law = format!("no circle of modules in `crates/{name}`");
        check(report, &law, &modules::breaches(root, name)?);
    }
    Ok(())
}

/// A temporary project with these sources in one of its folders.
#[cfg(test)]
fn sources_in(folder: &str, sources: &[(&str, &str)]) -> tempfile::TempDir {
    let project = tempfile::tempdir().unwrap();
    for (path, text) in sources {
        let path = project.path().join(folder).join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    project
}

/// Counts a law as passed if there are no violations.
fn check(report: &mut Report, law: &str, breaches: &[String]) {
    if breaches.is_empty() {
        report.pass(law);
    } else {
        report.fail_many(law, breaches.len(), &breaches.join("\n"));
    }
}
