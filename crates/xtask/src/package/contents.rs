//! The files of the package: an allow-list, so that nothing gets in by accident.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::readme;

/// Single files.
const FILES: [&str; 7] = [
    "LICENSE",
    "README.md",
    "THIRD-PARTY.txt",
    "lib.typ",
    "mod.typ",
    "thumbnail.png",
    "typst.toml",
];
/// Folders, and the kinds of file that are taken from them.
const FOLDERS: [&str; 4] = ["locales", "src", "template", "themes"];
const KINDS: [&str; 7] = ["typ", "css", "svg", "wasm", "lz4", "tmTheme", "toml"];

/// The code and data of the package, below `root`, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub fn code(root: &Path) -> Result<Vec<String>> {
    let mut files: BTreeSet<String> = FILES
        .iter()
        .filter(|file| root.join(file).is_file())
        .map(ToString::to_string)
        .collect();
    for folder in FOLDERS {
        if root.join(folder).is_dir() {
            let mut found = Vec::new();
            walk(root, folder, &mut found)?;
            files.extend(found.into_iter().filter(|file| is_allowed(file)));
        }
    }
    Ok(files.into_iter().collect())
}

/// The files of the project that a readme shows or links to.
pub fn linked(root: &Path, readme: &str) -> Vec<String> {
    let mut files = readme::local_targets(readme);
    files.retain(|target| root.join(target).is_file());
    files
}

/// Whether a file of a folder is of a kind that the package needs.
fn is_allowed(file: &str) -> bool {
    let path = Path::new(file);
    let hidden = file.split('/').any(|part| part.starts_with('.'));
    let licence = path.file_name().is_some_and(|name| name == "LICENSE");
    let of_a_kind = path
        .extension()
        .is_some_and(|kind| KINDS.iter().any(|allowed| kind == *allowed));
    !hidden && (licence || of_a_kind)
}

/// Adds the files below `root/folder`, with `/` between the parts of their names.
///
/// # Errors
/// When a folder cannot be read.
pub fn walk(root: &Path, folder: &str, files: &mut Vec<String>) -> Result<()> {
    let path = root.join(folder);
    for entry in fs::read_dir(&path).with_context(|| path.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if folder.is_empty() {
            name
        } else {
            format!("{folder}/{name}")
        };
        if entry.file_type()?.is_dir() {
            walk(root, &name, files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}

/// Copies a folder.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut files = Vec::new();
    walk(from, "", &mut files)?;
    for file in files {
        let (from, to) = (from.join(&file), to.join(&file));
        let parent = to.parent().unwrap_or(&to);
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        fs::copy(&from, &to).with_context(|| from.display().to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_allowed_files_get_into_the_package() {
        let temp = tempfile::tempdir().unwrap();
        for file in [
            "lib.typ",
            "typst.toml",
            "src/a.typ",
            "src/icons/pin.svg",
            "src/notes.txt",
            "src/chatter.wasm.lz4",
            "crates/plugin/src/lib.rs",
            "crates/plugin/chatter.wasm.digest",
            "src/.hidden.typ",
            "themes/dark.typ",
            "locales/en.toml",
            "template/main.typ",
            "template/LICENSE",
            "template/main.pdf",
            "tests/a/test.typ",
            "docs/shown.png",
            "docs/other.png",
            "Cargo.toml",
            ".gitignore",
        ] {
            let path = temp.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        assert_eq!(
            code(temp.path()).unwrap(),
            [
                "lib.typ",
                "locales/en.toml",
                "src/a.typ",
                "src/chatter.wasm.lz4",
                "src/icons/pin.svg",
                "template/LICENSE",
                "template/main.typ",
                "themes/dark.typ",
                "typst.toml",
            ]
        );
        let readme = "![A picture](docs/shown.png) [gone](docs/gone.md) [web](https://typst.app)";
        assert_eq!(linked(temp.path(), readme), ["docs/shown.png"]);
    }
}
