//! The examples and the manual, compiled by Typst's own program and by `scrollback`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::Workbench;
use crate::packages::Packages;
use crate::process;
use crate::report::Report;
use crate::{scrollback, tools};

/// Compiles every example with both programs.
pub fn examples(bench: &mut Workbench, report: &mut Report) -> Result<()> {
    let documents = bench.project.examples()?;
    if documents.is_empty() {
        bail!("there are no examples in `examples/`");
    }
    with_both(bench, report, &documents)
}

/// Compiles the manual with both programs.
pub fn manual(bench: &mut Workbench, report: &mut Report) -> Result<()> {
    let document = bench.project.root.join("docs/manual.typ");
    if !document.is_file() {
        bail!("`docs/manual.typ` is missing");
    }
    with_both(bench, report, &[document])
}

/// Compiles documents with Typst's own program, then with `scrollback`.
fn with_both(bench: &mut Workbench, report: &mut Report, documents: &[PathBuf]) -> Result<()> {
    match tools::TYPST.ensure(bench.project) {
        Ok(typst) => compile_each(
            bench,
            report,
            "typst",
            documents,
            |bench, document, output| {
                let mut command = bench.compile(&typst)?;
                command.arg(document).arg(output);
                Ok(command)
            },
        )?,
        Err(error) => report.fail("typst", &format!("{error:#}")),
    }
    match scrollback::build(bench.project) {
        Ok(program) => compile_each(
            bench,
            report,
            "scrollback",
            documents,
            |_, document, output| {
                let mut command = Command::new(&program);
                command.args(["render", "--ignore-system-fonts"]);
                command.arg(document).arg("-o").arg(output);
                Ok(command)
            },
        )?,
        Err(error) => report.fail("scrollback", &format!("{error:#}")),
    }
    Ok(())
}

/// Compiles each document with the program that `command` calls. A warning counts as a
/// failure, because users would see it.
fn compile_each(
    bench: &mut Workbench,
    report: &mut Report,
    program: &str,
    documents: &[PathBuf],
    command: impl Fn(&Workbench, &Path, &Path) -> Result<Command>,
) -> Result<()> {
    let folder = bench.project.target.join("test").join(program);
    fs::create_dir_all(&folder)?;
    for document in documents {
        let name = format!("{} ({program})", bench.project.shown(document));
        if let Some(package) = bench.packages.missing(document) {
            report.skip(&name, &Packages::reason(&package));
            continue;
        }
        let stem = document.file_stem().unwrap_or_default();
        let output = folder.join(stem).with_extension("pdf");
        let mut command = command(bench, document, &output)?;
        let ended = process::capture(command.current_dir(&bench.project.root))?;
        if ended.success && !has_warning(&ended.stderr) {
            report.pass(&name);
        } else {
            report.fail(&name, &ended.output());
        }
    }
    Ok(())
}

/// Whether the compiler printed anything.
pub fn has_warning(messages: &str) -> bool {
    messages.lines().any(|line| line.starts_with("warning:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_noticed() {
        assert!(has_warning(
            "warning: unknown font family: whitney\n  ┌─ a.typ:1:1\n"
        ));
        assert!(!has_warning(
            "downloading @preview/cetz:0.4.0\n  a warning: not one\n"
        ));
    }
}
