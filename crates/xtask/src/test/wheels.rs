//! Tests with the oldest compiler that the package allows, and the newest, from PyPI's
//! `typst` wheels, so that nothing has to be built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Workbench;
use crate::packages::Packages;
use crate::process;
use crate::report::Report;

/// Prints a wheel's compiler version and compiles documents with it; prints one line of JSON
/// for each.
const SCRIPT: &str = include_str!("wheels.py");

/// Compiles the examples with both compilers.
pub fn run(bench: &mut Workbench, report: &mut Report) -> Result<()> {
    let manifest = bench.project.manifest()?;
    let oldest = manifest.package.compiler.context(
        "`typst.toml` lacks `compiler`, the oldest compiler that the package works with",
    )?;
    let mut documents = Vec::new();
    for document in bench.project.examples()? {
        match bench.packages.missing(&document) {
            None => documents.push(document),
            Some(package) => {
                let name = format!("{} (oldest and newest)", bench.project.shown(&document));
                report.skip(&name, &Packages::reason(&package));
            }
        }
    }
    for (label, version) in [("oldest", Some(oldest.to_string())), ("newest", None)] {
        let name = match &version {
            Some(version) => format!("{label} compiler ({version})"),
            None => format!("{label} compiler"),
        };
        match install(bench, label, version.as_deref())? {
            Ok(python) => {
                compile(
                    bench,
                    report,
                    &name,
                    &python,
                    version.as_deref(),
                    &documents,
                )?;
            }
            Err(reason) => report.skip(&name, &reason),
        }
    }
    Ok(())
}

/// The Python with a wheel in it, or why there is none.
fn install(
    bench: &Workbench,
    label: &str,
    version: Option<&str>,
) -> Result<Result<PathBuf, String>> {
    let folder = bench.project.tools().join(format!("typst-{label}"));
    let bin = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = folder
        .join(bin)
        .join(format!("python{}", std::env::consts::EXE_SUFFIX));
    if !is_success(Command::new(&python).args(["-m", "pip", "--version"])) {
        let mut create = Command::new("python3");
        create.args(["-m", "venv", "--clear"]).arg(&folder);
        if !is_success(&mut create) {
            return Ok(Err("needs Python 3 with `venv`".into()));
        }
    }
    let wheel = version.map_or_else(|| "typst".to_owned(), |version| format!("typst=={version}"));
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--upgrade",
        "--only-binary",
        "typst",
        &wheel,
    ]);
    let ended = process::capture(&mut pip)?;
    // The newest wheel of an earlier run is used if PyPI is out of reach.
    if !ended.success && !is_success(Command::new(&python).args(["-c", "import typst"])) {
        let reason = ended
            .stderr
            .lines()
            .rev()
            .find(|line| line.starts_with("ERROR"));
        let reason = reason.unwrap_or("pip failed");
        return Ok(Err(format!("PyPI's `{wheel}` cannot be had ({reason})")));
    }
    Ok(Ok(python))
}

/// A line that the script prints.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Version {
        version: String,
    },
    Document {
        document: PathBuf,
        error: Option<String>,
    },
}

/// Compiles the documents with a wheel.
fn compile(
    bench: &Workbench,
    report: &mut Report,
    name: &str,
    python: &Path,
    version: Option<&str>,
    documents: &[PathBuf],
) -> Result<()> {
    let project = bench.project;
    let folder = project.target.join("test/wheels");
    fs::create_dir_all(&folder)?;
    let mut script = Command::new(python);
    script
        .args(["-c", SCRIPT])
        .arg(&project.root)
        .arg(project.fonts())
        .arg(&folder);
    let ended = process::capture(script.args(documents))?;
    let mut compiler = String::new();
    for line in ended.stdout.lines() {
        match serde_json::from_str(line).with_context(|| format!("{name} printed `{line}`"))? {
            Line::Version { version: found } => {
                if version.is_some_and(|version| version != found) {
                    report.fail(name, &format!("the wheel contains Typst {found}"));
                    return Ok(());
                }
                compiler = found;
            }
            Line::Document { document, error } => {
                let name = format!("{} (Typst {compiler})", project.shown(&document));
                match error {
                    None => report.pass(&name),
                    Some(error) => report.fail(&name, &error),
                }
            }
        }
    }
    if !ended.success {
        report.fail(name, &ended.output());
    }
    Ok(())
}

/// Whether a command succeeds.
fn is_success(command: &mut Command) -> bool {
    process::capture(command).is_ok_and(|ended| ended.success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_and_we_speak_of_the_same_lines() {
        let read = |line| serde_json::from_str::<Line>(line).unwrap();
        assert!(
            matches!(read(r#"{"version": "0.14.0"}"#), Line::Version { version } if version == "0.14.0")
        );
        let line = read(r#"{"document": "/a.typ", "error": null}"#);
        assert!(matches!(line, Line::Document { error: None, .. }));
        let line = read(r#"{"document": "/a.typ", "error": "no"}"#);
        assert!(matches!(line, Line::Document { error: Some(_), .. }));
    }
}
