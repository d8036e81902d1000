//! Updates the version everywhere: in `Cargo.toml` for all crates, in `typst.toml` for the
//! package, and in every document that imports the package.

use std::fs;

use anyhow::{Context, Result, bail};
use typst_syntax::package::PackageVersion;

use crate::process;
use crate::project::Project;

/// How a document imports the package.
const IMPORT: &str = "@preview/scrollback:";
/// The manifests, each with `version = "…"` in a line of its own.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "typst.toml"];
/// Files that contain past versions.
const PAST: [&str; 1] = ["CHANGELOG.md"];

/// Replaces one version by another, and returns the files that changed.
///
/// # Errors
/// When a file can't be read or written, or Cargo can't bring its lock up to date.
pub fn replace(project: &Project, old: PackageVersion, new: PackageVersion) -> Result<Vec<String>> {
    let mut changed = Vec::new();
    for file in files(project)? {
        let path = project.root.join(&file);
        let Ok(text) = fs::read_to_string(&path) else {
            continue; // Not a text.
        };
        let replaced = replaced(&file, &text, &old.to_string(), &new.to_string());
        if replaced != text {
            fs::write(&path, replaced).with_context(|| file.clone())?;
            changed.push(file);
        }
    }
    for manifest in ["Cargo.toml", "crates/core/fuzz/Cargo.toml"] {
        let mut update = project.cargo();
        update.args([
            "update",
            "--workspace",
            "--quiet",
            "--manifest-path",
            manifest,
        ]);
        let ended = process::capture(&mut update)?;
        if !ended.success {
            bail!(
                "`cargo update --workspace` fails for {manifest}\n{}",
                ended.output()
            );
        }
    }
    Ok(changed)
}

/// The places with a different version.
///
/// # Errors
/// When the files can't be listed.
pub fn others(project: &Project, wanted: PackageVersion) -> Result<Vec<String>> {
    let wanted = wanted.to_string();
    let mut others = Vec::new();
    for file in files(project)? {
        let Ok(text) = fs::read_to_string(project.root.join(&file)) else {
            continue;
        };
        for (index, line) in text.lines().enumerate() {
            if versions(&file, line)
                .iter()
                .any(|version| *version != wanted)
            {
                others.push(format!("{file}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    Ok(others)
}

/// The files that Git tracks.
fn files(project: &Project) -> Result<Vec<String>> {
    let mut list = std::process::Command::new("git");
    let ended = process::capture(list.current_dir(&project.root).args(["ls-files", "-z"]))?;
    if !ended.success {
        bail!("Git can't list the files\n{}", ended.output());
    }
    let files = ended.stdout.split('\0').filter(|file| {
        // The tests of xtask name packages that don't exist.
        !file.is_empty() && !PAST.contains(file) && !file.starts_with("crates/xtask/")
    });
    Ok(files.map(str::to_owned).collect())
}

/// The versions of the package that a line names.
fn versions<'l>(file: &str, line: &'l str) -> Vec<&'l str> {
    let mut versions: Vec<&str> = line
        .split(IMPORT)
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
            rest[..end.unwrap_or(rest.len())].trim_end_matches('.')
        })
        .filter(|version| !version.is_empty())
        .collect();
    if MANIFESTS.contains(&file)
        && let Some(version) = line.strip_prefix("version = \"")
    {
        versions.push(version.trim_end_matches('"'));
    }
    versions
}

/// A file's text with the new version.
fn replaced(file: &str, text: &str, old: &str, new: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        if versions(file, line.trim_end()).contains(&old) {
            line.replace(&format!("{IMPORT}{old}"), &format!("{IMPORT}{new}"))
                .replace(
                    &format!("version = \"{old}\""),
                    &format!("version = \"{new}\""),
                )
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Versions that a release wouldn't change: a test with a hard-coded version would fail after
    /// it.
    #[test]
    fn the_program_takes_its_version_from_cargo() {
        let project = Project::find().unwrap();
        let version = project.manifest().unwrap().package.version.to_string();
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_digit() && c != '.');
        for file in files(&project).unwrap() {
            if !(file.starts_with("crates/cli/") && file.ends_with(".rs")) {
                continue;
            }
            let text = fs::read_to_string(project.root.join(&file)).unwrap();
            for (at, _) in text.match_indices(&version) {
                let (before, after) = (&text[..at], &text[at + version.len()..]);
                let is_whole = is_edge(before.chars().next_back()) && is_edge(after.chars().next());
                assert!(
                    !is_whole || before.ends_with(IMPORT),
                    "{file}:{}: write `env!(\"CARGO_PKG_VERSION\")`",
                    before.lines().count()
                );
            }
        }
    }

    #[test]
    fn only_our_own_version_changes() {
        let cargo = "version = \"0.1.0\"\nserde = { version = \"0.1.0\" }\n";
        assert_eq!(
            replaced("Cargo.toml", cargo, "0.1.0", "0.2.0"),
            "version = \"0.2.0\"\nserde = { version = \"0.1.0\" }\n"
        );
        let document = "#import \"@preview/scrollback:0.1.0\": *\n#import \"@preview/a:0.1.0\"\n";
        assert_eq!(
            replaced("a.typ", document, "0.1.0", "0.2.0"),
            "#import \"@preview/scrollback:0.2.0\": *\n#import \"@preview/a:0.1.0\"\n"
        );
        assert_eq!(replaced("b.toml", cargo, "0.1.0", "0.2.0"), cargo);
    }

    #[test]
    fn versions_are_found_where_they_stand() {
        assert_eq!(versions("a", "see @preview/scrollback:0.1.0."), ["0.1.0"]);
        assert_eq!(
            versions("a", "`@preview/scrollback:` and a version"),
            [""; 0]
        );
        assert_eq!(versions("typst.toml", "version = \"1.2.3\""), ["1.2.3"]);
        assert_eq!(versions("a.toml", "version = \"1.2.3\""), [""; 0]);
    }
}
