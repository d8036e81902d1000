//! The package as Typst Universe would get it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::Workbench;
use super::documents::has_warning;
use crate::notices;
use crate::package::{self, readme};
use crate::packages::Packages;
use crate::process;
use crate::report::Report;
use crate::tools;

/// Writes the package, checks the rules, and compiles the readme's documents with it, like a
/// user.
pub fn run(bench: &mut Workbench, report: &mut Report) -> Result<()> {
    let package_path = bench.package_path()?.to_owned();
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

    notices::check(bench.project, report)?;

    let typst = tools::TYPST.ensure(bench.project)?;
    let reader = Reader {
        typst: &typst,
        fonts: bench.project.fonts(),
        packages: &package_path,
    };
    template(bench, report, &reader, &package)?;
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
        reader.compile(report, &name, &document)?;
    }
    Ok(())
}

/// Typst's own program with the written package, like a user's.
struct Reader<'a> {
    typst: &'a Path,
    fonts: PathBuf,
    packages: &'a Path,
}

impl Reader<'_> {
    /// Compiles a document, and counts a warning as a failure.
    fn compile(&self, report: &mut Report, name: &str, document: &Path) -> Result<()> {
        let mut compile = Command::new(self.typst);
        compile
            .args(["compile", "--ignore-system-fonts", "--font-path"])
            .arg(&self.fonts)
            .arg("--package-path")
            .arg(self.packages)
            .arg(document);
        let ended = process::capture(&mut compile)?;
        if ended.success && !has_warning(&ended.stderr) {
            report.pass(name);
        } else {
            report.fail(name, &ended.output());
        }
        Ok(())
    }
}

/// Makes a project of the package's template with `typst init`, and compiles it.
fn template(
    bench: &Workbench,
    report: &mut Report,
    reader: &Reader,
    package: &package::Package,
) -> Result<()> {
    let Some(template) = &package.manifest.template else {
        bail!("typst.toml has no `[template]`");
    };
    let folder = bench.project.target.join("test/template");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    // Typst creates the folder, but not its parents.
    fs::create_dir_all(bench.project.target.join("test"))?;
    let info = &package.manifest.package;
    let spec = format!("@preview/{}:{}", info.name, info.version);
    let name = format!("typst init {spec}");
    let mut init = Command::new(reader.typst);
    init.args(["init", &spec]).arg(&folder);
    let ended = process::capture(init.arg("--package-path").arg(reader.packages))?;
    if !ended.success {
        report.fail(&name, &ended.output());
        return Ok(());
    }
    report.pass(&name);
    let document = folder.join(template.entrypoint.as_str());
    reader.compile(report, "the template's document", &document)
}
