//! No function of the package captures one of Typst's own modules. Typst hashes a function with
//! everything that it captures when it is first called, and `std` contains the whole library:
//! that took a thirtieth of the time for a short chat. Names are imported instead.

use std::path::Path;

use anyhow::Result;
use typst_syntax::{LinkedNode, SyntaxKind, parse};

use crate::sources::{line_at, typst_sources};

/// Typst's modules. `emoji` is a common name of parameters, and used nowhere.
const MODULES: [&str; 7] = ["calc", "html", "math", "pdf", "std", "sym", "sys"];

/// The uses of modules within functions, with file and line.
///
/// # Errors
/// When the package's sources cannot be read.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    for (path, text) in typst_sources(&root.join("src"))? {
        let shown = path.strip_prefix(root).unwrap_or(&path).display();
        for (line, module) in captured(&text) {
            breaches.push(format!(
                "{shown}:{line}: a function captures the module `{module}`; import what it needs, as in `#import {module}: …`"
            ));
        }
    }
    Ok(breaches)
}

/// The modules that functions of a source capture, each with its line.
fn captured(source: &str) -> Vec<(usize, String)> {
    let root = parse(source);
    let mut found = Vec::new();
    visit(&LinkedNode::new(&root), false, &mut |node| {
        found.push((line_at(source, node.offset()), node.leaf_text().to_string()));
    });
    found
}

/// Calls `see` with every module's name `within` a function.
fn visit(node: &LinkedNode, within: bool, see: &mut impl FnMut(&LinkedNode)) {
    let within = within || matches!(node.kind(), SyntaxKind::Closure | SyntaxKind::Contextual);
    for child in node.children() {
        let is_name = match node.kind() {
            SyntaxKind::FieldAccess => child.index() > 0,
            SyntaxKind::Named => child.index() == 0,
            _ => false,
        };
        let is_value = child.kind() == SyntaxKind::Ident && !is_name;
        if within && is_value && MODULES.contains(&child.leaf_text().as_str()) {
            see(&child);
        }
        visit(&child, within, see);
    }
}

#[cfg(test)]
mod tests {
    use super::captured;

    #[test]
    fn modules_within_functions_are_found() {
        let source = "#let f(x) = calc.abs(x)\n#let g = () => dictionary(std)\n#context [#sym.wj]";
        let found: Vec<String> = captured(source)
            .into_iter()
            .map(|(line, module)| format!("{line}: {module}"))
            .collect();
        assert_eq!(found, ["1: calc", "2: std", "3: sym"]);
    }

    #[test]
    fn other_uses_of_the_names_are_fine() {
        let source = "#import calc: abs\n#let has = \"html\" in dictionary(std)\n#let f(x) = x.calc + g(pdf: 1)\n#let v = sys.version";
        assert_eq!(captured(source), []);
    }
}
