//! Runs Universe's own checker, if it is installed.

use std::process::Command;

use anyhow::Result;

use super::{Finding, Package, contents};
use crate::process;

/// The checker, which `cargo install --locked --git https://github.com/typst/package-check`
/// installs.
pub const PROGRAM: &str = "typst-package-check";

/// The checker's errors and warnings; `None` if it isn't installed.
///
/// # Errors
/// When it is installed and can't be run.
pub fn check(package: &Package) -> Result<Option<Vec<Finding>>> {
    if process::on_path(PROGRAM).is_none() {
        return Ok(None);
    }
    // It finds a package by its name, and what that imports of itself, in a copy of Universe's
    // repository.
    let info = &package.manifest.package;
    let universe = tempfile::tempdir()?;
    let packages = universe.path().join("packages");
    let copy = packages
        .join("preview")
        .join(info.name.as_str())
        .join(info.version.to_string());
    contents::copy(&package.folder, &copy)?;
    let mut command = Command::new(PROGRAM);
    command
        .arg("check")
        .arg(format!("@preview/{}:{}", info.name, info.version))
        .env("PACKAGES_DIR", universe.path())
        .current_dir(&packages);
    let ended = process::capture(&mut command)?;
    let output = ended.output();
    Ok(Some(if ended.success {
        Vec::new()
    } else {
        vec![Finding {
            file: PROGRAM.into(),
            message: output,
        }]
    }))
}
