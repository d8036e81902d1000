//! Documents name no source that isn't there: a file that moves leaves its old path behind in them.

use std::path::Path;

use anyhow::{Context, Result};

use crate::sources::relative;

/// Folders of the project with documents or with what they name.
const FOLDERS: [&str; 8] = [
    "crates", "docs", "examples", "locales", "src", "template", "tests", "themes",
];
/// The endings of names that are those of sources.
const SOURCES: [&str; 3] = [".rs", ".typ", ".toml"];

/// The paths in Markdown that lead nowhere, with file and line.
///
/// # Errors
/// When a folder or document can't be read.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        list(&root.join(folder), root, &mut files)?;
    }
    for entry in std::fs::read_dir(root)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(relative(&path, root));
        }
    }
    let mut breaches = Vec::new();
    for document in files.iter().filter(|file| file.ends_with(".md")) {
        let text = std::fs::read_to_string(root.join(document)).context(document.clone())?;
        for (line, path) in paths(&text) {
            let within = format!("/{path}");
            if !files
                .iter()
                .any(|file| file == path || file.ends_with(&within))
            {
                breaches.push(format!("{document}:{line}: there is no `{path}`"));
            }
        }
    }
    breaches.sort();
    Ok(breaches)
}

/// Adds the files under a folder but those of builds.
fn list(folder: &Path, root: &Path, files: &mut Vec<String>) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        if !path.is_dir() {
            files.push(relative(&path, root));
        } else if !path.ends_with("target") {
            list(&path, root, files)?;
        }
    }
    Ok(())
}

/// The paths of sources in a document's code, with their lines: those with a folder, whether in
/// full (`src/chat.typ`) or from where the document speaks of (`engine/world.rs`).
fn paths(text: &str) -> Vec<(usize, &str)> {
    let is_path = |code: &&str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        code.contains('/')
            && !code.starts_with('/')
            && code.chars().all(plain)
            && SOURCES.iter().any(|ending| code.ends_with(ending))
    };
    (1..)
        .zip(text.lines())
        .flat_map(|(number, line)| {
            let code = line.split('`').skip(1).step_by(2);
            code.filter(is_path).map(move |code| (number, code))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_documents_lead_somewhere() {
        let project = super::super::sources_in(
            "crates/a/src",
            &[
                ("b/c.rs", ""),
                ("d.md", "`b/c.rs`, `x/c.rs`,\n`b.rs` and `/b/x.rs`"),
            ],
        );
        std::fs::write(project.path().join("e.md"), "`crates/a/src/b.rs`").unwrap();
        assert_eq!(
            breaches(project.path()).unwrap(),
            [
                "crates/a/src/d.md:1: there is no `x/c.rs`",
                "e.md:1: there is no `crates/a/src/b.rs`",
            ]
        );
    }
}
