//! The package as Typst Universe would get it.

use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use super::Workbench;
use super::documents::has_warning;
use crate::package::{self, readme};
use crate::packages::Packages;
use crate::process;
use crate::report::Report;
use crate::tools;

/// Writes the package, checks the rules, and compiles the readme's documents with
/// it, as a reader would.
pub fn run(bench: &mut Workbench, report: &mut Report) -> Result<()> {
    let package_path = bench.package_path()?;
    let info = bench.project.manifest()?.package;
    let folder = format!("preview/{}/{}", info.name, info.version);
    let package = package::Package::open(&package_path.join(folder))?;
    let findings = package::check(&package);
    if findings.is_empty() {
        report.pass(&format!("rules of Typst Universe ({})", package.size()));
    }
    for finding in findings {
        report.fail("rules of Typst Universe", &finding.to_string());
    }

    let typst = tools::TYPST.ensure(bench.project)?;
    let documents = readme::documents(&package.text("README.md"));
    if documents.is_empty() {
        bail!("README.md shows no document that imports the package");
    }
    let folder = bench.project.target.join("test/readme");
    fs::create_dir_all(&folder)?;
    for (line, source) in documents {
        let name = format!("README.md:{line}");
        let document = folder.join(format!("line-{line}.typ"));
        fs::write(&document, source)?;
        if let Some(missing) = bench.packages.missing(&document) {
            report.skip(&name, &Packages::reason(&missing));
            continue;
        }
        let mut compile = Command::new(&typst);
        compile.args(["compile", "--ignore-system-fonts", "--font-path"]);
        compile
            .arg(bench.project.fonts())
            .arg("--package-path")
            .arg(&package_path);
        let ended = process::capture(compile.arg(&document))?;
        if ended.success && !has_warning(&ended.stderr) {
            report.pass(&name);
        } else {
            report.fail(&name, &ended.output());
        }
    }
    Ok(())
}
