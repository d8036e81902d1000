//! The program of this workspace, for tasks that typeset something.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process;
use crate::project::Project;

/// Builds `scrollback` like the README's first command, and returns its path.
///
/// # Errors
/// When it doesn't build; Cargo has printed why.
pub fn build(project: &Project) -> Result<PathBuf> {
    let mut build = project.cargo();
    if !process::show(build.args(["build", "--quiet", "--locked", "--package", "scrollback"]))? {
        bail!("`scrollback` doesn't build; the errors are above");
    }
    let file = format!("scrollback{}", std::env::consts::EXE_SUFFIX);
    Ok(project.target.join("debug").join(file))
}
