//! `docs/performance.md`, which the repository keeps: figures, and what they were
//! measured with.

use std::fs;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result};

use crate::process;
use crate::project::Project;
use crate::tools::TYPST;

/// What stands above the figures.
const HEAD: &str = "\
# Performance

`cargo xtask bench` measures what chats and exports cost and writes this page. Ratios are in
one run on one machine, of medians, as they carry over from machine to machine.

- The **look-alike** is what an author writes by hand in an hour to typeset an export in this
  look, with `json` and one loop: `crates/xtask/src/bench/lookalike.typ`. It reads no Markdown,
  fits nothing to its column and checks nothing. Exports are measured against it.
- The **bare floor** is a `block` a message with nothing but its text.
- A **plain chat** has names, avatars, times and texts. In the **mixed chat** every eighth message
  is a part of the reference sheet, such as a card, a poll or a picture.
- The **exports** are made for this, the same each time (`crates/xtask/src/bench/channel.rs`):
  nearly half of the messages have Markdown, a tenth reactions, a twelfth are replies.
- The **package** is measured as an author uses it, with the plugin in WebAssembly.
- Reading an export is measured by `cargo bench`, in the profile in which the program is installed.
- CPU is the time of all processors together. Everything is done by one worker, but for the
  lines that say otherwise, and set in the fonts that the program carries.
";

/// Writes the page.
///
/// # Errors
/// When it cannot be written.
pub fn write(project: &Project, figures: &str, medians: &str, runs: u32) -> Result<()> {
    let path = project.root.join("docs/performance.md");
    let text = format!(
        "{HEAD}\n## Figures\n\n{figures}\n\n## Medians\n\n{medians}\n\n## Measured with\n\n{}\n\n\
         ## How to repeat\n\n\
         `cargo xtask bench` on an otherwise idle Linux machine; it takes some ten minutes once \
         the program is built. `--quick` leaves out the 100 000 messages and this page, `--runs` \
         says how often each document is typeset.\n",
        conditions(project, runs)
    );
    fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// The machine, the versions and the commit, as a list.
fn conditions(project: &Project, runs: u32) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let machine = format!(
        "{}, {cores} {}, {}",
        proc_field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".into()),
        if cores == 1 { "core" } else { "cores" },
        proc_field("/proc/meminfo", "MemTotal")
            .and_then(|memory| memory.trim_end_matches(" kB").parse::<f64>().ok())
            .map_or_else(
                || "unknown memory".into(),
                |kibibytes| format!("{:.0} GB of memory", kibibytes * 1024.0 / 1e9)
            ),
    );
    let said = |command: &mut Command| {
        process::capture(command)
            .ok()
            .filter(|ended| ended.success)
            .map_or_else(|| "unknown".into(), |ended| ended.stdout.trim().to_owned())
    };
    let rust = said(Command::new("rustc").arg("--version"));
    let commit = said(Command::new("git").current_dir(&project.root).args([
        "describe",
        "--always",
        "--dirty",
        "--exclude=*",
    ]));
    format!(
        "- machine: {machine}\n\
         - Typst: {}\n\
         - Rust: {rust}\n\
         - program: the profile `dev`, in which Typst and the importers are optimised\n\
         - commit: {commit}\n\
         - runs: the median of {runs}; HTML, PDF and import of 10 000 messages, and the 100 000, \
         fewer",
        TYPST.version
    )
}

/// A field of one of the system's lists of names and values.
fn proc_field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
