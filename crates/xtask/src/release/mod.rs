//! `cargo xtask release`: makes all changes for a release.

mod changelog;
mod version;

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use typst_syntax::package::PackageVersion;

use crate::project::Project;
use crate::report::Report;
use crate::{notices, package, plugin};

/// Arguments of `cargo xtask release`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The version, as 1.2.3
    #[arg(value_name = "VERSION", value_parser = parse_version)]
    version: PackageVersion,

    /// Change nothing: check that the project is ready to be released as this version
    #[arg(long)]
    check: bool,
}

/// Prepares a release, or checks that the project is ready. Commits nothing.
///
/// # Errors
/// When the version is lower than the current one, the changelog has nothing to release, or a
/// step fails.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    if args.check {
        return check(project, args.version);
    }
    let old = project.manifest()?.package.version;
    if args.version < old {
        bail!(
            "the present version is {old}; expected that or a later one, got {}",
            args.version
        );
    }
    changelog::release(project, args.version, &today())?;
    for file in version::replace(project, old, args.version)? {
        println!("{file}: {}", args.version);
    }
    let plugin = plugin::Args { check: false };
    let notices = notices::Args { check: false };
    if !plugin::run(project, &plugin)? || !notices::run(project, &notices)? {
        return Ok(false);
    }
    if !check(project, args.version)? {
        return Ok(false);
    }
    println!(
        "\nLook at `git diff`, run `cargo xtask test`, then:\n\n  \
         git commit --all --message \"Release {0}\"\n  \
         git tag --annotate v{0} --message \"scrollback {0}\"\n  \
         git push --follow-tags",
        args.version
    );
    Ok(true)
}

/// Checks that every file has this version, and that the package is fit to be published.
fn check(project: &Project, wanted: PackageVersion) -> Result<bool> {
    let mut report = Report::default();
    report.step(&format!("release {wanted}"));
    let others = version::others(project, wanted)?;
    if others.is_empty() {
        report.pass("the same version everywhere");
    } else {
        report.fail("the same version everywhere", &others.join("\n"));
    }
    if changelog::has(project, wanted)? {
        report.pass("a section in CHANGELOG.md");
    } else {
        report.fail(
            "a section in CHANGELOG.md",
            &format!("there is no `## [{wanted}]`"),
        );
    }
    plugin::check(project, &mut report)?;
    notices::check(project, &mut report)?;
    let folder = project.target.join("release-package/preview");
    let package = package::write(project, &folder, &package::Origin::default())?;
    let name = "rules of Typst Universe";
    let findings = package::check_all(&package)?;
    for finding in &findings {
        report.fail(name, &finding.to_string());
    }
    if findings.is_empty() {
        report.pass(&format!("{name} ({})", package.size()));
    }
    println!("\n{report}");
    Ok(report.is_success())
}

/// Reads a version.
fn parse_version(text: &str) -> Result<PackageVersion, String> {
    text.parse()
        .map_err(|_| format!("expected a version such as `1.2.3`, got `{text}`"))
}

/// Today's date in UTC, as 2026-11-26.
fn today() -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let seconds = i64::try_from(now.as_secs()).unwrap_or_default();
    let civil = scrollback_core::time::Civil::from_seconds(seconds);
    format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day)
}
