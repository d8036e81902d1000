//! Runs Universe's own checker, if it is installed.

use std::process::Command;

use anyhow::Result;

use super::{Finding, Package};
use crate::process;

/// The checker. It isn't published as a crate, so it can't be installed from here.
pub const PROGRAM: &str = "typst-package-check";

/// The checker's errors and warnings; empty if it isn't installed.
///
/// # Errors
/// When it is installed and can't be run.
pub fn check(package: &Package) -> Result<Option<Vec<Finding>>> {
    if process::on_path(PROGRAM).is_none() {
        return Ok(None);
    }
    let mut command = Command::new(PROGRAM);
    command.arg("check");
    // By its name, imports of the package itself lead to this folder, as Universe has it.
    let namespace = package.folder.ancestors().nth(2);
    match namespace.filter(|folder| folder.ends_with("preview")) {
        Some(preview) => {
            let info = &package.manifest.package;
            command
                .current_dir(preview.parent().unwrap_or(preview))
                .arg(format!("@preview/{}:{}", info.name, info.version));
        }
        None => {
            command.current_dir(&package.folder).arg(".");
        }
    }
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
