//! Sources of the package import no name that they don't use, and define no private one: Typst
//! warns of neither. A name that another source imports from there is used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use typst_syntax::ast::{self, AstNode};
use typst_syntax::{LinkedNode, SyntaxKind, parse};

use crate::sources;
use crate::sources::{line_at, relative, typst_sources};

/// The namespace for authors, which only imports.
const NAMESPACE: &str = "discord.typ";

/// The names of one source.
#[derive(Default)]
struct Names {
    /// Names that it introduces by imports, or at the top level with an underscore, after their lines.
    introduced: BTreeSet<(usize, String)>,
    /// Names that it imports from other files: the file as written, and the name there.
    imported: Vec<(String, String)>,
    /// Names that it uses.
    used: BTreeSet<String>,
}

/// The unused names, with file and line.
///
/// # Errors
/// When the package's sources cannot be read.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let src = root.join("src");
    let mut found = BTreeMap::new();
    let mut passed_on = BTreeSet::new();
    for (path, text) in typst_sources(&src)? {
        let names = names_of(&text);
        for (target, name) in &names.imported {
            let target = relative(&sources::resolve(target, &path, &src), &src);
            passed_on.insert((target, name.clone()));
        }
        found.insert(relative(&path, &src), names);
    }
    let mut breaches = Vec::new();
    for (file, names) in found.iter().filter(|(file, _)| *file != NAMESPACE) {
        for (line, name) in &names.introduced {
            let is_used =
                names.used.contains(name) || passed_on.contains(&(file.clone(), name.clone()));
            if !is_used {
                breaches.push(format!("src/{file}:{line}: nothing uses `{name}`"));
            }
        }
    }
    Ok(breaches)
}

/// The names that a source introduces, imports and uses.
fn names_of(source: &str) -> Names {
    let root = parse(source);
    let mut names = Names::default();
    visit(&LinkedNode::new(&root), source, &mut names);
    names
}

fn visit(node: &LinkedNode, source: &str, names: &mut Names) {
    if let Some(import) = node.cast::<ast::ModuleImport>() {
        see_import(import, line_at(source, node.offset()), names);
        return;
    }
    for child in node.children() {
        let is_key = match node.kind() {
            SyntaxKind::FieldAccess => child.index() > 0,
            SyntaxKind::Named => child.index() == 0,
            _ => false,
        };
        if is_key {
            continue;
        }
        if child.kind() == SyntaxKind::Ident {
            let name = child.leaf_text().to_string();
            if is_defined_by(node, &child) && name.starts_with('_') {
                let line = line_at(source, child.offset());
                names.introduced.insert((line, name));
            } else {
                names.used.insert(name);
            }
        }
        visit(&child, source, names);
    }
}

/// Whether a name is that of a `let` at the top level: of a value, or of a function.
fn is_defined_by(node: &LinkedNode, name: &LinkedNode) -> bool {
    let is_first = |kind| {
        let mut names = node
            .children()
            .filter(|child| child.kind() == SyntaxKind::Ident);
        node.kind() == kind
            && names
                .next()
                .is_some_and(|first| first.index() == name.index())
    };
    let top = |node: &LinkedNode| {
        let above = node.parent().map(|above| above.kind());
        node.kind() == SyntaxKind::LetBinding && above == Some(SyntaxKind::Markup)
    };
    (is_first(SyntaxKind::LetBinding) && top(node))
        || (is_first(SyntaxKind::Closure) && node.parent().is_some_and(top))
}

fn see_import(import: ast::ModuleImport, line: usize, names: &mut Names) {
    let file = match import.source() {
        ast::Expr::Str(file) => Some(file.get().to_string()),
        _ => None,
    };
    let Some(ast::Imports::Items(items)) = import.imports() else {
        return;
    };
    for item in items.iter() {
        let bound = item.bound_name();
        let text = bound.to_untyped().leaf_text().to_string();
        names.introduced.insert((line, text));
        if let Some(file) = &file {
            let original = item.original_name().get().to_string();
            names.imported.push((file.clone(), original));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::breaches;

    fn breaches_of(files: &[(&str, &str)]) -> Vec<String> {
        let folder = super::super::sources_in("src", files);
        breaches(folder.path()).unwrap()
    }

    #[test]
    fn unused_imports_and_private_names_are_found() {
        let found = breaches_of(&[(
            "a.typ",
            "#import calc: abs, max as most\n#let _one = 1\n#let _two(x) = abs(x)\n#let f(max: 0) = {\n  import \"b.typ\": c\n  (abs: 1).abs\n}",
        )]);
        assert_eq!(
            found,
            [
                "src/a.typ:1: nothing uses `most`",
                "src/a.typ:2: nothing uses `_one`",
                "src/a.typ:3: nothing uses `_two`",
                "src/a.typ:5: nothing uses `c`",
            ]
        );
    }

    #[test]
    fn names_that_others_import_and_those_of_the_namespace_are_used() {
        let found = breaches_of(&[
            ("discord.typ", "#import \"page/a.typ\": b"),
            ("page/a.typ", "#import \"../b.typ\": b"),
            ("b.typ", "#let _one = 1\n#let b = _one"),
        ]);
        assert_eq!(found, Vec::<String>::new());
    }
}
