//! `cargo xtask test`: runs every test, and installs what the tests need.

mod cargo;
mod checkers;
mod documents;
mod features;
mod fuzz;
mod html;
mod laws;
mod lints;
mod package;
mod plugin;
mod stops;
mod tytanic;
mod wheels;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use clap::ValueEnum;

use crate::package::Origin;
use crate::packages::Packages;
use crate::project::Project;
use crate::report::Report;
use crate::tools;

/// Arguments of `cargo xtask test`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Run only this part of the tests; may be repeated
    #[arg(long, value_enum, value_name = "STEP")]
    only: Vec<Step>,
    /// Run what is worth running after every change: the laws, the Rust tests of core and
    /// of the chores, and the tests of the package
    #[arg(long, conflicts_with = "only")]
    quick: bool,
    /// Count a test that can't be run here as a failure
    #[arg(long)]
    strict: bool,
    /// Accept the new output of the HTML tests as references
    #[arg(long)]
    bless: bool,
}

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// The Rust tests of the workspace
    Cargo,
    /// Formatting, lints and documentation of the Rust code
    Lints,
    /// What typstyle, typos, cargo-deny and actionlint say, where they are installed
    Tools,
    /// Laws of the code that no compiler checks
    Laws,
    /// The plugin in the package, against its sources
    Plugin,
    /// The fuzz targets, for a minute each
    Fuzz,
    /// The tests of the Typst package: by tytanic, and documents that must be refused
    Tytanic,
    /// Chats in Typst's HTML export
    Html,
    /// The examples, by Typst's own program and by `scrollback`
    Examples,
    /// The manual
    Manual,
    /// What Typst Universe would get, and the readme's documents
    Package,
    /// The examples, by the oldest compiler that the package allows and the newest
    Compilers,
}

/// The steps that take about a minute together, once all is built.
const QUICK: [Step; 3] = [Step::Cargo, Step::Laws, Step::Tytanic];

impl Step {
    /// Its line in the report.
    fn title(self) -> &'static str {
        match self {
            Self::Cargo => "Rust tests",
            Self::Lints => "formatting, lints and documentation",
            Self::Tools => "spelling, licences, workflows",
            Self::Laws => "laws of the code",
            Self::Plugin => "plugin",
            Self::Fuzz => "fuzzing",
            Self::Tytanic => "tests of the Typst package",
            Self::Html => "HTML export",
            Self::Examples => "examples",
            Self::Manual => "manual",
            Self::Package => "package for Typst Universe",
            Self::Compilers => "oldest and newest compiler",
        }
    }

    /// Its name in the report.
    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// The context that the steps share.
struct Workbench<'a> {
    project: &'a Project,
    packages: Packages<'a>,
    /// The folder of [`Workbench::package_path`], once it is written.
    package_path: OnceCell<PathBuf>,
}

impl Workbench<'_> {
    /// Typst's `compile`, called in the project with its fonts and packages; other arguments,
    /// the document and the output are still to be added.
    ///
    /// # Errors
    /// As [`Workbench::package_path`].
    fn compile(&self, typst: &Path) -> Result<Command> {
        let mut command = Command::new(typst);
        command
            .current_dir(&self.project.root)
            .args(["compile", "--ignore-system-fonts", "--root"])
            .arg(&self.project.root)
            .arg("--font-path")
            .arg(self.project.fonts())
            .arg("--package-path")
            .arg(self.package_path()?);
        Ok(command)
    }

    /// The folder with the package as Universe would have it, for documents that
    /// import it by name: Typst's `--package-path`.
    ///
    /// # Errors
    /// When it cannot be written.
    fn package_path(&self) -> Result<&Path> {
        if let Some(path) = self.package_path.get() {
            return Ok(path);
        }
        let path = self.project.target.join("package");
        crate::package::write(self.project, &path.join("preview"), &Origin::default())?;
        Ok(self.package_path.get_or_init(|| path))
    }
}

/// Runs the tests and prints the count. A failing step doesn't keep the others
/// from running.
///
/// # Errors
/// None at present: an error in a step counts as its failure.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    let steps: Vec<Step> = Step::value_variants()
        .iter()
        .copied()
        .filter(|step| match (args.quick, args.only.as_slice()) {
            (true, _) => QUICK.contains(step),
            (false, []) => true,
            (false, only) => only.contains(step),
        })
        .collect();
    let mut report = Report::default();

    // Typst fetches the packages. Without `typst` they aren't fetched, and the steps that need
    // them report it.
    let needs_packages = steps.iter().any(|step| {
        !matches!(
            step,
            Step::Cargo | Step::Lints | Step::Tools | Step::Laws | Step::Plugin | Step::Fuzz
        )
    });
    let typst = if needs_packages {
        tools::TYPST.ensure(project).ok()
    } else {
        None
    };
    let mut bench = Workbench {
        project,
        packages: Packages::new(project, typst),
        package_path: OnceCell::new(),
    };

    for step in steps {
        report.step(step.title());
        let result =
            match step {
                Step::Cargo => cargo::run(&bench, &mut report, args.quick),
                Step::Lints => lints::run(&bench, &mut report)
                    .and_then(|()| features::run(&bench, &mut report)),
                Step::Tools => checkers::run(&bench, &mut report),
                Step::Laws => laws::run(&bench, &mut report),
                Step::Plugin => plugin::run(&bench, &mut report),
                Step::Fuzz => fuzz::run(&bench, &mut report),
                Step::Tytanic => tytanic::run(&mut bench, &mut report)
                    .and_then(|()| stops::run(&bench, &mut report)),
                Step::Html => html::run(&mut bench, &mut report, args.bless),
                Step::Examples => documents::examples(&mut bench, &mut report),
                Step::Manual => documents::manual(&mut bench, &mut report),
                Step::Package => package::run(&mut bench, &mut report),
                Step::Compilers => wheels::run(&mut bench, &mut report),
            };
        if let Err(error) = result {
            report.fail(&step.name(), &format!("{error:#}"));
        }
    }
    println!("\n{report}");
    Ok(report.is_success() && !(args.strict && report.has_skipped()))
}
