//! `cargo xtask plugin`: builds the package's plugin reproducibly, packs it, and records what it
//! was built from.

mod build;
mod pack;
mod record;
mod source;
mod toolchain;

use std::fs;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::report::Report;
use record::Record;
use toolchain::Toolchain;

/// The most that the plugin's files may have, in bytes: they come with every copy of the package.
const LIMIT: usize = 400_000;

/// The files in the package: the packed plugin, and the plugin that unpacks it.
const FILES: [&str; 2] = ["src/scrollback.wasm.lz4", "src/unpack.wasm"];

/// Their bytes.
type Files = [Vec<u8>; 2];

fn size(files: &Files) -> usize {
    files.iter().map(Vec::len).sum()
}

/// Arguments of `cargo xtask plugin`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only check that the committed plugin fits its sources
    #[arg(long)]
    pub check: bool,
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
    let files = build::build(project, toolchain)?;
    let size = size(&files);
    if size >= LIMIT {
        bail!("expected a plugin under {LIMIT} bytes, got {size}; it is not written");
    }
    for (name, bytes) in FILES.iter().zip(&files) {
        let path = project.root.join(name);
        fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        println!("{} bytes in {name}", bytes.len());
    }
    Record::new(&files, source::digest(&project.root)?, toolchain).write(project)?;
    Ok(true)
}

/// Checks that the committed plugin matches its sources.
///
/// # Errors
/// When the sources cannot be read.
pub fn check(project: &Project, report: &mut Report) -> Result<()> {
    let mut files = Files::default();
    for (name, bytes) in FILES.iter().zip(&mut files) {
        *bytes = fs::read(project.root.join(name))
            .with_context(|| format!("cannot read {name}; run `cargo xtask plugin`"))?;
    }
    let record = Record::read(project)?;

    let name = "the plugin fits its record";
    if record::digests(&files) == record.files {
        report.pass(name);
    } else {
        report.fail(
            name,
            &format!(
                "{} are not the files that were recorded; run `cargo xtask plugin`",
                FILES.join(" and ")
            ),
        );
    }

    let name = "the plugin is small";
    match size(&files) {
        size if size < LIMIT => report.pass(&format!("{name}: {size} bytes")),
        size => report.fail(name, &format!("expected under {LIMIT} bytes, got {size}")),
    }

    let name = "the plugin's sources";
    if source::digest(&project.root)? == record.sources {
        report.pass(name);
    } else {
        report.fail(
            name,
            "they have changed since it was built; run `cargo xtask plugin`",
        );
        return Ok(());
    }

    let name = "the plugin built anew";
    let toolchains = toolchain::find(project);
    match toolchains.iter().find(|toolchain| record.is_of(toolchain)) {
        Some(toolchain) => rebuild(project, toolchain, &files, name, report),
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
    files: &Files,
    name: &str,
    report: &mut Report,
) {
    match build::build(project, toolchain) {
        Ok(built) if built == *files => report.pass(name),
        Ok(built) => report.fail(
            name,
            &format!(
                "its {} bytes are not the {} committed ones, though sources and compiler are the \
                 recorded ones; run `cargo xtask plugin`",
                size(&built),
                size(files)
            ),
        ),
        Err(error) => report.fail(name, &format!("{error:#}")),
    }
}
