//! The fuzz targets of the core, for a minute each.

use std::path::Path;

use anyhow::Result;

use super::Workbench;
use crate::process;
use crate::report::Report;

/// The targets in `crates/core/fuzz/fuzz_targets`.
const TARGETS: [&str; 2] = ["markdown", "import"];

/// Seconds for each target.
const SECONDS: u32 = 60;

/// Runs each target where a nightly toolchain and `cargo fuzz` are installed.
pub fn run(bench: &Workbench, report: &mut Report) -> Result<()> {
    // Rustup's `cargo`, which knows `+nightly`; not the one that runs this.
    let mut probe = bench.project.cargo_of(Path::new("cargo"));
    let tool = process::capture(probe.args(["+nightly", "fuzz", "--version"]))?;
    for target in TARGETS {
        let name = format!("fuzz {target}");
        if !tool.success {
            report.skip(
                &name,
                "it needs a nightly toolchain and `cargo install cargo-fuzz`",
            );
            continue;
        }
        let mut command = bench.project.cargo_of(Path::new("cargo"));
        command
            .current_dir(bench.project.root.join("crates/core"))
            .env("CARGO_TARGET_DIR", bench.project.target.join("fuzz"))
            .args(["+nightly", "fuzz", "run", target, "--"])
            .arg(format!("-max_total_time={SECONDS}"));
        let ended = process::capture(&mut command)?;
        if ended.success {
            report.pass(&name);
        } else {
            report.fail(&name, &ended.output());
        }
    }
    Ok(())
}
