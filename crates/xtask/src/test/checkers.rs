//! What other programs check: the format of Typst sources, spelling, licences and
//! advisories of dependencies, workflows. None of them is installed from here: CI has
//! all of them, and a laptop those that its owner wants.

use std::process::Command;

use anyhow::Result;

use super::Workbench;
use crate::process;
use crate::report::Report;

/// A program and what it is called with, in the project's root.
struct Tool {
    program: &'static str,
    args: &'static [&'static str],
    /// How to get it.
    install: &'static str,
}

const TOOLS: [Tool; 4] = [
    Tool {
        program: "typstyle",
        args: &[
            "--check",
            "--line-width",
            "120",
            "lib.typ",
            "mod.typ",
            "src",
            "themes",
            "template",
            "examples",
        ],
        install: "cargo install --locked typstyle@0.14.4",
    },
    Tool {
        program: "typos",
        args: &["--format", "brief"],
        install: "cargo install --locked typos-cli",
    },
    Tool {
        program: "cargo-deny",
        args: &["--locked", "check"],
        install: "cargo install --locked cargo-deny",
    },
    Tool {
        program: "actionlint",
        args: &[],
        install: "go install github.com/rhysd/actionlint/cmd/actionlint@latest",
    },
];

/// Runs those that are installed.
pub fn run(bench: &Workbench, report: &mut Report) -> Result<()> {
    for tool in TOOLS {
        if process::on_path(tool.program).is_none() {
            let reason = format!("it is not installed (`{}`)", tool.install);
            report.skip(tool.program, &reason);
            continue;
        }
        let mut command = Command::new(tool.program);
        command.current_dir(&bench.project.root).args(tool.args);
        let ended = process::capture(&mut command)?;
        if ended.success {
            report.pass(tool.program);
        } else {
            report.fail(tool.program, &ended.output());
        }
    }
    Ok(())
}
