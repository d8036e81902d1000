//! The paths of the project.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result};
use typst_syntax::package::PackageManifest;

/// The folders of the project.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder with `typst.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, which receives everything that is built.
    pub target: PathBuf,
}

impl Project {
    /// The project that this program was built in.
    ///
    /// # Errors
    /// When the project has moved away since.
    pub fn find() -> Result<Self> {
        let crate_dir =
            env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&crate_dir)
            .join("../..")
            .canonicalize()
            .context("the project is not where it was built; run it as `cargo xtask`")?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(target) => root.join(target),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The package's manifest.
    ///
    /// # Errors
    /// When `typst.toml` cannot be read or lacks a field that Typst requires.
    pub fn manifest(&self) -> Result<PackageManifest> {
        let path = self.root.join("typst.toml");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        toml::from_str(&text).with_context(|| path.display().to_string())
    }

    /// The example conversations, sorted; `mod.typ` is what they import.
    ///
    /// # Errors
    /// When `examples/` cannot be read.
    pub fn examples(&self) -> Result<Vec<PathBuf>> {
        let mut paths = self.documents("examples")?;
        paths.retain(|path| path.file_name().is_some_and(|name| name != "mod.typ"));
        Ok(paths)
    }

    /// The Typst documents in a folder of the project, sorted.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn documents(&self, folder: &str) -> Result<Vec<PathBuf>> {
        let folder = self.root.join(folder);
        let mut paths = Vec::new();
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "typ") {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// The fonts that tests and documents are set in.
    pub fn fonts(&self) -> PathBuf {
        self.root.join("crates/fonts/files")
    }

    /// The folder of downloaded and installed tools.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// `path` as displayed: relative to the root, with `/`.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/")
    }

    /// A Cargo command in the project.
    ///
    /// Cargo's variables for this program are removed: build scripts that depend on them would
    /// run again, and rebuild crates.
    pub fn cargo(&self) -> Command {
        self.cargo_of(Path::new(
            &env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        ))
    }

    /// The same with another toolchain's Cargo.
    pub fn cargo_of(&self, cargo: &Path) -> Command {
        let mut command = Command::new(cargo);
        command.current_dir(&self.root);
        for (name, _) in env::vars_os() {
            let about_us = [
                "CARGO_MANIFEST_",
                "CARGO_PKG_",
                "CARGO_BIN_",
                "CARGO_CRATE_",
            ];
            if name
                .to_str()
                .is_some_and(|name| about_us.iter().any(|part| name.starts_with(part)))
            {
                command.env_remove(name);
            }
        }
        command
    }
}
