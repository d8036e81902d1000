//! Functions of the package use their parameters. One that a common signature asks for, and that a
//! function doesn't need, is `_`.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use typst_syntax::ast::{self, AstNode};
use typst_syntax::{LinkedNode, SyntaxKind, SyntaxNode, parse};

use crate::sources::{line_at, typst_sources};

/// The unused parameters, with file and line.
///
/// # Errors
/// When the package's sources cannot be read.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    for (path, text) in typst_sources(&root.join("src"))? {
        let shown = path.strip_prefix(root).unwrap_or(&path).display();
        visit(&LinkedNode::new(&parse(&text)), &mut |at, parameter| {
            let line = line_at(&text, at);
            breaches.push(format!(
                "{shown}:{line}: a function doesn't use its parameter `{parameter}`"
            ));
        });
    }
    Ok(breaches)
}

/// Calls `found` with the position of each function and each of its unused parameters.
fn visit(node: &LinkedNode, found: &mut impl FnMut(usize, &str)) {
    if let Some(closure) = node.cast::<ast::Closure>() {
        let mut used = BTreeSet::new();
        names(closure.body().to_untyped(), &mut used);
        let mut introduced = Vec::new();
        for parameter in closure.params().children() {
            match parameter {
                ast::Param::Pos(pattern) => introduced.extend(pattern.bindings()),
                ast::Param::Named(named) => {
                    introduced.push(named.name());
                    // Typst evaluates a default with the parameters before it.
                    names(named.expr().to_untyped(), &mut used);
                }
                ast::Param::Spread(spread) => introduced.extend(spread.sink_ident()),
            }
        }
        for name in introduced {
            if !used.contains(name.as_str()) {
                found(node.offset(), name.as_str());
            }
        }
    }
    for child in node.children() {
        visit(&child, found);
    }
}

/// Collects the names that code uses; keys and fields are none.
fn names(node: &SyntaxNode, used: &mut BTreeSet<String>) {
    if matches!(node.kind(), SyntaxKind::Ident | SyntaxKind::MathIdent) {
        used.insert(node.leaf_text().to_string());
    }
    for (index, child) in node.children().enumerate() {
        let is_key = match node.kind() {
            SyntaxKind::FieldAccess => index > 0,
            SyntaxKind::Named => index == 0,
            _ => false,
        };
        if !is_key {
            names(child, used);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::breaches;

    #[test]
    fn unused_parameters_are_found() {
        let project = super::super::sources_in(
            "src",
            &[(
                "a.typ",
                "#let f(a, b, (c, d), e: 1, g: e, ..h) = (x: a.b, d: d, b: g)\n#let i = (_, j) => k => j",
            )],
        );
        assert_eq!(
            breaches(project.path()).unwrap(),
            [
                "src/a.typ:1: a function doesn't use its parameter `b`",
                "src/a.typ:1: a function doesn't use its parameter `c`",
                "src/a.typ:1: a function doesn't use its parameter `h`",
                "src/a.typ:2: a function doesn't use its parameter `k`",
            ]
        );
    }
}
