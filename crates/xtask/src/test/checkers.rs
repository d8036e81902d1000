//! Runs external checkers: of the format of Typst sources, spelling, licences and advisories
//! of dependencies, and workflows. They aren't installed from here: CI has all of them, and
//! developers install those that they want.

use std::process::Command;

use anyhow::Result;

use super::Workbench;
use crate::process;
use crate::report::Report;

/// A program with its arguments, run in the project's root.
struct Tool {
    /// The name of the check, for the report.
    name: &'static str,
    program: &'static str,
    args: &'static [&'static str],
    /// How to install it.
    install: &'static str,
    /// Its error when it needs the network and has none.
    offline: Option<&'static str>,
}

const TOOLS: [Tool; 5] = [
    Tool {
        name: "typstyle",
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
        offline: None,
    },
    Tool {
        name: "typos",
        program: "typos",
        args: &["--format", "brief"],
        install: "cargo install --locked typos-cli",
        offline: None,
    },
    Tool {
        name: "cargo-deny, licences and sources",
        program: "cargo-deny",
        args: &["--locked", "check", "licenses", "bans", "sources"],
        install: "cargo install --locked cargo-deny",
        offline: None,
    },
    Tool {
        name: "cargo-deny, advisories",
        program: "cargo-deny",
        args: &["--locked", "check", "advisories"],
        install: "cargo install --locked cargo-deny",
        offline: Some("failed to fetch advisory database"),
    },
    Tool {
        name: "actionlint",
        program: "actionlint",
        args: &[],
        install: "go install github.com/rhysd/actionlint/cmd/actionlint@latest",
        offline: None,
    },
];

/// Runs the installed ones.
pub fn run(bench: &Workbench, report: &mut Report) -> Result<()> {
    for tool in TOOLS {
        if process::on_path(tool.program).is_none() {
            let reason = format!("it is not installed (`{}`)", tool.install);
            report.skip(tool.name, &reason);
            continue;
        }
        let mut command = Command::new(tool.program);
        command.current_dir(&bench.project.root).args(tool.args);
        let ended = process::capture(&mut command)?;
        let is_offline = |words: &str| ended.output().contains(words);
        if ended.success {
            report.pass(tool.name);
        } else if tool.offline.is_some_and(is_offline) {
            report.skip(tool.name, "it needs the network, which is out of reach");
        } else {
            report.fail(tool.name, &ended.output());
        }
    }
    Ok(())
}
