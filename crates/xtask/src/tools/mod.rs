//! Installs the programs that the tests need.

mod build;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;
use crate::project::Project;

/// A program on crates.io, at the version that the project is tested with.
#[derive(Debug)]
pub struct Tool {
    /// The crate.
    krate: &'static str,
    /// The program that the crate installs.
    program: &'static str,
    /// The first word of its `--version`.
    called: &'static str,
    /// The version.
    pub version: &'static str,
}

/// The test runner for Typst packages. Pinned, because reference pictures depend on the
/// version of its compiler.
pub const TYTANIC: Tool = Tool {
    krate: "tytanic",
    program: "tt",
    called: "tytanic",
    version: "0.4.1",
};

/// Typst's own program, at the version that `scrollback` contains.
pub const TYPST: Tool = Tool {
    krate: "typst-cli",
    program: "typst",
    called: "typst",
    version: "0.15.1",
};

impl Tool {
    /// The program, from `PATH`, from an earlier run, or newly installed to the target folder:
    /// fetched by `cargo binstall` if that is installed, otherwise built together with the
    /// others.
    ///
    /// # Errors
    /// When it has to be installed and cannot be.
    pub fn ensure(&self, project: &Project) -> Result<PathBuf> {
        let folder = project.tools();
        let installed = folder.join("bin").join(self.file());
        for program in [PathBuf::from(self.program), installed.clone()] {
            if self.is_version_of(&program) {
                return Ok(program);
            }
        }

        let spec = self.spec();
        if !(fetch(project, &spec)? && self.is_version_of(&installed)) {
            if let Err(error) = build::together(project) {
                println!("  {error:#}; {spec} is built alone");
            }
            if !self.is_version_of(&installed) {
                build::alone(project, self)?;
            }
        }
        if !self.is_version_of(&installed) {
            bail!(
                "{spec} is installed, but `{}` says otherwise",
                installed.display()
            );
        }
        Ok(installed)
    }

    /// The crate and its version, in Cargo's syntax.
    fn spec(&self) -> String {
        format!("{}@{}", self.krate, self.version)
    }

    /// The file name of its program.
    fn file(&self) -> String {
        format!("{}{}", self.program, std::env::consts::EXE_SUFFIX)
    }

    /// Whether `program` is this tool at this version.
    fn is_version_of(&self, program: &PathBuf) -> bool {
        process::capture(Command::new(program).arg("--version"))
            .is_ok_and(|ended| ended.success && self.matches(&ended.stdout))
    }

    /// Whether the output of `--version` is that of this tool at this version.
    fn matches(&self, answer: &str) -> bool {
        let mut words = answer.split_whitespace();
        words.next() == Some(self.called) && words.next() == Some(self.version)
    }
}

/// Fetches the authors' build of the tool, if `cargo binstall` is installed.
fn fetch(project: &Project, spec: &str) -> Result<bool> {
    let mut version = project.cargo();
    version.args(["binstall", "-V"]);
    if !process::capture(&mut version).is_ok_and(|ended| ended.success) {
        return Ok(false);
    }
    println!("  fetching {spec}");
    let mut fetch = project.cargo();
    fetch
        .args([
            "binstall",
            "--no-confirm",
            "--disable-strategies",
            "compile",
        ])
        .arg("--root")
        .arg(project.tools())
        .arg(spec);
    process::show(&mut fetch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pinned_version_will_do() {
        assert!(TYPST.matches("typst 0.15.1 (unknown commit)\n"));
        assert!(TYTANIC.matches("tytanic 0.4.1\n"));
        assert!(!TYPST.matches("typst 0.15.10\n"));
        assert!(!TYPST.matches("typst 0.14.0 (abc)"));
        assert!(!TYTANIC.matches("something 0.4.1"));
        assert!(!TYTANIC.matches(""));
    }
}
