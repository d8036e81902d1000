//! The files that Universe keeps from a package's users.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::Package;

/// The `exclude` patterns of a manifest, which are those of a `.gitignore`.
pub struct Patterns(Gitignore);

impl Patterns {
    /// The patterns of a package. What isn't a pattern excludes nothing.
    pub fn of(package: &Package) -> Self {
        let mut builder = GitignoreBuilder::new("");
        for pattern in &package.manifest.package.exclude {
            // Broken patterns are reported by the rules for the manifest.
            let _ = builder.add_line(None, pattern);
        }
        Self(builder.build().unwrap_or_else(|_| Gitignore::empty()))
    }

    /// Whether a file, or a folder it is in, is excluded.
    pub fn covers(&self, file: &str) -> bool {
        self.0
            .matched_path_or_any_parents(Path::new(file), false)
            .is_ignore()
    }
}
