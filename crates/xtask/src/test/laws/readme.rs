//! Every public name of the package is in the readme, as Typst Universe asks for.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use typst_syntax::ast::{ImportItem, Imports, ModuleImport};
use typst_syntax::{SyntaxNode, parse};

/// The file that re-exports the namespace.
const NAMESPACE: &str = "src/discord.typ";
const README: &str = "README.md";

/// The public names that the readme doesn't mention.
///
/// # Errors
/// When one of the files cannot be read.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let read = |name| std::fs::read_to_string(root.join(name)).context(name);
    let (readme, namespace) = (read(README)?, read(NAMESPACE)?);
    Ok(missing(&readme, &namespace))
}

fn missing(readme: &str, namespace: &str) -> Vec<String> {
    let mentioned = mentioned(readme);
    imported(&parse(namespace))
        .into_iter()
        .filter(|name| !mentioned.contains(name.as_str()))
        .map(|name| format!("{README}: `discord.{name}` is missing from the table of names"))
        .collect()
}

/// The names in code of Markdown's tables: `discord.embed(…)` and `embed` both count.
fn mentioned(readme: &str) -> BTreeSet<&str> {
    readme
        .lines()
        .filter(|line| line.starts_with('|'))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .map(|code| code.trim_start_matches("discord."))
        .map(|code| code.split(['(', '[']).next().unwrap_or_default())
        .collect()
}

/// The names that a source imports.
fn imported(node: &SyntaxNode) -> Vec<String> {
    let own = node
        .cast::<ModuleImport>()
        .and_then(|import| import.imports());
    let mut names: Vec<String> = match own {
        Some(Imports::Items(items)) => items.iter().map(name).collect(),
        _ => Vec::new(),
    };
    names.extend(node.children().flat_map(imported));
    names
}

fn name(item: ImportItem) -> String {
    item.bound_name().as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_in_tables_only() {
        let readme = "`poll` is here\n| `discord.embed(…)`, `field`, `time[…]` | cards |\n";
        let namespace = "#import \"a.typ\": embed, field\n#import \"b.typ\": (\n  poll, time,\n)\n";
        assert_eq!(
            missing(readme, namespace),
            ["README.md: `discord.poll` is missing from the table of names"]
        );
    }
}
