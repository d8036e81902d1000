//! Finds Typst sources, and what they import.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result};
use typst_syntax::ast;
use typst_syntax::package::PackageSpec;
use typst_syntax::{SyntaxNode, parse};

/// The targets of every `import` and `include` in Typst markup, as written.
pub fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    visit(&parse(text), &mut |node| {
        let source = if let Some(import) = node.cast::<ast::ModuleImport>() {
            Some(import.source())
        } else {
            node.cast::<ast::ModuleInclude>()
                .map(ast::ModuleInclude::source)
        };
        if let Some(ast::Expr::Str(target)) = source {
            found.push(target.get().to_string());
        }
    });
    found
}

/// The font that a document requires in a comment such as "// Needs the font `Noto Sans JP`",
/// if the project doesn't have it. Tests use no others.
pub fn font_of_its_own(document: &Path) -> Option<String> {
    let text = fs::read_to_string(document).ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("// Needs the font `"))?;
    line.split_once('`').map(|(font, _)| font.to_owned())
}

/// Calls `see` with every node of a tree.
pub fn visit(node: &SyntaxNode, see: &mut impl FnMut(&SyntaxNode)) {
    see(node);
    for child in node.children() {
        visit(child, see);
    }
}

/// The packages that a document imports, directly or through files of the same project, by
/// name. Missing files import nothing: the compiler will report them.
pub fn packages_of(document: &Path, root: &Path) -> BTreeMap<String, PackageSpec> {
    let mut packages = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut queue = vec![document.to_owned()];
    while let Some(path) = queue.pop() {
        let Ok(path) = path.canonicalize() else {
            continue;
        };
        if !seen.insert(path.clone()) {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for target in imports(&text) {
            match PackageSpec::from_str(&target) {
                Ok(spec) => {
                    packages.insert(spec.to_string(), spec);
                }
                Err(_) => queue.push(resolve(&target, &path, root)),
            }
        }
    }
    packages
}

/// The file that an import in the file `from` refers to.
pub fn resolve(target: &str, from: &Path, root: &Path) -> PathBuf {
    match target.strip_prefix('/') {
        Some(absolute) => root.join(absolute),
        None => from.parent().unwrap_or(root).join(target),
    }
}

/// The Typst files under a folder, with their texts.
pub fn typst_sources(folder: &Path) -> Result<Vec<(PathBuf, String)>> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok((path, text))
    };
    typst_files(folder)?.into_iter().map(read).collect()
}

/// The line at a position in a text, counted from 1.
pub fn line_at(text: &str, position: usize) -> usize {
    text[..position].matches('\n').count() + 1
}

fn typst_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "typ") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// A path relative to a folder, with `/`; `..` leads out of it.
pub fn relative(path: &Path, folder: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for component in path.strip_prefix(folder).unwrap_or(path).components() {
        match component {
            Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_imports() {
        let text = r#"
            #import "a.typ": *
            #import "@preview/cetz:0.4.0"
            #let f() = { include "b.typ" }
            // #import "comment.typ"
            ```typ
            #import "@preview/raw:0.1.0"
            ```
            #import mod
        "#;
        assert_eq!(imports(text), ["a.typ", "@preview/cetz:0.4.0", "b.typ"]);
    }

    #[test]
    fn a_font_that_is_asked_for_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("a.typ");
        fs::write(
            &document,
            "// A talk.\n// Needs the font `Noto Sans JP`, which …\nText",
        )
        .unwrap();
        assert_eq!(font_of_its_own(&document).as_deref(), Some("Noto Sans JP"));
        fs::write(&document, "Needs the font `x`").unwrap();
        assert_eq!(font_of_its_own(&document), None);
    }

    #[test]
    fn packages_are_found_through_files_in_a_circle() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("sub")).unwrap();
        fs::write(root.join("doc.typ"), "#import \"sub/a.typ\": x").unwrap();
        fs::write(
            root.join("sub/a.typ"),
            "#import \"/b.typ\"\n#import \"@preview/one:1.0.0\"",
        )
        .unwrap();
        fs::write(
            root.join("b.typ"),
            "#include \"doc.typ\"\n#import \"@local/two:0.1.0\"\n",
        )
        .unwrap();
        let packages = packages_of(&root.join("doc.typ"), root);
        let names: Vec<_> = packages.keys().collect();
        assert_eq!(names, ["@local/two:0.1.0", "@preview/one:1.0.0"]);
    }
}
