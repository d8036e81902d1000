//! Rules for the set of files.

use std::fs;

use super::exclude::Patterns;
use super::{Finding, Package, readme};

/// Files that every package has.
const REQUIRED: [&str; 3] = ["LICENSE", "README.md", "typst.toml"];
/// Files that users need, and that readmes link to.
const LICENCES: [&str; 2] = ["LICENSE", "THIRD-PARTY.txt"];
/// Font files, which Universe refuses.
const FONTS: [&str; 5] = ["otf", "ttf", "ttc", "woff", "woff2"];
/// Documentation that readers should find from the readme.
const MANUALS: [&str; 4] = ["manual.pdf", "doc.pdf", "docs.pdf", "documentation.pdf"];
/// The largest file that users should have to download, in bytes; plugins excepted.
const LARGE: u64 = 1_000_000;
/// The largest file at all, in bytes; plugins excepted.
const HUGE: u64 = 50_000_000;

/// Checks which files there are.
pub fn check(package: &Package) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |file: &str, message: String| {
        found.push(Finding {
            file: file.to_owned(),
            message,
        });
    };
    let entry = package.manifest.package.entrypoint.as_str();
    for file in REQUIRED.into_iter().chain([entry]) {
        if !package.has(file) {
            add(file, "must be in the package, is missing".into());
        }
    }

    let excluded = Patterns::of(package);
    let linked = readme::local_targets(&package.text("README.md"));
    for file in &package.files {
        let name = file.rsplit('/').next().unwrap_or(file);
        let kind = name
            .rsplit_once('.')
            .map_or("", |(_, kind)| kind)
            .to_lowercase();
        if FONTS.contains(&kind.as_str()) {
            add(
                file,
                "is a font; tell in the readme how to install it instead".into(),
            );
        }
        if file.split('/').any(|part| part.starts_with('.')) {
            add(file, "is hidden, and would be dropped; leave it out".into());
        }
        let lower = file.to_lowercase();
        for word in ["example", "test"] {
            if lower.contains(word) && !excluded.covers(file) {
                add(
                    file,
                    format!("has \"{word}\" in its name; leave it out, or exclude it"),
                );
            }
        }
        if MANUALS.contains(&name.to_lowercase().as_str()) && !linked.contains(file) {
            add(file, "must be linked from README.md, or left out".into());
        }
        let is_licence = LICENCES.contains(&file.as_str());
        if linked.contains(file) && !is_licence && !excluded.covers(file) {
            add(
                file,
                "is only for the readme: cover it by `exclude` in typst.toml".into(),
            );
        }
        let size = fs::metadata(package.folder.join(file)).map_or(0, |data| data.len());
        if kind != "wasm" && (size > HUGE || size >= LARGE && !excluded.covers(file)) {
            add(
                file,
                format!("has {size} bytes; make it smaller, or exclude it"),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixture::findings;
    use super::*;

    #[test]
    fn required_files() {
        assert_eq!(
            findings(check, &[("LICENSE", None), ("lib.typ", None)]),
            [
                "LICENSE: must be in the package, is missing",
                "lib.typ: must be in the package, is missing",
            ]
        );
    }

    #[test]
    fn fonts() {
        assert_eq!(
            findings(check, &[("src/Noto.TTF", Some(""))]),
            ["src/Noto.TTF: is a font; tell in the readme how to install it instead"]
        );
    }

    #[test]
    fn hidden_files() {
        assert_eq!(
            findings(check, &[(".gitignore", Some("*.wasm"))]),
            [".gitignore: is hidden, and would be dropped; leave it out"]
        );
    }

    #[test]
    fn names_of_tests_and_examples() {
        assert_eq!(
            findings(
                check,
                &[("src/example.typ", Some("")), ("src/Tests.typ", Some(""))]
            ),
            [
                "src/Tests.typ: has \"test\" in its name; leave it out, or exclude it",
                "src/example.typ: has \"example\" in its name; leave it out, or exclude it",
            ]
        );
        assert!(findings(check, &[("docs/example.png", Some(""))]).is_empty());
    }

    #[test]
    fn manuals_are_linked() {
        assert_eq!(
            findings(check, &[("docs/manual.pdf", Some(""))]),
            ["docs/manual.pdf: must be linked from README.md, or left out"]
        );
    }

    #[test]
    fn pictures_of_the_readme_are_excluded() {
        assert_eq!(
            findings(
                check,
                &[
                    ("README.md", Some("![Two words](src/a.png)")),
                    ("src/a.png", Some(""))
                ]
            ),
            ["src/a.png: is only for the readme: cover it by `exclude` in typst.toml"]
        );
    }

    #[test]
    fn sizes() {
        let large = "x".repeat(1_000_000);
        assert_eq!(
            findings(check, &[("src/data.typ", Some(&large))]),
            ["src/data.typ: has 1000000 bytes; make it smaller, or exclude it"]
        );
        assert!(findings(check, &[("docs/data.png", Some(&large))]).is_empty());
        assert!(findings(check, &[("src/plugin.wasm", Some(&large))]).is_empty());
    }
}
