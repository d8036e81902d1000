//! The files that Universe keeps from a package's users.

use glob::{MatchOptions, Pattern};

use super::Package;

/// A `*` stays within one part of a path, as in a `.gitignore`.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// The anchored `exclude` patterns of a manifest; the rules for the manifest allow
/// no others.
pub struct Patterns(Vec<Pattern>);

impl Patterns {
    /// The patterns of a package. What isn't a pattern excludes nothing.
    pub fn of(package: &Package) -> Self {
        let patterns = package.manifest.package.exclude.iter();
        let anchored = patterns.filter_map(|pattern| pattern.strip_prefix('/'));
        let whole = anchored.map(|pattern| pattern.trim_end_matches('/'));
        Self(
            whole
                .filter_map(|pattern| Pattern::new(pattern).ok())
                .collect(),
        )
    }

    /// Whether a file, or a folder it is in, is excluded.
    pub fn covers(&self, file: &str) -> bool {
        let folders = file.match_indices('/').map(|(end, _)| &file[..end]);
        folders.chain([file]).any(|path| {
            self.0
                .iter()
                .any(|pattern| pattern.matches_with(path, OPTIONS))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_files_and_all_in_folders() {
        let patterns = |list: &[&str]| {
            Patterns(
                list.iter()
                    .map(|pattern| Pattern::new(pattern).unwrap())
                    .collect(),
            )
        };
        assert!(patterns(&["docs"]).covers("docs/images/a.png"));
        assert!(patterns(&["docs/*"]).covers("docs/images/a.png"));
        assert!(patterns(&["docs/**/*.png"]).covers("docs/images/a.png"));
        assert!(!patterns(&["docs/*.png"]).covers("docs/images/a.png"));
        assert!(!patterns(&["docs"]).covers("src/docs/a.png"));
        assert!(!patterns(&["docs"]).covers("docs.typ"));
    }
}
