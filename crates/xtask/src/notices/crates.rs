//! The crates that are compiled into a crate of the workspace.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::process;
use crate::project::Project;

/// A crate from a registry.
#[derive(Debug, Clone)]
pub struct Krate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence as an SPDX expression, if it says so.
    pub licence: Option<String>,
    /// The file with its licence, if it names one.
    pub licence_file: Option<PathBuf>,
    /// Its authors, for the copyright line of a licence that it has no file of.
    pub authors: Vec<String>,
    /// The folder with its sources.
    pub folder: PathBuf,
}

/// What `cargo metadata` says.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    license_file: Option<PathBuf>,
    authors: Vec<String>,
    manifest_path: PathBuf,
    source: Option<String>,
}

/// The crates that are linked into `packages` on any of these platforms, by name and
/// version. Build scripts, macros and tests are left out, as are the crates of the
/// workspace itself.
///
/// # Errors
/// When Cargo can't tell.
pub fn linked(project: &Project, packages: &[&str], targets: &[&str]) -> Result<Vec<Krate>> {
    let mut known = all(project)?;
    let mut linked = BTreeMap::new();
    for target in targets {
        let mut tree = project.cargo();
        tree.args(["tree", "--locked", "--target", target]);
        for package in packages {
            tree.args(["--package", package]);
        }
        tree.args(["--edges", "normal,no-proc-macro", "--prefix", "none"]);
        let ended = process::capture(tree.args(["--format", "{p}"]))?;
        if !ended.success {
            bail!("`cargo tree` fails\n{}", ended.output());
        }
        for line in ended.stdout.lines() {
            if let Some(name) = named(line)
                && let Some(krate) = known.remove(&name)
            {
                linked.insert(name, krate);
            }
        }
    }
    Ok(linked.into_values().collect())
}

/// The name and version in a line such as `serde v1.0.0 (*)`.
fn named(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    let name = words.next()?.to_owned();
    let version = words.next()?.strip_prefix('v')?.to_owned();
    Some((name, version))
}

/// Every crate from a registry that `Cargo.lock` names.
fn all(project: &Project) -> Result<BTreeMap<(String, String), Krate>> {
    let mut metadata = project.cargo();
    metadata.args(["metadata", "--locked", "--format-version", "1"]);
    let ended = process::capture(&mut metadata)?;
    if !ended.success {
        bail!("`cargo metadata` fails\n{}", ended.output());
    }
    let metadata: Metadata =
        serde_json::from_str(&ended.stdout).context("`cargo metadata` printed something else")?;
    let registered = metadata
        .packages
        .into_iter()
        .filter(|package| package.source.is_some());
    Ok(registered
        .map(|package| {
            let folder = package
                .manifest_path
                .parent()
                .unwrap_or(&package.manifest_path);
            let krate = Krate {
                name: package.name,
                version: package.version,
                licence: package.license,
                licence_file: package.license_file.map(|file| folder.join(file)),
                authors: package.authors,
                folder: folder.to_owned(),
            };
            ((krate.name.clone(), krate.version.clone()), krate)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_tree_are_read() {
        let pair = |name: &str, version: &str| Some((name.to_owned(), version.to_owned()));
        assert_eq!(named("serde v1.0.228 (*)"), pair("serde", "1.0.228"));
        assert_eq!(
            named("scrollback v0.1.0 (/home/a/scrollback)"),
            pair("scrollback", "0.1.0")
        );
        assert_eq!(named(""), None);
    }
}
