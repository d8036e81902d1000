//! `cargo xtask plugin`: builds the package's plugin reproducibly, and records what it was
//! built from.

mod build;
mod record;
mod source;
mod toolchain;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::report::Report;
use record::Record;
use toolchain::Toolchain;

/// The largest plugin, in bytes: it is loaded with every document.
const LIMIT: usize = 550_000;

/// Arguments of `cargo xtask plugin`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only check that the committed plugin fits its sources
    #[arg(long)]
    pub check: bool,
}

/// The plugin in the package.
fn wasm(project: &Project) -> PathBuf {
    project.root.join("src/scrollback.wasm")
}

/// Builds the plugin and records it, or checks the one that is there.
///
/// # Errors
/// When no toolchain can build it, or a file cannot be read or written.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    if args.check {
        return Report::of(|report| check(project, report));
    }
    let toolchains = toolchain::find(project);
    let Some(toolchain) = toolchains.first() else {
        bail!(toolchain::MISSING);
    };
    println!("building with {toolchain}");
    if toolchain.optimizer.is_none() {
        println!("without `wasm-opt` (Binaryen), which would make it a seventh smaller");
    }
    let bytes = build::build(project, toolchain)?;
    let size = bytes.len();
    if size >= LIMIT {
        bail!("expected a plugin under {LIMIT} bytes, got {size}; it is not written");
    }
    let path = wasm(project);
    fs::write(&path, &bytes).with_context(|| path.display().to_string())?;
    Record::new(&bytes, source::digest(&project.root)?, toolchain).write(project)?;
    println!("{size} bytes in {}", project.shown(&path));
    Ok(true)
}

/// Checks that the committed plugin matches its sources.
///
/// # Errors
/// When the sources cannot be read.
pub fn check(project: &Project, report: &mut Report) -> Result<()> {
    let path = wasm(project);
    let shown = project.shown(&path);
    let bytes = fs::read(&path)
        .with_context(|| format!("cannot read {shown}; run `cargo xtask plugin`"))?;
    let record = Record::read(project)?;

    let name = "the plugin fits its record";
    if record::sha256(&bytes) == record.wasm {
        report.pass(name);
    } else {
        report.fail(
            name,
            &format!("{shown} is not the file that was recorded; run `cargo xtask plugin`"),
        );
    }

    let name = "the plugin is small";
    match bytes.len() {
        size if size < LIMIT => report.pass(&format!("{name}: {size} bytes")),
        size => report.fail(name, &format!("expected under {LIMIT} bytes, got {size}")),
    }

    let name = "the plugin's sources";
    if source::digest(&project.root)? == record.sources {
        report.pass(name);
    } else {
        report.fail(
            name,
            &format!("they have changed since {shown} was built; run `cargo xtask plugin`"),
        );
        return Ok(());
    }

    let name = "the plugin built anew";
    let toolchains = toolchain::find(project);
    match toolchains.iter().find(|toolchain| record.is_of(toolchain)) {
        Some(toolchain) => rebuild(project, toolchain, &bytes, name, report),
        None => report.skip(
            name,
            &format!(
                "it was built by {} with a standard library that is {}, and optimised by {}",
                record.compiler, record.std, record.optimizer
            ),
        ),
    }
    Ok(())
}

fn rebuild(
    project: &Project,
    toolchain: &Toolchain,
    bytes: &[u8],
    name: &str,
    report: &mut Report,
) {
    match build::build(project, toolchain) {
        Ok(built) if built == bytes => report.pass(name),
        Ok(built) => report.fail(
            name,
            &format!(
                "its {} bytes are not the {} committed ones, though sources and compiler are the \
                 recorded ones; run `cargo xtask plugin`",
                built.len(),
                bytes.len()
            ),
        ),
        Err(error) => report.fail(name, &format!("{error:#}")),
    }
}
