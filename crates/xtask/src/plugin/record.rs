//! The record beside the plugin's sources, which says what the plugin was built from.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::toolchain::Toolchain;
use super::{FILES, Files};
use crate::project::Project;

/// The content of `crates/plugin/scrollback.wasm.digest`, in TOML.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// SHA-256 over its sources.
    pub sources: String,
    /// The compiler's version.
    pub compiler: String,
    /// Where the standard library came from: `shipped` or `built`.
    pub std: String,
    /// The optimiser's version; `none` without one.
    pub optimizer: String,
    /// SHA-256 of the plugin's files.
    pub files: BTreeMap<String, String>,
}

impl Record {
    /// The record of a plugin that was just built.
    pub fn new(files: &Files, sources: String, toolchain: &Toolchain) -> Self {
        Self {
            sources,
            compiler: toolchain.compiler.clone(),
            std: toolchain.std.name().to_owned(),
            optimizer: toolchain.optimizer().to_owned(),
            files: digests(files),
        }
    }

    /// Whether a toolchain must reproduce the recorded bytes.
    pub fn is_of(&self, toolchain: &Toolchain) -> bool {
        self.compiler == toolchain.compiler
            && self.std == toolchain.std.name()
            && self.optimizer == toolchain.optimizer()
    }

    /// Reads the committed record.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(project: &Project) -> Result<Self> {
        let path = path(project);
        let again = || {
            format!(
                "cannot read {}; run `cargo xtask plugin`",
                project.shown(&path)
            )
        };
        let text = fs::read_to_string(&path).with_context(again)?;
        toml::from_str(&text).with_context(again)
    }

    /// Writes the record.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, project: &Project) -> Result<()> {
        let path = path(project);
        let text = format!(
            "# What the plugin in src was built from; written by `cargo xtask plugin`.\n{}",
            toml::to_string(self)?
        );
        fs::write(&path, text).with_context(|| path.display().to_string())
    }
}

fn path(project: &Project) -> PathBuf {
    project.root.join("crates/plugin/scrollback.wasm.digest")
}

/// The SHA-256 of each file.
pub fn digests(files: &Files) -> BTreeMap<String, String> {
    let names = FILES.iter().map(ToString::to_string);
    names.zip(files.iter().map(|bytes| sha256(bytes))).collect()
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string doesn't fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn sha256_of_nothing() {
        assert_eq!(
            sha256(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
