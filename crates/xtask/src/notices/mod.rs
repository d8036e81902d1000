//! `cargo xtask notices`: the licences of the crates that are compiled into the
//! plugin and into the program.
//!
//! Both lists are committed: the package ships the first, and the program has the
//! second inside (`scrollback --licenses`), so building it needs nothing further.

mod crates;
mod licence;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::report::Report;

/// A crate of the workspace whose dependencies are listed.
#[derive(Debug, Clone, Copy)]
struct List {
    /// The crates of the workspace.
    packages: &'static [&'static str],
    /// What the list calls it.
    called: &'static str,
    /// The list, below the project's root.
    file: &'static str,
    /// The platforms that it is released for.
    targets: &'static [&'static str],
}

const LISTS: [List; 2] = [
    List {
        packages: &["scrollback-plugin", "scrollback-unpack"],
        called: "the plugin src/scrollback.wasm.lz4 and src/unpack.wasm",
        file: "THIRD-PARTY.txt",
        targets: &["wasm32-unknown-unknown"],
    },
    List {
        packages: &["scrollback"],
        called: "the program scrollback",
        file: "crates/cli/THIRD-PARTY.txt",
        targets: &[
            "x86_64-unknown-linux-musl",
            "aarch64-unknown-linux-musl",
            "x86_64-apple-darwin",
            "aarch64-apple-darwin",
            "x86_64-pc-windows-msvc",
        ],
    },
];

/// Licences that apply to every crate.
const STD: &str = "the Rust standard library";

/// Arguments of `cargo xtask notices`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only check that the lists are up to date
    #[arg(long)]
    pub check: bool,
}

/// Writes the lists, or checks those that are there.
///
/// # Errors
/// When Cargo can't list the crates, one of them has an unknown licence, or a file can't be
/// read or written.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    if args.check {
        return Report::of(|report| check(project, report));
    }
    for list in LISTS {
        let text = text(project, list)?;
        let path = project.root.join(list.file);
        fs::write(&path, &text).with_context(|| path.display().to_string())?;
        println!("{}: {} kB", list.file, text.len().div_ceil(1000));
    }
    Ok(true)
}

/// Checks that the committed lists have the crates of `Cargo.lock`.
///
/// # Errors
/// When Cargo can't list the crates.
pub fn check(project: &Project, report: &mut Report) -> Result<()> {
    for list in LISTS {
        let name = format!("licences of {}", list.called);
        let committed = fs::read_to_string(project.root.join(list.file)).unwrap_or_default();
        if committed.replace('\r', "") == text(project, list)? {
            report.pass(&name);
        } else {
            report.fail(
                &name,
                &format!("{} is out of date; run `cargo xtask notices`", list.file),
            );
        }
    }
    Ok(())
}

/// The text of a list: the crates, then each licence once with the crates under it.
fn text(project: &Project, list: List) -> Result<String> {
    let crates = crates::linked(project, list.packages, list.targets)?;
    let mut notices: BTreeMap<String, Notice> = BTreeMap::new();
    let mut index = String::new();
    for krate in &crates {
        let (name, texts) = licence::of(krate)?;
        writeln!(index, "  {} {}: {name}", krate.name, krate.version)?;
        for text in texts {
            let known = notices.entry(licence::normalized(&text)).or_insert(Notice {
                text,
                crates: Vec::new(),
            });
            known
                .crates
                .push(format!("{} {}", krate.name, krate.version));
        }
    }
    let std = licence::standard_library();
    notices.insert(
        licence::normalized(&std),
        Notice {
            text: std,
            crates: vec![STD.to_owned()],
        },
    );
    let mut notices: Vec<Notice> = notices.into_values().collect();
    notices.sort_by(|a, b| a.crates.cmp(&b.crates));

    let mut written = format!(
        "Third-party licences\n\nThese are compiled into {}.\nWritten by `cargo xtask \
         notices`.\n\n{index}  {STD}: MIT\n",
        list.called
    );
    for notice in notices {
        let rule = "-".repeat(80);
        write!(written, "\n{rule}\n")?;
        for krate in &notice.crates {
            writeln!(written, "{krate}")?;
        }
        write!(written, "{rule}\n\n{}\n", notice.text.trim_matches('\n'))?;
    }
    Ok(written)
}

/// A text that applies to some crates.
struct Notice {
    text: String,
    crates: Vec<String>,
}
