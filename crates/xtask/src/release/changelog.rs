//! The changelog, in the format of Keep a Changelog.

use std::fs;

use anyhow::{Context, Result, bail};
use typst_syntax::package::PackageVersion;

use crate::project::Project;

const FILE: &str = "CHANGELOG.md";
const UNRELEASED: &str = "## [Unreleased]";

/// Moves unreleased changes to the heading of a version.
///
/// # Errors
/// When there is nothing to release, or the version has a section already.
pub fn release(project: &Project, version: PackageVersion, date: &str) -> Result<()> {
    let path = project.root.join(FILE);
    let text = fs::read_to_string(&path).context(FILE)?;
    fs::write(&path, released(&text, &version.to_string(), date)?).context(FILE)
}

/// Whether the changelog has a section for a version.
///
/// # Errors
/// When it can't be read.
pub fn has(project: &Project, version: PackageVersion) -> Result<bool> {
    let text = fs::read_to_string(project.root.join(FILE)).context(FILE)?;
    Ok(section(&text, &version.to_string()))
}

fn section(text: &str, version: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with(&format!("## [{version}]")))
}

/// The text with a new section.
fn released(text: &str, version: &str, date: &str) -> Result<String> {
    if section(text, version) {
        bail!("{FILE} has a section for {version} already");
    }
    let Some((before, after)) = text.split_once(&format!("{UNRELEASED}\n")) else {
        bail!("{FILE} has no line `{UNRELEASED}`");
    };
    let entries = after.split("\n## [").next().unwrap_or_default();
    if !entries.lines().any(|line| line.starts_with("- ")) {
        bail!("{FILE} lists no changes under `{UNRELEASED}`");
    }
    Ok(format!(
        "{before}{UNRELEASED}\n\n## [{version}] - {date}\n{after}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_move_under_the_version() {
        let text =
            "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Cards\n\n## [0.1.0] - 2026-01-01\n";
        assert_eq!(
            released(text, "0.2.0", "2026-11-26").unwrap(),
            "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-11-26\n\n### Added\n\n- Cards\n\n\
             ## [0.1.0] - 2026-01-01\n"
        );
    }

    #[test]
    fn there_must_be_something_to_release() {
        let wrong = |text: &str| released(text, "0.1.0", "").unwrap_err().to_string();
        assert_eq!(
            wrong("## [Unreleased]\n\n## [0.0.9]\n\n- Old\n"),
            "CHANGELOG.md lists no changes under `## [Unreleased]`"
        );
        assert_eq!(wrong("# A\n"), "CHANGELOG.md has no line `## [Unreleased]`");
        assert_eq!(
            wrong("## [Unreleased]\n- A\n## [0.1.0]\n"),
            "CHANGELOG.md has a section for 0.1.0 already"
        );
    }
}
