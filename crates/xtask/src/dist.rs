//! `cargo xtask dist`: the program as it is released, for one platform.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;

/// Arguments of `cargo xtask dist`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write the program to
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// The platform, as Rust calls it
    #[arg(long, value_name = "TARGET")]
    target: String,
}

/// Builds the program with full optimisation, as `scrollback-VERSION-TARGET`.
///
/// # Errors
/// When it doesn't build, or can't be written.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    let mut build = project.cargo();
    build.args(["build", "--release", "--locked", "--package", "scrollback"]);
    if !process::show(build.args(["--target", &args.target]))? {
        bail!(
            "`scrollback` doesn't build for {}; the errors are above",
            args.target
        );
    }
    let suffix = if args.target.contains("windows") {
        ".exe"
    } else {
        ""
    };
    let built = project
        .target
        .join(&args.target)
        .join("release")
        .join(format!("scrollback{suffix}"));
    let version = project.manifest()?.package.version;
    let name = format!("scrollback-{version}-{}{suffix}", args.target);
    fs::create_dir_all(&args.folder).with_context(|| args.folder.display().to_string())?;
    let to = args.folder.join(name);
    fs::copy(&built, &to).with_context(|| built.display().to_string())?;
    println!("{}", to.display());
    Ok(true)
}
