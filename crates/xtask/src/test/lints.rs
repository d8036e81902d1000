//! Checks formatting, lints and documentation of the Rust code.

use anyhow::Result;

use super::Workbench;
use crate::process;
use crate::report::Report;

/// Runs rustfmt and Clippy if the toolchain has them.
pub fn run(bench: &Workbench, report: &mut Report) -> Result<()> {
    check(bench, report, "fmt", &["fmt", "--all", "--check"])?;
    check(
        bench,
        report,
        "clippy",
        &[
            "clippy",
            "--workspace",
            "--locked",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    )?;
    documentation(bench, report)
}

/// The library crates. The program isn't one, and rustdoc would have to check Typst for it.
const LIBRARIES: [&str; 6] = [
    "--package",
    "scrollback-core",
    "--package",
    "scrollback-fonts",
    "--package",
    "scrollback-plugin",
];

/// Builds the documentation of the libraries, with warnings as errors.
fn documentation(bench: &Workbench, report: &mut Report) -> Result<()> {
    let name = "cargo doc";
    let mut doc = bench.project.cargo();
    doc.args(["doc", "--locked", "--no-deps"])
        .args(LIBRARIES)
        .env("RUSTDOCFLAGS", "-D warnings");
    let ended = process::capture(&mut doc)?;
    if ended.success {
        report.pass(name);
    } else {
        report.fail(name, &ended.output());
    }
    Ok(())
}

/// Runs one component of the toolchain.
fn check(bench: &Workbench, report: &mut Report, component: &str, args: &[&str]) -> Result<()> {
    let name = format!("cargo {component}");
    let mut probe = bench.project.cargo();
    if !process::capture(probe.args([component, "--version"]))?.success {
        report.skip(
            &name,
            &format!(
                "the toolchain lacks it (`rustup component add {}`)",
                match component {
                    "fmt" => "rustfmt",
                    other => other,
                }
            ),
        );
        return Ok(());
    }
    let ended = process::capture(bench.project.cargo().args(args))?;
    if ended.success {
        report.pass(&name);
    } else {
        report.fail(&name, &ended.output());
    }
    Ok(())
}
